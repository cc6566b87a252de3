/// Who answers an incoming call.
enum Route {
    /// The connection itself, with these values.
    case answer([Value])
    /// A method of an object that gives values of these types.
    case method(any ExportedObject, IncomingCall, gives: String)
    /// An object whose property is to be set.
    case property(any ExportedObject, PropertyChange)
}
