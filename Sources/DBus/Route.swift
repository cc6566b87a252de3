/// Who answers an incoming call.
enum Route {
    /// The connection itself, with these values.
    case answer([Value])
    /// A method of an object that gives values of these types.
    case method(any ExportedObject, IncomingCall, gives: String)
    /// A guarded object that is asked for one property, or for all of an interface when `name` is nil.
    case guarded(any GuardedObject, PropertyRequest, name: String?)
    /// All objects below a manager, some of them guarded.
    case listing(manager: ObjectPath, sender: String)
    /// An object whose property is to be set.
    case property(any ExportedObject, PropertyChange)
}
