/// An object that tells each caller for itself what its properties are.
///
/// The connection asks it at every read and keeps no value of it. So no value ever travels to all: `GetManagedObjects`
/// leaves out what the object refuses to the caller, `InterfacesAdded` announces it without values, and
/// `PropertiesChanged` is never sent.
public protocol GuardedObject: ExportedObject {
    /// The properties of an interface as one caller may read them.
    /// - Returns: values by name; what is missing has none now.
    /// - Throws: the error to answer, such as `AccessDenied`; in a listing the interface is left out then.
    func properties(_ request: PropertyRequest) async throws(DBusError) -> [String: Value]
}

/// A caller's wish to read properties of a guarded object.
public struct PropertyRequest: Sendable, Hashable {
    /// The unique name of the caller.
    public let sender: String
    /// The object.
    public let path: ObjectPath
    /// The interface of the properties.
    public let interface: String
    /// Whether the caller asked for all objects, so that a refusal is no answer to a question about this one.
    public let isListing: Bool

    /// Makes a wish, for tests of guarded objects.
    public init(sender: String, path: ObjectPath, interface: String, isListing: Bool = false) {
        self.sender = sender
        self.path = path
        self.interface = interface
        self.isListing = isListing
    }
}
