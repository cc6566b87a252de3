public import DBus

/// A remote device (org.bluez.Device1).
///
/// Every property may be absent.
public struct Device: Sendable, Hashable {
    /// Its object.
    public var path: ObjectPath
    /// Adapter and address: the key by which it is known.
    public var key: DeviceKey
    /// The name it advertises; nil when none was heard.
    public var name: String?
    /// GAP appearance; 0x0340 and 0x0341 are heart-rate sensors.
    public var appearance: Int?
    /// Service UUIDs it advertises or is known to have, lower case.
    public var uuids: [String]
    /// Signal in dBm while discovery hears it.
    public var rssi: Int?
    /// Whether a link is up.
    public var isConnected: Bool
    /// Whether its services are known on this link.
    public var isResolved: Bool
    /// Whether keys are stored for it.
    public var isBonded: Bool

    /// Whether it offers a service, as far as is known.
    public func offers(_ service: String) -> Bool { uuids.contains(service) }

    init?(path: ObjectPath, properties: [String: Value], adapter: String) {
        guard let address = properties["Address"]?.string else { return nil }
        self.path = path
        key = DeviceKey(adapter: adapter, device: address)
        name = properties["Name"]?.string
        appearance = properties["Appearance"]?.int
        uuids = properties["UUIDs"]?.strings?.map { $0.lowercased() } ?? []
        rssi = properties["RSSI"]?.int
        isConnected = properties["Connected"]?.bool ?? false
        isResolved = properties["ServicesResolved"]?.bool ?? false
        isBonded = properties["Bonded"]?.bool ?? properties["Paired"]?.bool ?? false
    }
}
