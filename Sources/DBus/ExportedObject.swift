/// An object others can call over the bus.
///
/// The connection answers `Introspectable`, `Peer`, `Properties` and `ObjectManager` itself, from the descriptions and
/// from the property values it was given. It calls the object only with methods the descriptions name and with
/// arguments of the types they ask for. Calls start in the order they came; each has a task of its own, so a slow one
/// holds up nobody, and the task is cancelled when the connection ends. Until its first suspension a handler runs on
/// the connection's thread, unless the object is an actor: it must not block there.
public protocol ExportedObject: Sendable {
    /// What the object offers; read once, when it is exported.
    var interfaces: [InterfaceDescription] { get }

    /// Does what a caller asks.
    /// - Returns: what the method gives, in the types its description names.
    /// - Throws: the error to answer, with any D-Bus name, such as `org.bluez.Error.Failed`.
    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value]

    /// Sets a property for a caller.
    ///
    /// When this returns, the connection takes over the value and tells listeners, unless that was done meanwhile.
    /// - Throws: the error to answer, with any D-Bus name.
    func set(_ change: PropertyChange) async throws(DBusError)
}

extension ExportedObject {
    /// Refuses every call: for objects that have properties only.
    public func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        throw DBusError(
            name: DBusError.Name.unknownMethod, message: "\(call.interface).\(call.member) does nothing here")
    }

    /// Refuses every change.
    public func set(_ change: PropertyChange) async throws(DBusError) {
        throw DBusError(name: DBusError.Name.propertyReadOnly, message: "\(change.property) cannot be set")
    }
}
