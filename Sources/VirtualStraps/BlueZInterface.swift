internal import DBus

/// The interfaces of org.bluez that are served here (`doc/*-api.txt` of BlueZ 5.66), and one of our own.
enum BlueZInterface {
    static let agentManager = "org.bluez.AgentManager1"
    static let adapter = "org.bluez.Adapter1"
    static let device = "org.bluez.Device1"
    static let battery = "org.bluez.Battery1"
    static let service = "org.bluez.GattService1"
    static let characteristic = "org.bluez.GattCharacteristic1"
    static let descriptor = "org.bluez.GattDescriptor1"
    static let gattManager = "org.bluez.GattManager1"
    static let advertisingManager = "org.bluez.LEAdvertisingManager1"
    /// What BlueZ does not tell of an adapter: how many links it holds at once (`Slots`, `q`).
    static let slots = "org.entrain.Adapter1"

    private typealias Description = InterfaceDescription
    private typealias Method = InterfaceDescription.Method

    /// What the interface of that name offers; nil for an unknown one.
    static func description(of name: String) -> InterfaceDescription? {
        descriptions[name]
    }

    private static let descriptions = [
        agentManager: Description(
            agentManager,
            methods: [
                Method("RegisterAgent", takes: [.init("agent", .objectPath), .init("capability", .string)]),
                Method("UnregisterAgent", takes: [.init("agent", .objectPath)]),
                Method("RequestDefaultAgent", takes: [.init("agent", .objectPath)]),
            ]),
        gattManager: Description(
            gattManager,
            methods: [
                Method(
                    "RegisterApplication", takes: [.init("application", .objectPath), .init("options", .properties)]),
                Method("UnregisterApplication", takes: [.init("application", .objectPath)]),
            ]),
        advertisingManager: Description(
            advertisingManager,
            methods: [
                Method(
                    "RegisterAdvertisement",
                    takes: [.init("advertisement", .objectPath), .init("options", .properties)]),
                Method("UnregisterAdvertisement", takes: [.init("advertisement", .objectPath)]),
            ],
            properties: [
                .init("ActiveInstances", .byte), .init("SupportedInstances", .byte),
                .init("SupportedIncludes", .strings),
            ]),
        adapter: adapterDescription,
        device: deviceDescription,
        battery: Description(battery, properties: [.init("Percentage", .byte)]),
        slots: Description(slots, properties: [.init("Slots", .uint16)]),
        service: Description(
            service,
            properties: [
                .init("UUID", .string), .init("Device", .objectPath), .init("Primary", .boolean),
                .init("Includes", .objectPaths),
            ]),
        characteristic: characteristicDescription,
        descriptor: Description(
            descriptor, methods: [readValue, writeValue],
            properties: [
                .init("UUID", .string), .init("Characteristic", .objectPath), .init("Value", .bytes),
            ]),
    ]

    private static let adapterDescription = Description(
        adapter,
        methods: [
            Method("StartDiscovery"), Method("StopDiscovery"),
            Method("SetDiscoveryFilter", takes: [.init("properties", .properties)]),
            Method("GetDiscoveryFilters", gives: [.init("filters", .strings)]),
            Method("RemoveDevice", takes: [.init("device", .objectPath)]),
        ],
        properties: [
            .init("Address", .string), .init("AddressType", .string), .init("Name", .string),
            .init("Alias", .string, .readWrite), .init("Class", .uint32), .init("Powered", .boolean, .readWrite),
            .init("Discoverable", .boolean, .readWrite), .init("DiscoverableTimeout", .uint32, .readWrite),
            .init("Pairable", .boolean, .readWrite), .init("PairableTimeout", .uint32, .readWrite),
            .init("Discovering", .boolean), .init("UUIDs", .strings), .init("Modalias", .string),
            .init("Roles", .strings),
        ])

    private static let deviceDescription = Description(
        device,
        methods: [
            Method("Connect"), Method("Disconnect"), Method("Pair"), Method("CancelPairing"),
            Method("ConnectProfile", takes: [.init("UUID", .string)]),
            Method("DisconnectProfile", takes: [.init("UUID", .string)]),
        ],
        properties: [
            .init("Address", .string), .init("AddressType", .string), .init("Name", .string),
            .init("Alias", .string, .readWrite), .init("Appearance", .uint16), .init("Paired", .boolean),
            .init("Bonded", .boolean), .init("Trusted", .boolean, .readWrite), .init("Blocked", .boolean, .readWrite),
            .init("LegacyPairing", .boolean), .init("RSSI", .int16), .init("Connected", .boolean),
            .init("UUIDs", .strings), .init("Adapter", .objectPath), .init("ServicesResolved", .boolean),
        ])

    private static let characteristicDescription = Description(
        characteristic,
        methods: [
            readValue, writeValue,
            Method(
                "AcquireWrite", takes: [.init("options", .properties)],
                gives: [.init("fd", .unixFD), .init("mtu", .uint16)]),
            Method(
                "AcquireNotify", takes: [.init("options", .properties)],
                gives: [.init("fd", .unixFD), .init("mtu", .uint16)]),
            Method("StartNotify"), Method("StopNotify"),
        ],
        properties: [
            .init("UUID", .string), .init("Service", .objectPath), .init("Value", .bytes),
            .init("Notifying", .boolean), .init("Flags", .strings), .init("NotifyAcquired", .boolean),
            .init("MTU", .uint16),
        ])

    private static let readValue = Method(
        "ReadValue", takes: [.init("options", .properties)], gives: [.init("value", .bytes)])
    private static let writeValue = Method(
        "WriteValue", takes: [.init("value", .bytes), .init("options", .properties)])
}
