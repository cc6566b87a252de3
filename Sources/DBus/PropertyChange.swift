/// A caller's wish to set a property of an exported object.
public struct PropertyChange: Sendable, Hashable {
    /// The unique name of the caller.
    public let sender: String
    /// The object.
    public let path: ObjectPath
    /// The interface of the property.
    public let interface: String
    /// The property's name.
    public let property: String
    /// The value wished for, of the type the description names.
    public let value: Value

    /// Makes a wish, for tests of exported objects.
    public init(sender: String, path: ObjectPath, interface: String, property: String, value: Value) {
        self.sender = sender
        self.path = path
        self.interface = interface
        self.property = property
        self.value = value
    }
}
