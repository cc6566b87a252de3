public import Timekeeping

/// What a method call was answered with.
public struct Reply: Sendable, Hashable {
    /// What came back.
    public let arguments: [Value]
    /// When it was read from the bus.
    public let received: Moment
    /// Rises with every message a connection reads: orders replies and signals of one connection among each other.
    public let arrival: UInt64

    /// Makes a reply, for tests of those who read it.
    public init(arguments: [Value], received: Moment, arrival: UInt64) {
        self.arguments = arguments
        self.received = received
        self.arrival = arrival
    }
}
