/// What went wrong on the bus: the error's D-Bus name and text, what was being done, and what to try next.
///
/// An error that a peer or the bus daemon answered keeps its name and text as they came. Errors of this library's own
/// making use the standard names where one fits (`NoReply` for a missed deadline, `Disconnected` for a lost bus,
/// `InvalidArgs` for what must not be sent) and otherwise names below `org.freedesktop.DBus.Local`.
public struct DBusError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The D-Bus name of the error, such as `org.freedesktop.DBus.Error.NoReply`.
    public let name: String
    /// The text that came with it; empty when none came.
    public let message: String
    /// What was being done, such as `org.bluez.Device1.Connect on /org/bluez/hci0/dev_… of org.bluez`; empty if unknown.
    public let operation: String

    /// Makes an error, for instance the one an exported object answers with.
    /// - Parameters:
    ///   - name: a D-Bus error name, such as `org.bluez.Error.Failed`.
    ///   - message: a text for people.
    ///   - operation: what was being done.
    public init(name: String, message: String, operation: String = "") {
        self.name = name
        self.message = message
        self.operation = operation
    }

    /// The error in one line: what failed, why, the D-Bus name, and what to do next where that is known.
    public var description: String {
        let what = operation.isEmpty ? "" : "\(operation): "
        let why = message.isEmpty ? name : "\(message) (\(name))"
        return what + why + (advice.map { ". \($0)" } ?? "")
    }

    /// What to do next, where the name alone tells.
    public var advice: String? {
        switch name {
        case Name.serviceUnknown, Name.nameHasNoOwner: "Start the service that owns this name."
        case Name.noReply: "The service is busy or hangs: try again, then restart it."
        case Name.disconnected: "Open a new connection once the bus is back."
        case Name.noServer, Name.fileNotFound: "Check that a message bus runs at this address."
        case Name.accessDenied: "The bus policy forbids this: check the policy file and the user's groups."
        case Name.limitsExceeded: "Send less at once, or raise the limits of the bus."
        default: nil
        }
    }

    /// The same error with `operation` filled in where it was empty.
    func during(_ operation: @autoclosure () -> String) -> DBusError {
        self.operation.isEmpty ? DBusError(name: name, message: message, operation: operation()) : self
    }

    static func invalidArguments(_ message: String) -> DBusError {
        DBusError(name: Name.invalidArguments, message: message)
    }

    static func disconnected(_ message: String) -> DBusError {
        DBusError(name: Name.disconnected, message: message)
    }
}
