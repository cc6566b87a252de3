import DBus
import Timekeeping

@testable import BlueZ

/// A tree, and the signals and snapshots that a BlueZ sends to it, numbered in the order they come.
struct Air {
    static let dongle = "00:1A:7D:DA:71:10"
    static let strap = "A0:9E:1A:B2:C3:D4"
    static let key = DeviceKey(adapter: dongle, device: strap)
    static let adapterPath = "/org/bluez/hci0"
    static let devicePath = "/org/bluez/hci0/dev_A0_9E_1A_B2_C3_D4"
    static let measurementPath = devicePath + "/service0010/char0011"
    static let heartRate = "0000180d-0000-1000-8000-00805f9b34fb"
    static let measurement = "00002a37-0000-1000-8000-00805f9b34fb"

    var tree = ObjectTree()
    /// Arrival number of the newest message.
    private(set) var arrival: UInt64 = 100

    /// The properties of a powered adapter.
    static func adapter(_ address: String = dongle) -> ObjectTree.Interfaces {
        [BlueZName.adapter: ["Address": .string(address), "Powered": .boolean(true), "Discovering": .boolean(false)]]
    }

    /// The properties of a strap that was heard.
    static func device(
        adapter: String = adapterPath, _ more: [String: Value] = [:]
    ) throws -> ObjectTree.Interfaces {
        let usual: [String: Value] = [
            "Address": .string(strap), "Name": .string("Polar H10 B2C3D4"), "UUIDs": .strings([heartRate]),
            "RSSI": .int16(-48), "Connected": .boolean(false), "ServicesResolved": .boolean(false),
            "Adapter": .objectPath(try ObjectPath(adapter)),
        ]
        return [BlueZName.device: usual.merging(more) { $1 }]
    }

    /// The properties of 0x2A37, its UUID in the capitals that some peers use.
    static let characteristic: ObjectTree.Interfaces = [
        BlueZName.characteristic: ["UUID": .string(measurement.uppercased()), "Notifying": .boolean(false)]
    ]

    /// A tree in which an adapter and a strap are known, unless said otherwise.
    static func known(_ more: [String: Value] = [:]) throws -> Air {
        var air = Air()
        _ = try air.snapshot([adapterPath: adapter(), devicePath: device(more)])
        return air
    }

    /// A tree in which the strap is connected, resolved and has its characteristic.
    static func streaming() throws -> Air {
        var air = Air()
        let isThere: [String: Value] = ["Connected": .boolean(true), "ServicesResolved": .boolean(true)]
        _ = try air.snapshot([
            adapterPath: adapter(), devicePath: device(isThere), measurementPath: characteristic,
        ])
        return air
    }

    // MARK: - What comes

    mutating func snapshot(_ objects: [String: ObjectTree.Interfaces]) throws -> [String] {
        var snapshot: [ObjectPath: ObjectTree.Interfaces] = [:]
        for (path, interfaces) in objects { snapshot[try ObjectPath(path)] = interfaces }
        arrival += 1
        return tree.replace(with: snapshot, arrival: arrival).map(Self.words)
    }

    mutating func added(_ path: String, _ interfaces: ObjectTree.Interfaces) throws -> [String] {
        let entries = interfaces.map { (Value.string($0.key), Value.properties($0.value)) }
        let value = Value.dictionary(
            Dictionary(uniqueKeysWithValues: entries), key: .string, value: Signature(literal: "a{sv}"))
        return try take("InterfacesAdded", at: "/", [.objectPath(try ObjectPath(path)), value])
    }

    mutating func removed(_ path: String, _ interfaces: [String]) throws -> [String] {
        try take("InterfacesRemoved", at: "/", [.objectPath(try ObjectPath(path)), .strings(interfaces)])
    }

    mutating func changed(
        _ path: String, _ interface: String, _ values: [String: Value], invalidated: [String] = []
    ) throws -> [String] {
        try take("PropertiesChanged", at: path, [.string(interface), .properties(values), .strings(invalidated)])
    }

    mutating func device(_ values: [String: Value], invalidated: [String] = []) throws -> [String] {
        try changed(Self.devicePath, BlueZName.device, values, invalidated: invalidated)
    }

    mutating func owner(from old: String, to new: String) throws -> [String] {
        try take(
            "NameOwnerChanged", at: "/org/freedesktop/DBus", [.string("org.bluez"), .string(old), .string(new)])
    }

    /// Takes a signal with the next arrival number, or with an older one.
    mutating func take(
        _ member: String, at path: String, _ arguments: [Value], arrival older: UInt64? = nil
    ) throws -> [String] {
        arrival += 1
        let signal = Signal(
            sender: ":1.7", path: try ObjectPath(path), interface: "any.Interface", member: member,
            arguments: arguments, received: Self.moment, arrival: older ?? arrival)
        return tree.apply(signal).map(Self.words)
    }

    static let moment = Moment(instant: Instant(seconds: 7), utc: UTC(nanosecondsSince1970: 7_000_000_000))

    // MARK: - In words

    /// An event as a line of a table; of addresses the last two digits.
    static func words(_ event: BlueZEvent) -> String {
        switch event {
        case .serviceAppeared: "service up"
        case .serviceVanished: "service gone"
        case .adapter(let adapter):
            "adapter \(adapter.name) \(adapter.address.suffix(2)) \(adapter.isPowered ? "on" : "off")"
                + (adapter.isDiscovering ? " discovering" : "")
                + (adapter.declaredSlots.map { " \($0) slots" } ?? "")
        case .adapterRemoved(let adapter): "no adapter \(adapter.name) \(adapter.address.suffix(2))"
        case .device(let device, let heard):
            "device \(short(device.key)) \(device.name ?? "-") \(device.rssi.map { "\($0)" } ?? "-")"
                + (heard ? " heard" : "")
        case .deviceRemoved(let key): "no device \(short(key))"
        case .connected(let key): "link \(short(key))"
        case .disconnected(let key): "no link \(short(key))"
        case .characteristicReady(let found): "ready \(found.uuid.prefix(8)) of \(short(found.device))"
        case .value(let found, let bytes, let at):
            "value \(bytes) of \(short(found.device))\(at == moment ? "" : " at another time")"
        case .battery(let key, let percent): "battery \(short(key)) \(percent) %"
        }
    }

    private static func short(_ key: DeviceKey) -> String { "\(key.adapter.suffix(2))/\(key.device.suffix(2))" }
}
