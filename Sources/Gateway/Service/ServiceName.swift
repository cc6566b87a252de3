import DBus
import Practice

/// The names of the gateway's own service on the bus.
enum ServiceName {
    /// The bus name: of the headless gateway, else of the session that asked for it first.
    static let main = "org.entrain.Gateway1"
    /// Every session's own bus name begins so.
    static let sessionPrefix = "org.entrain.Gateway1.Session_"
    static let manager = "org.entrain.Gateway1.Manager1"
    static let session = "org.entrain.Gateway1.Session1"
    static let code = "org.entrain.Gateway1.Code1"
    static let objectManager = "org.freedesktop.DBus.ObjectManager"

    /// The signal with what is new of a code, sent to subscribers only.
    static let reading = "Reading"

    static let root = ObjectPath(literal: "/org/entrain/Gateway1")
    static let sessions = ObjectPath(literal: "/org/entrain/Gateway1/session")

    /// The object of a session such as `20260804-G1`.
    static func path(ofSession name: String) throws(DBusError) -> ObjectPath {
        try sessions.appending(element(name))
    }

    /// The object of a code below its session's.
    static func path(of code: Code, below session: ObjectPath) throws(DBusError) -> ObjectPath {
        try session.appending(element(code.description))
    }

    /// The bus name of a session; `attempt` counts sessions of that name on one bus, from 1.
    static func busName(ofSession name: String, attempt: Int) -> String {
        sessionPrefix + element(name) + (attempt == 1 ? "" : "__\(attempt)")
    }

    /// Names hold letters, digits and hyphens only; a hyphen may not stand in a path.
    private static func element(_ name: String) -> String { name.replacing("-", with: "_") }
}

/// The names of errors that are the service's own.
enum ServiceErrorName {
    /// The session has ended.
    static let ended = "org.entrain.Gateway1.Error.Ended"
    /// There is no phase to go to.
    static let noPhase = "org.entrain.Gateway1.Error.NoPhase"
    /// The session has no such code.
    static let unknownCode = "org.entrain.Gateway1.Error.UnknownCode"
    /// A session cannot begin; the text says why and what to do.
    static let cannotStart = "org.entrain.Gateway1.Error.CannotStart"
    /// Whoever owns the name is a session that somebody leads, not the gateway.
    static let notAGateway = "org.entrain.Gateway1.Error.NotAGateway"
}
