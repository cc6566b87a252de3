public import Timekeeping

/// What changed in the world that BlueZ shows.
public enum BlueZEvent: Sendable, Hashable {
    /// The service is there; its objects follow.
    case serviceAppeared
    /// The service is gone, and everything with it.
    case serviceVanished
    /// An adapter is new or has changed.
    case adapter(Adapter)
    /// An adapter is gone.
    case adapterRemoved(Adapter)
    /// A device is new or one of its properties changed; `heard` when this very change came from the air (its RSSI).
    case device(Device, heard: Bool)
    /// A device is gone.
    case deviceRemoved(DeviceKey)
    /// A link came up.
    case connected(DeviceKey)
    /// A link went down.
    case disconnected(DeviceKey)
    /// A characteristic can be used: its object is there and its device's services are resolved.
    case characteristicReady(GattCharacteristic)
    /// A characteristic's value came, also when it equals the last one.
    case value(GattCharacteristic, [UInt8], Moment)
    /// Battery level, per cent.
    case battery(DeviceKey, Int)
}
