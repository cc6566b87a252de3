public import Timekeeping

/// A call of a method of an object this connection exports.
public struct IncomingCall: Sendable, Hashable {
    /// The unique name of the caller, such as `:1.42`.
    public let sender: String
    /// The object called.
    public let path: ObjectPath
    /// The interface of the method.
    public let interface: String
    /// The method's name.
    public let member: String
    /// What the caller handed over; its types are those the interface's description asks for.
    public let arguments: [Value]
    /// When it was read from the bus.
    public let received: Moment
    /// Rises with every message a connection reads.
    public let arrival: UInt64

    /// Makes a call, for tests of exported objects.
    public init(
        sender: String, path: ObjectPath, interface: String, member: String, arguments: [Value], received: Moment,
        arrival: UInt64
    ) {
        self.sender = sender
        self.path = path
        self.interface = interface
        self.member = member
        self.arguments = arguments
        self.received = received
        self.arrival = arrival
    }
}
