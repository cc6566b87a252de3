/// The names of the bus daemon itself and of the standard interfaces (D-Bus specification).
enum Bus {
    static let name = "org.freedesktop.DBus"
    static let interface = "org.freedesktop.DBus"
    static let path = ObjectPath(trusted: "/org/freedesktop/DBus")
    static let peer = "org.freedesktop.DBus.Peer"
    static let properties = "org.freedesktop.DBus.Properties"
    static let introspectable = "org.freedesktop.DBus.Introspectable"
    static let objectManager = "org.freedesktop.DBus.ObjectManager"
    /// Messages under this interface libdbus makes itself; the daemon lets none from outside pass.
    static let local = "org.freedesktop.DBus.Local"
}
