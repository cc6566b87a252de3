import DBus

/// What this machine says of itself over LE so that others may connect (org.bluez.LEAdvertisement1).
public struct LocalAdvertisement: Sendable, Hashable {
    /// The name others see, at most ``longestName`` bytes.
    public var localName: String
    /// The services that it offers, by UUID.
    public var serviceUUIDs: [String]
    /// What kind of device it is (Bluetooth Assigned Numbers, 2.6.3), such as 0x0341, a heart-rate belt.
    public var appearance: UInt16

    /// The longest name, in bytes of UTF-8.
    ///
    /// BlueZ puts the name into the scan response, which holds 31 bytes (Bluetooth Core 5.4, Vol 3, Part C, 11); length
    /// and type take two of them. A longer name BlueZ 5.66 cuts, be it in the middle of a letter.
    public static let longestName = 31 - 2

    /// Makes an advertisement for others to connect to.
    public init(localName: String, serviceUUIDs: [String], appearance: UInt16) {
        self.localName = localName
        self.serviceUUIDs = serviceUUIDs
        self.appearance = appearance
    }

    /// Its properties on the bus.
    var properties: [String: Value] {
        [
            "Type": .string("peripheral"), "LocalName": .string(localName), "ServiceUUIDs": .strings(serviceUUIDs),
            "Appearance": .uint16(appearance), "Discoverable": .boolean(true),
        ]
    }

    static let interface = InterfaceDescription(
        BlueZName.advertisement, methods: [.init("Release")],
        properties: [
            .init("Type", .string), .init("LocalName", .string), .init("ServiceUUIDs", .strings),
            .init("Appearance", .uint16), .init("Discoverable", .boolean),
        ])
}
