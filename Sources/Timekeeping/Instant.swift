/// A point on the session clock: monotonic, in nanoseconds from an origin that only this process knows.
///
/// It never goes back and knows nothing of time zones. Under a clock with a rate of 10 it moves ten times as fast as the
/// machine's own monotonic clock.
public struct Instant: InstantProtocol, Sendable, Hashable {
    /// Nanoseconds since the clock's origin.
    public var nanoseconds: Int64

    /// Makes an instant from nanoseconds since the clock's origin.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Makes an instant from seconds since the clock's origin; meant for tables in tests.
    public init(seconds: Double) {
        nanoseconds = Int64((seconds * 1e9).rounded())
    }

    /// The instant that lies `duration` later.
    public func advanced(by duration: Duration) -> Instant {
        Instant(nanoseconds: nanoseconds + duration.nanoseconds)
    }

    /// How far `other` lies after this instant; negative when it lies before.
    public func duration(to other: Instant) -> Duration {
        .nanoseconds(other.nanoseconds - nanoseconds)
    }

    /// Seconds from `origin` to this instant.
    public func seconds(since origin: Instant) -> Double {
        Double(nanoseconds - origin.nanoseconds) / 1e9
    }

    /// Earlier instants are smaller.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
