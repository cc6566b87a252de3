public import DBus

/// A characteristic of a connected device (org.bluez.GattCharacteristic1).
public struct GattCharacteristic: Sendable, Hashable {
    /// Its object.
    public var path: ObjectPath
    /// The device it belongs to.
    public var device: DeviceKey
    /// Its UUID, lower case.
    public var uuid: String
}
