/// Numbers assigned by the Bluetooth SIG that a heart-rate strap uses, in full 128-bit form and lower case.
public enum HeartRateUUID {
    /// Heart Rate Service, 0x180D.
    public static let service = "0000180d-0000-1000-8000-00805f9b34fb"
    /// Heart Rate Measurement, 0x2A37.
    public static let measurement = "00002a37-0000-1000-8000-00805f9b34fb"
    /// Manufacturer Name String, 0x2A29, of the Device Information Service.
    public static let manufacturer = "00002a29-0000-1000-8000-00805f9b34fb"
    /// Model Number String, 0x2A24.
    public static let model = "00002a24-0000-1000-8000-00805f9b34fb"
    /// Firmware Revision String, 0x2A26.
    public static let firmware = "00002a26-0000-1000-8000-00805f9b34fb"
    /// Body Sensor Location, 0x2A38.
    public static let bodySensorLocation = "00002a38-0000-1000-8000-00805f9b34fb"
}

/// Where a sensor is worn (Heart Rate Service 1.0, 3.2).
public enum BodySensorLocation: UInt8, Sendable, Hashable, CaseIterable {
    /// Somewhere else.
    case other = 0
    /// On the chest.
    case chest = 1
    /// On the wrist.
    case wrist = 2
    /// On a finger.
    case finger = 3
    /// On the hand.
    case hand = 4
    /// On an ear lobe.
    case earLobe = 5
    /// On the foot.
    case foot = 6

    /// The place in words, such as `chest`.
    public var word: String {
        switch self {
        case .other: "other"
        case .chest: "chest"
        case .wrist: "wrist"
        case .finger: "finger"
        case .hand: "hand"
        case .earLobe: "ear lobe"
        case .foot: "foot"
        }
    }
}
