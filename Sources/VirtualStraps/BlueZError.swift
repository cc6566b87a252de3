internal import DBus

/// The errors of BlueZ 5.66 with its own words (`src/error.c`).
enum BlueZError {
    static let invalidArguments = error("InvalidArguments", "Invalid arguments in method call")
    static let busy = error("InProgress", "Operation already in progress")
    static let inProgress = error("InProgress", "In Progress")
    static let notReady = error("NotReady", "Resource Not Ready")
    static let doesNotExist = error("DoesNotExist", "Does Not Exist")
    static let alreadyExists = error("AlreadyExists", "Already Exists")
    static let notSupported = error("NotSupported", "Operation is not supported")
    static let notConnected = error("NotConnected", "Not Connected")
    static let authenticationFailed = error("AuthenticationFailed", "Authentication Failed")
    /// No link, no free slot, or out of reach: BlueZ tells them not apart (`att_connect_cb`).
    static let abortByLocal = failed("le-connection-abort-by-local")
    /// Somebody called Disconnect, or the link went, while Connect was waiting.
    static let cancelled = failed("br-connection-canceled")

    static func failed(_ message: String) -> DBusError { error("Failed", message) }

    static func notPermitted(_ message: String) -> DBusError { error("NotPermitted", message) }

    private static func error(_ name: String, _ message: String) -> DBusError {
        DBusError(name: "org.bluez.Error." + name, message: message)
    }
}
