internal import Glibc

/// Where a message bus listens.
public enum BusAddress: Sendable, Hashable, CustomStringConvertible {
    /// The bus of the machine: `DBUS_SYSTEM_BUS_ADDRESS`, else the well-known socket (D-Bus specification, "System
    /// message bus").
    case system
    /// The bus of the user's session: `DBUS_SESSION_BUS_ADDRESS`, else `bus` in `XDG_RUNTIME_DIR`.
    case session
    /// A bus at a D-Bus server address, such as `unix:path=/run/bus`.
    case address(String)

    /// The kind of bus, or its address.
    public var description: String {
        switch self {
        case .system: "the system bus"
        case .session: "the session bus"
        case .address(let address): "the bus at \(address)"
        }
    }

    /// The server address to connect to, such as `unix:path=/run/bus`.
    /// - Throws: `NoServer` when nothing names the session bus.
    public func resolved() throws(DBusError) -> String {
        switch self {
        case .system:
            return Self.environment("DBUS_SYSTEM_BUS_ADDRESS") ?? "unix:path=/var/run/dbus/system_bus_socket"
        case .session:
            if let address = Self.environment("DBUS_SESSION_BUS_ADDRESS") { return address }
            guard let directory = Self.environment("XDG_RUNTIME_DIR") else {
                throw DBusError(
                    name: DBusError.Name.noServer,
                    message: "neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR is set",
                    operation: "looking for the session bus")
            }
            return "unix:path=\(directory)/bus"
        case .address(let address):
            return address
        }
    }

    private static func environment(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }
}
