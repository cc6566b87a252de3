public import DBus

/// A Bluetooth controller (org.bluez.Adapter1).
public struct Adapter: Sendable, Hashable {
    /// Its object, such as `/org/bluez/hci0`.
    public var path: ObjectPath
    /// Its address; the key by which it is known.
    public var address: String
    /// Whether it is on.
    public var isPowered: Bool
    /// Whether any client's discovery runs on it.
    public var isDiscovering: Bool
    /// Links it declares to hold; nil where it does not say so (BlueZ does not).
    public var declaredSlots: Int?
    /// What it can be, such as `central`; nil where the service does not say so (before BlueZ 5.57).
    public var roles: [String]?

    /// Its name in the system, such as `hci0`: the last element of the path.
    public var name: String { path.rawValue.split(separator: "/").last.map(String.init) ?? path.rawValue }

    init?(path: ObjectPath, interfaces: ObjectTree.Interfaces) {
        guard let properties = interfaces[BlueZName.adapter], let address = properties["Address"]?.string else {
            return nil
        }
        self.path = path
        self.address = address
        isPowered = properties["Powered"]?.bool ?? false
        isDiscovering = properties["Discovering"]?.bool ?? false
        roles = properties["Roles"]?.strings
        declaredSlots = interfaces[BlueZName.slots]?["Slots"]?.int
    }
}
