import Glibc

/// The session clock of a running program: the machine's CLOCK_MONOTONIC, times a rate.
///
/// UTC is read once, when the clock starts, and goes on with it: a wall clock that is set meanwhile, by hand or by the
/// network, moves nothing in a session.
public struct MachineClock: SessionClock {
    /// Seconds of session time in a second of the machine's time.
    public let rate: Double
    private let machineOrigin: Int64
    private let utcOrigin: Int64
    private let reading: @Sendable (clockid_t) -> Int64

    /// Starts a clock now.
    /// - Parameter rate: 1 in life; a positive, finite number. Anything else is taken as 1.
    public init(rate: Double = 1) { self.init(rate: rate, reading: Self.read) }

    /// Starts a clock on the machine's clocks as `reading` tells them, nanoseconds.
    init(rate: Double, reading: @escaping @Sendable (clockid_t) -> Int64) {
        self.rate = rate.isFinite && rate > 0 ? rate : 1
        self.reading = reading
        machineOrigin = reading(CLOCK_MONOTONIC)
        utcOrigin = reading(CLOCK_REALTIME)
    }

    /// The present moment.
    public func now() -> Moment {
        let elapsed = reading(CLOCK_MONOTONIC) - machineOrigin
        let passed = rate == 1 ? elapsed : Int64(Double(elapsed) * rate)
        return Moment(
            instant: Instant(nanoseconds: machineOrigin + passed),
            utc: UTC(nanosecondsSince1970: utcOrigin + passed)
        )
    }

    /// Waits on the machine's clock until the session clock shows `deadline`.
    /// - Throws: `CancellationError` when the task is cancelled first.
    public func sleep(until deadline: Instant) async throws {
        let remaining = now().instant.duration(to: deadline)
        guard remaining > .zero else { return }
        try await Task.sleep(for: machineTime(for: remaining))
    }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
