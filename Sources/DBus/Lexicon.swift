internal import CDBus
internal import Glibc

/// The rules of the D-Bus specification for strings and names, asked of libdbus itself.
///
/// libdbus ends the process when it is handed a string that breaks them, so nothing reaches it unasked.
enum Lexicon {
    static func isPath(_ string: String) -> Bool { passes(string) { dbus_validate_path($0, nil) } }

    static func isSignature(_ string: String) -> Bool {
        passes(string) { dbus_signature_validate($0, nil) }
    }

    /// No NUL inside: all else a Swift string can hold is UTF-8 that D-Bus allows.
    static func isText(_ string: String) -> Bool { passes(string) { _ in 1 } }

    static func isErrorName(_ string: String) -> Bool { passes(string) { dbus_validate_error_name($0, nil) } }

    static func checkInterface(_ string: String) throws(DBusError) {
        try check(string, "interface name") { dbus_validate_interface($0, nil) }
    }

    static func checkMember(_ string: String) throws(DBusError) {
        try check(string, "method, signal or property name") { dbus_validate_member($0, nil) }
    }

    static func checkBusName(_ string: String) throws(DBusError) {
        try check(string, "bus name") { dbus_validate_bus_name($0, nil) }
    }

    private static func check(
        _ string: String, _ what: String, _ rule: (UnsafePointer<CChar>) -> dbus_bool_t
    ) throws(DBusError) {
        guard passes(string, rule) else {
            throw .invalidArguments("\(string.debugDescription) is not a valid D-Bus \(what)")
        }
    }

    private static func passes(_ string: String, _ rule: (UnsafePointer<CChar>) -> dbus_bool_t) -> Bool {
        let length = string.utf8.count
        return string.withCString { strlen($0) == length && rule($0) != 0 }
    }
}
