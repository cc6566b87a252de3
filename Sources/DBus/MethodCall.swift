/// A call of a method of an object that another connection exports.
public struct MethodCall: Sendable, Hashable, CustomStringConvertible {
    /// The bus name of the one called, well-known or unique.
    public var destination: String
    /// The object called.
    public var path: ObjectPath
    /// The interface of the method.
    public var interface: String
    /// The method's name.
    public var member: String
    /// What is handed over.
    public var arguments: [Value]

    /// Makes a call; its names are checked when it is sent.
    public init(
        destination: String, path: ObjectPath, interface: String, member: String, arguments: [Value] = []
    ) {
        self.destination = destination
        self.path = path
        self.interface = interface
        self.member = member
        self.arguments = arguments
    }

    /// Who is called for what, without the arguments.
    public var description: String { "\(interface).\(member) on \(path) of \(destination)" }

    /// A call of the bus daemon itself.
    static func toBus(_ member: String, _ arguments: [Value] = []) -> MethodCall {
        MethodCall(
            destination: Bus.name, path: Bus.path, interface: Bus.interface, member: member, arguments: arguments)
    }
}
