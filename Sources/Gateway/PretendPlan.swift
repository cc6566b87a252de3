import BlueZ
import HeartRate

/// What a pretended strap says of itself.
public struct PretendPlan: Sendable, Hashable {
    /// The name that others see, at most ``BlueZ/LocalAdvertisement/longestName`` bytes.
    public var name: String
    /// The adapter to use, such as `hci0`; nil for the first that can.
    public var adapter: String?
    /// Seconds of session time after which it ends by itself; nil for never.
    public var seconds: Double?
    /// Firmware Revision String.
    public var firmware: String
    /// Battery level, per cent.
    public var battery: UInt8 = 100

    /// Makes a plan.
    public init(name: String, adapter: String? = nil, seconds: Double? = nil, firmware: String) {
        self.name = name
        self.adapter = adapter
        self.seconds = seconds
        self.firmware = firmware
    }

    /// What it says over the air: a heart-rate belt (Bluetooth Assigned Numbers, 2.6.3).
    var advertisement: LocalAdvertisement {
        LocalAdvertisement(localName: name, serviceUUIDs: [HeartRateUUID.service], appearance: 0x0341)
    }

    /// Heart Rate Service 1.0, Device Information Service 1.1 and Battery Service 1.0.
    ///
    /// Model and maker say that it is no strap that measures.
    var services: [LocalService] {
        [
            LocalService(
                HeartRateUUID.service,
                [
                    LocalCharacteristic(HeartRateUUID.measurement, [.notify]),
                    LocalCharacteristic(
                        HeartRateUUID.bodySensorLocation, [.read], value: [BodySensorLocation.chest.rawValue]),
                    LocalCharacteristic(Self.controlPoint, [.write]),
                ]),
            LocalService(
                Self.uuid("180a"),
                [
                    text(HeartRateUUID.manufacturer, "Entrain"), text(HeartRateUUID.model, "Pretended strap"),
                    text(HeartRateUUID.firmware, firmware),
                ]),
            LocalService(
                Self.uuid("180f"), [LocalCharacteristic(Self.uuid("2a19"), [.read], value: [battery])]),
        ]
    }

    /// Heart Rate Control Point, 0x2A39.
    static let controlPoint = uuid("2a39")

    private static func uuid(_ short: String) -> String { "0000\(short)-0000-1000-8000-00805f9b34fb" }

    private func text(_ uuid: String, _ text: String) -> LocalCharacteristic {
        LocalCharacteristic(uuid, [.read], value: Array(text.utf8))
    }
}
