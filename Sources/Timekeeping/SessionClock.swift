/// A moment as both clocks name it: the monotonic one for arithmetic, UTC for people and files.
public struct Moment: Sendable, Hashable {
    /// The moment on the session clock.
    public var instant: Instant
    /// The same moment in UTC.
    public var utc: UTC

    /// Makes a moment from its two names.
    public init(instant: Instant, utc: UTC) {
        self.instant = instant
        self.utc = utc
    }
}

/// The one clock of a process.
///
/// Every stamp, deadline and pacer goes through it, so that training and soak runs can be faster than life and tests
/// can turn the hands themselves.
public protocol SessionClock: Sendable {
    /// How many seconds of session time pass in a second of the machine's time: 1 in life, at most 30 in soaks.
    var rate: Double { get }

    /// The present moment; cheap, never goes back.
    func now() -> Moment

    /// Waits until the session clock shows `deadline`; returns at once when that lies in the past.
    /// - Throws: `CancellationError` when the task is cancelled first.
    func sleep(until deadline: Instant) async throws
}

extension SessionClock {
    /// Waits for `duration` of session time.
    /// - Throws: `CancellationError` when the task is cancelled first.
    public func sleep(for duration: Duration) async throws {
        try await sleep(until: now().instant.advanced(by: duration))
    }

    /// The machine's own time in which `duration` of session time passes.
    public func machineTime(for duration: Duration) -> Duration {
        .nanoseconds(Int64(Double(duration.nanoseconds) / rate))
    }
}
