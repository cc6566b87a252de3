import DBus
import Synchronization
import Timekeeping

@testable import BlueZ

/// An org.bluez made by hand on a private bus: answers as it is told, and changes only when a test says so.
final class HandMadeBlueZ: Sendable {
    let connection: Connection
    private let script = Mutex<Script>(Script())

    private struct Script {
        var answers: [String: Result<[Value], DBusError>] = [:]
        var calls: [IncomingCall] = []
    }

    private init(_ connection: Connection) {
        self.connection = connection
    }

    /// Comes to a bus without taking the name yet.
    static func open(_ bus: PrivateBus) async throws -> HandMadeBlueZ {
        let made = HandMadeBlueZ(try await Connection.open(.address(bus.address), clock: MachineClock()))
        await made.connection.manageObjects()
        return made
    }

    func takeName() async throws { try await connection.requestName("org.bluez") }
    func giveUpName() async throws { try await connection.releaseName("org.bluez") }
    func close() async { await connection.close() }

    /// Calls that came, as `Connect dev_A0_9E_1A_B2_C3_D4`.
    var calls: [String] { script.withLock { $0.calls.map { "\($0.member) \($0.path.lastElement)" } } }
    /// What a method was called with last.
    func arguments(of member: String) -> [Value]? {
        script.withLock { $0.calls.last { $0.member == member }?.arguments }
    }

    /// The unique name of the connection that called a method last.
    func caller(of member: String) -> String? {
        script.withLock { $0.calls.last { $0.member == member }?.sender }
    }

    /// Has a method answer so from now on.
    func answer(_ member: String, _ result: Result<[Value], DBusError>) {
        script.withLock { $0.answers[member] = result }
    }

    /// Has a method fail from now on.
    func refuse(_ member: String, _ name: String, _ message: String) {
        answer(member, .failure(DBusError(name: name, message: message)))
    }

    fileprivate func take(_ call: IncomingCall) throws(DBusError) -> [Value] {
        let answer = script.withLock { script in
            script.calls.append(call)
            return script.answers[call.member]
        }
        return try answer?.get() ?? []
    }

    // MARK: - Objects

    func addAdapter(_ path: String = Air.adapterPath, slots: Int? = nil) async throws {
        var properties = Air.adapter()
        if let slots { properties[BlueZName.slots] = ["Slots": .uint16(UInt16(slots))] }
        try await export(path, properties)
    }

    /// An adapter that can be found by others, with so many advertisements under way and still possible.
    func addAdvertisingAdapter(active: UInt8 = 0, supported: UInt8 = 4) async throws {
        var properties = Air.adapter()
        properties[BlueZName.gattManager] = [:]
        properties[BlueZName.advertisingManager] = [
            "ActiveInstances": .byte(active), "SupportedInstances": .byte(supported),
        ]
        try await export(Air.adapterPath, properties)
    }

    func addDevice(_ more: [String: Value] = [:]) async throws {
        try await export(Air.devicePath, Air.device(more))
    }

    func addMeasurement() async throws {
        try await export(Air.measurementPath, Air.characteristic)
    }

    private func export(_ path: String, _ properties: ObjectTree.Interfaces) async throws {
        let object = HandMadeObject(service: self, names: properties.keys.sorted())
        try await connection.export(object, at: try ObjectPath(path), properties: properties)
    }

    func remove(_ path: String, _ interfaces: [String]? = nil) async throws {
        await connection.unexport(try ObjectPath(path), interfaces: interfaces)
    }

    func change(
        _ path: String, _ interface: String, _ values: [String: Value], invalidated: [String] = []
    ) async throws {
        try await connection.update(
            try ObjectPath(path), interface: interface, changed: values, invalidated: invalidated)
    }
}

/// One of its objects.
private struct HandMadeObject: ExportedObject {
    let service: HandMadeBlueZ
    let names: [String]

    var interfaces: [InterfaceDescription] { names.compactMap { Self.descriptions[$0] } }

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] { try service.take(call) }

    private static let descriptions: [String: InterfaceDescription] = Dictionary(
        uniqueKeysWithValues: [
            InterfaceDescription(
                BlueZName.adapter,
                methods: [
                    .init("SetDiscoveryFilter", takes: [.init("filter", Signature(literal: "a{sv}"))]),
                    .init("StartDiscovery"), .init("StopDiscovery"),
                    .init("RemoveDevice", takes: [.init("device", .objectPath)]),
                ],
                properties: [
                    .init("Address", .string), .init("Powered", .boolean), .init("Discovering", .boolean),
                ]),
            InterfaceDescription(
                BlueZName.gattManager,
                methods: [
                    .init(
                        "RegisterApplication",
                        takes: [.init("application", .objectPath), .init("options", .properties)]),
                    .init("UnregisterApplication", takes: [.init("application", .objectPath)]),
                ]),
            InterfaceDescription(
                BlueZName.advertisingManager,
                methods: [
                    .init(
                        "RegisterAdvertisement",
                        takes: [.init("advertisement", .objectPath), .init("options", .properties)]),
                    .init("UnregisterAdvertisement", takes: [.init("advertisement", .objectPath)]),
                ],
                properties: [.init("ActiveInstances", .byte), .init("SupportedInstances", .byte)]),
            InterfaceDescription(BlueZName.slots, properties: [.init("Slots", .uint16)]),
            InterfaceDescription(
                BlueZName.device, methods: [.init("Connect"), .init("Disconnect")],
                properties: [
                    .init("Address", .string), .init("Name", .string), .init("UUIDs", Signature(literal: "as")),
                    .init("RSSI", .int16), .init("Connected", .boolean), .init("ServicesResolved", .boolean),
                    .init("Adapter", .objectPath), .init("Paired", .boolean), .init("Bonded", .boolean),
                ]),
            InterfaceDescription(
                BlueZName.characteristic,
                methods: [
                    .init("StartNotify"), .init("StopNotify"),
                    .init(
                        "ReadValue", takes: [.init("options", Signature(literal: "a{sv}"))],
                        gives: [.init("value", Signature(literal: "ay"))]),
                ],
                properties: [
                    .init("UUID", .string), .init("Value", Signature(literal: "ay")), .init("Notifying", .boolean),
                ]),
        ].map { ($0.name, $0) })
}
