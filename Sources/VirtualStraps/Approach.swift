/// When the person who wears a strap stands near the adapters, and how loud the strap is then.
public struct Approach: Sendable, Hashable {
    /// When it begins.
    public enum Beginning: Sendable, Hashable {
        /// At this many seconds since the simulator's start.
        case at(seconds: Double)
        /// Once the strap with this place in the scenario's list, from 0, was connected for the first time.
        case afterStrap(Int)
    }

    /// When it begins.
    public var beginning: Beginning
    /// How much later than that the person is there, seconds.
    public var delay: Double
    /// How long it lasts, seconds; infinity for good.
    public var seconds: Double
    /// Mean signal strength meanwhile, dBm, -127 to 20.
    public var rssi: Int

    /// Makes an approach.
    public init(_ beginning: Beginning, delay: Double = 0, seconds: Double = .infinity, rssi: Int) {
        self.beginning = beginning
        self.delay = delay
        self.seconds = seconds
        self.rssi = rssi
    }
}
