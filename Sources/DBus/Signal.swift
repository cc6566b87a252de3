public import Timekeeping

/// A signal that came in.
public struct Signal: Sendable, Hashable {
    /// The unique name of the connection it came from (`org.freedesktop.DBus` for the daemon itself).
    public let sender: String?
    /// The object it speaks of.
    public let path: ObjectPath
    /// The interface of the signal.
    public let interface: String
    /// The signal's name.
    public let member: String
    /// What it says.
    public let arguments: [Value]
    /// When it was read from the bus.
    public let received: Moment
    /// Rises with every message a connection reads: orders replies and signals of one connection among each other.
    public let arrival: UInt64

    /// Makes a signal, for tests of those who read it.
    public init(
        sender: String?, path: ObjectPath, interface: String, member: String, arguments: [Value], received: Moment,
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
