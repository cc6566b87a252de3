/// A GATT service that this machine offers to others (Bluetooth Core 5.4, Vol 3, Part G, 3.1).
public struct LocalService: Sendable, Hashable {
    /// Its UUID in full, lower case.
    public var uuid: String
    /// Its characteristics, in the order in which others find them.
    public var characteristics: [LocalCharacteristic]

    /// Makes a primary service.
    public init(_ uuid: String, _ characteristics: [LocalCharacteristic]) {
        self.uuid = uuid
        self.characteristics = characteristics
    }
}

/// A characteristic of a service that this machine offers.
public struct LocalCharacteristic: Sendable, Hashable {
    /// What others may do with it (`doc/gatt-api.txt` of BlueZ 5.66, `Flags`).
    public enum Flag: String, Sendable, Hashable, CaseIterable {
        /// They may read its value.
        case read
        /// They may write it, and are told how that went.
        case write
        /// They may ask to be sent each new value.
        case notify
    }

    /// Its UUID in full, lower case; no two of one server share it.
    public var uuid: String
    /// What others may do with it.
    public var flags: [Flag]
    /// What a reader gets, at most 512 bytes.
    public var value: [UInt8]

    /// The longest value an attribute has (Bluetooth Core 5.4, Vol 3, Part F, 3.2.9), bytes.
    public static let longestValue = 512

    /// Makes a characteristic.
    public init(_ uuid: String, _ flags: [Flag], value: [UInt8] = []) {
        self.uuid = uuid
        self.flags = flags
        self.value = value
    }
}
