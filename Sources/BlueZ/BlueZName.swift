import DBus

/// Names of the D-Bus API of BlueZ (doc/org.bluez.*.rst).
enum BlueZName {
    static let service = "org.bluez"
    static let adapter = "org.bluez.Adapter1"
    static let device = "org.bluez.Device1"
    static let characteristic = "org.bluez.GattCharacteristic1"
    static let gattService = "org.bluez.GattService1"
    static let battery = "org.bluez.Battery1"
    static let agent = "org.bluez.Agent1"
    static let agentManager = "org.bluez.AgentManager1"
    /// Where our agent stands on our connection.
    static let agentPath = "/org/entrain/agent"
    static let gattManager = "org.bluez.GattManager1"
    static let advertisingManager = "org.bluez.LEAdvertisingManager1"
    static let advertisement = "org.bluez.LEAdvertisement1"
    static let objectManager = "org.freedesktop.DBus.ObjectManager"
    static let properties = "org.freedesktop.DBus.Properties"
    static let bus = "org.freedesktop.DBus"
    static let root = "/org/bluez"
    /// An adapter that declares how many links it holds; BlueZ has no such property, virtual adapters do.
    static let slots = "org.entrain.Adapter1"
}
