public import DBus

/// What one client of the virtual org.bluez has an adapter be to others: its services, and what it says over the air.
public struct VirtualPeripheral: Sendable, Hashable {
    /// The name of the adapter, such as `hci0`.
    public let adapter: String
    /// The client's unique name on the bus.
    public let client: String
    /// Its services and characteristics: property values by path and interface; empty before RegisterApplication.
    public internal(set) var objects: [ObjectPath: [String: [String: Value]]] = [:]
    /// Its advertisement's properties; nil when it has none.
    public internal(set) var advertisement: [String: Value]?

    var application: ObjectPath?
    var advertisementPath: ObjectPath?

    init(adapter: String, client: String) {
        self.adapter = adapter
        self.client = client
    }

    /// The path of the characteristic of that UUID; nil when there is none.
    public func characteristic(_ uuid: String) -> ObjectPath? {
        objects.first { $0.value[BlueZInterface.characteristic]?["UUID"]?.string == uuid }?.key
    }

    var isEmpty: Bool { application == nil && advertisementPath == nil }
}
