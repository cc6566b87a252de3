import DBus
import Synchronization
import Testing
import Timekeeping

@testable import BlueZ

/// Services of our own against an org.bluez made by hand, on a real bus: the test's connection is bluetoothd's hand.
@Suite(.serialized, .privateBus, .timeLimit(.minutes(1))) struct GattServerTests {
    private static let control = "00002a39-0000-1000-8000-00805f9b34fb"
    private static let location = "00002a38-0000-1000-8000-00805f9b34fb"
    private static let name = "00002a29-0000-1000-8000-00805f9b34fb"
    private static let information = "0000180a-0000-1000-8000-00805f9b34fb"
    private static let root = "/org/example/belt/application"
    private static let advertisement = "/org/example/belt/advertisement"

    private static let services = [
        LocalService(
            Air.heartRate,
            [
                LocalCharacteristic(Air.measurement, [.notify]),
                LocalCharacteristic(location, [.read], value: [1]),
                LocalCharacteristic(control, [.write]),
            ]),
        LocalService(information, [LocalCharacteristic(name, [.read], value: Array("Entrain".utf8))]),
    ]

    /// A server, the service it registers with, and what centrals wrote.
    private struct Peers {
        let service: HandMadeBlueZ
        let server: GattServer
        let written: Locker

        /// Calls an object of the server, as bluetoothd does.
        func call(_ path: String, _ interface: String, _ member: String, _ arguments: [Value] = []) async throws
            -> [Value]
        {
            let caller = service.caller(of: "RegisterApplication")
            let call = MethodCall(
                destination: try #require(caller), path: try ObjectPath(path), interface: interface, member: member,
                arguments: arguments)
            return try await service.connection.call(call).arguments
        }

        func characteristic(_ place: String, _ member: String, _ arguments: [Value] = []) async throws -> [Value] {
            try await call("\(GattServerTests.root)/\(place)", BlueZName.characteristic, member, arguments)
        }

        /// How the server refuses.
        func refusal(_ place: String, _ member: String, _ arguments: [Value]) async throws -> DBusError {
            let error = await #expect(throws: DBusError.self) {
                try await characteristic(place, member, arguments)
            }
            return try #require(error)
        }

        func register() async throws { try await server.register(on: try ObjectPath(Air.adapterPath)) }

        /// How registering fails.
        func trouble() async throws -> GattServerError {
            let error = await #expect(throws: GattServerError.self) { try await register() }
            return try #require(error)
        }
    }

    private final class Locker: Sendable {
        private let values = Mutex<[String]>([])
        var all: [String] { values.withLock { $0 } }
        func note(_ text: String) { values.withLock { $0.append(text) } }
    }

    private func with(
        prepare: (HandMadeBlueZ) async throws -> Void = { try await $0.addAdvertisingAdapter() },
        isThere: Bool = true, _ body: (Peers) async throws -> Void
    ) async throws {
        let bus = try #require(BusTrait.bus)
        let service = try await HandMadeBlueZ.open(bus)
        try await prepare(service)
        if isThere { try await service.takeName() }
        let written = Locker()
        let server = try await GattServer.open(
            .address(bus.address), root: "/org/example/belt", services: Self.services,
            advertisement: LocalAdvertisement(
                localName: "Belt 1", serviceUUIDs: [Air.heartRate], appearance: 0x0341),
            clock: MachineClock()
        ) { uuid, bytes throws(AttributeRefusal) in
            guard bytes.count == 1 else { throw .wrongLength }
            guard bytes == [1] else { throw .application(0x80) }
            written.note("\(uuid.prefix(8)) \(bytes)")
        }
        do {
            try await body(Peers(service: service, server: server, written: written))
        } catch {
            await server.close()
            await service.close()
            throw error
        }
        await server.close()
        await service.close()
    }

    // MARK: - Registering

    @Test func servicesComeBeforeTheAdvertisementAndGoAfterIt() async throws {
        try await with { peers in
            try await peers.register()
            #expect(peers.service.calls == ["RegisterApplication hci0", "RegisterAdvertisement hci0"])
            let application = peers.service.arguments(of: "RegisterApplication")
            #expect(application == [.objectPath(try ObjectPath(Self.root)), .properties([:])])
            let advertisement = peers.service.arguments(of: "RegisterAdvertisement")
            #expect(advertisement == [.objectPath(try ObjectPath(Self.advertisement)), .properties([:])])
            await peers.server.close()
            #expect(
                peers.service.calls.suffix(2) == ["UnregisterAdvertisement hci0", "UnregisterApplication hci0"])
        }
    }

    @Test func theServiceReadsServicesAndCharacteristicsAsBlueZWantsThem() async throws {
        try await with { peers in
            try await peers.register()
            let reply = try await peers.call(Self.root, BlueZName.objectManager, "GetManagedObjects")
            let objects = try #require(reply.first?.dictionary).mapValues { ObjectTree.interfaces(of: $0) }
            let service = "\(Self.root)/service0"
            #expect(
                objects.keys.sorted() == [
                    service, "\(service)/char0", "\(service)/char1", "\(service)/char2", "\(Self.root)/service1",
                    "\(Self.root)/service1/char0",
                ])
            #expect(
                objects[service] == [
                    BlueZName.gattService: ["UUID": .string(Air.heartRate), "Primary": .boolean(true)]
                ])
            #expect(
                objects["\(service)/char0"] == [
                    BlueZName.characteristic: [
                        "UUID": .string(Air.measurement), "Service": .objectPath(try ObjectPath(service)),
                        "Flags": .strings(["notify"]), "Notifying": .boolean(false),
                    ]
                ], "NotifyAcquired would have BlueZ ask for a socket; Handle would have it write one")
            let flags = try ["char1", "char2"].map { place in
                try #require(objects["\(service)/\(place)"]?[BlueZName.characteristic]?["Flags"]?.strings)
            }
            #expect(flags == [["read"], ["write"]])
        }
    }

    @Test func theAdvertisementHasTheTypesThatBlueZParses() async throws {
        try await with { peers in
            try await peers.register()
            let reply = try await peers.call(
                Self.advertisement, BlueZName.properties, "GetAll", [.string(BlueZName.advertisement)])
            #expect(
                reply.first?.properties == [
                    "Type": .string("peripheral"), "LocalName": .string("Belt 1"),
                    "ServiceUUIDs": .strings([Air.heartRate]), "Appearance": .uint16(0x0341),
                    "Discoverable": .boolean(true),
                ])
        }
    }

    @Test func anAdvertisementThatIsThereAlreadyIsMadeAnew() async throws {
        try await with { peers in
            try await peers.register()
            peers.service.refuse("RegisterApplication", "org.bluez.Error.AlreadyExists", "Already Exists")
            try await peers.register()
            peers.service.refuse("RegisterAdvertisement", "org.bluez.Error.AlreadyExists", "Already Exists")
            let trouble = try await peers.trouble()
            guard case .bluetooth(let error) = trouble else { throw trouble }
            #expect(error.name == "org.bluez.Error.AlreadyExists")
            let calls = peers.service.calls.suffix(6)
            #expect(
                Array(calls.prefix(4)) == [
                    "RegisterApplication hci0", "RegisterAdvertisement hci0", "UnregisterAdvertisement hci0",
                    "RegisterAdvertisement hci0",
                ], "\(calls)")
        }
    }

    @Test func takenSlotsAreToldFromOtherRefusalsAndNothingStaysRegistered() async throws {
        try await with { peers in
            peers.service.refuse(
                "RegisterAdvertisement", "org.bluez.Error.NotPermitted", "Maximum advertisements reached")
            let trouble = try await peers.trouble()
            #expect(trouble == .slotsTaken)
            #expect(peers.service.calls.last == "UnregisterApplication hci0")
            peers.service.refuse(
                "RegisterAdvertisement", "org.bluez.Error.Failed", "Failed to register advertisement")
            guard case .bluetooth(let error) = try await peers.trouble() else { throw GattServerError.slotsTaken }
            #expect(error.message == "Failed to register advertisement")
        }
    }

    @Test func anAdapterThatCannotAdvertiseIsToldAsThat() async throws {
        try await with(prepare: { try await $0.addAdapter() }) { peers in
            let trouble = try await peers.trouble()
            #expect(trouble == .cannotAdvertise)
        }
        try await with(prepare: { try await $0.addAdvertisingAdapter(active: 0, supported: 0) }) { peers in
            let trouble = try await peers.trouble()
            #expect(trouble == .cannotAdvertise)
            #expect(peers.service.calls.isEmpty)
        }
    }

    @Test func aServiceThatIsGoneIsToldAsThat() async throws {
        try await with(isThere: false) { peers in
            guard case .bluetooth(let error) = try await peers.trouble() else { throw GattServerError.slotsTaken }
            #expect(error.kind == .serviceGone)
        }
    }

    // MARK: - Centrals

    @Test func valuesGoOutWhileACentralWantsThemAndNotBeforeOrAfter() async throws {
        try await with { peers in
            try await peers.register()
            let sender = try #require(peers.service.caller(of: "RegisterApplication"))
            let changes = try await peers.service.connection.signals([
                MatchRule(sender: sender, interface: BlueZName.properties, member: "PropertiesChanged")
            ])
            let server = peers.server
            #expect(try await !server.notify(Air.measurement, [0, 60]))
            for _ in 0..<2 { _ = try await peers.characteristic("service0/char0", "StartNotify") }
            #expect(await server.isSubscribed(Air.measurement))
            #expect(try await server.notify(Air.measurement, [0, 61]))
            #expect(try await server.notify(Air.measurement, [0, 61]), "an equal value is a new packet all the same")
            _ = try await peers.characteristic("service0/char0", "StopNotify")
            #expect(try await !server.notify(Air.measurement, [0, 62]))
            _ = try await peers.characteristic("service0/char0", "StartNotify")
            await server.close()
            var heard: [[String: Value]] = []
            for await change in changes {
                #expect(change.path.rawValue == "\(Self.root)/service0/char0")
                heard.append(try #require(change.arguments[1].properties))
                if heard.count == 6 { break }
            }
            let packet: [String: Value] = ["Value": .bytes([0, 61])]
            let (on, off): ([String: Value], [String: Value]) =
                (["Notifying": .boolean(true)], ["Notifying": .boolean(false)])
            #expect(heard == [on, packet, packet, off, on, off])
            var events: [GattServerEvent] = []
            for await event in server.events { events.append(event) }
            let (begin, end) = (
                GattServerEvent.subscribed(Air.measurement), GattServerEvent.unsubscribed(Air.measurement)
            )
            #expect(events == [begin, end, begin, end])
        }
    }

    @Test func aReadGivesTheValueFromTheByteThatWasAskedFor() async throws {
        try await with { peers in
            try await peers.register()
            let device = Value.objectPath(try ObjectPath(Air.devicePath))
            let whole = try await peers.characteristic(
                "service1/char0", "ReadValue", [.properties(["device": device, "mtu": .uint16(23)])])
            #expect(whole.first?.bytes == Array("Entrain".utf8))
            let rest = try await peers.characteristic(
                "service1/char0", "ReadValue", [.properties(["offset": .uint16(5)])])
            #expect(rest.first?.bytes == Array("in".utf8))
            let end = try await peers.characteristic(
                "service1/char0", "ReadValue", [.properties(["offset": .uint16(7)])])
            #expect(end == [.bytes([])])
            let beyond = try await peers.refusal(
                "service1/char0", "ReadValue", [.properties(["offset": .uint16(8)])])
            #expect(beyond.name == "org.bluez.Error.InvalidOffset")
        }
    }

    @Test func aWriteIsTakenOrRefusedWithTheCodeThatBlueZPassesOn() async throws {
        try await with { peers in
            try await peers.register()
            let options = Value.properties(["link": .string("LE"), "mtu": .uint16(23)])
            _ = try await peers.characteristic("service0/char2", "WriteValue", [.bytes([1]), options])
            #expect(peers.written.all == ["00002a39 [1]"])
            let other = try await peers.refusal("service0/char2", "WriteValue", [.bytes([2]), options])
            #expect(other.name == "org.bluez.Error.Failed" && other.message == "0x80")
            let long = try await peers.refusal("service0/char2", "WriteValue", [.bytes([1, 1]), options])
            #expect(long.name == "org.bluez.Error.InvalidValueLength")
            let late = try await peers.refusal(
                "service0/char2", "WriteValue", [.bytes([1]), .properties(["offset": .uint16(1)])])
            #expect(late.name == "org.bluez.Error.InvalidOffset")
            #expect(peers.written.all.count == 1)
        }
    }

    @Test(
        "what a characteristic is not for is refused",
        arguments: [("char0", "ReadValue"), ("char2", "ReadValue"), ("char1", "StartNotify"), ("char1", "WriteValue")])
    func notPermitted(place: String, member: String) async throws {
        try await with { peers in
            try await peers.register()
            let arguments: [Value] =
                switch member {
                case "ReadValue": [.properties([:])]
                case "WriteValue": [.bytes([1]), .properties([:])]
                default: []
                }
            let refusal = try await peers.refusal("service0/\(place)", member, arguments)
            #expect(refusal.name == "org.bluez.Error.NotPermitted", "\(refusal)")
        }
    }

    @Test func anAdvertisementThatTheServiceLetsGoIsTold() async throws {
        try await with { peers in
            try await peers.register()
            _ = try await peers.call(Self.advertisement, BlueZName.advertisement, "Release")
            await peers.server.close()
            var events: [GattServerEvent] = []
            for await event in peers.server.events { events.append(event) }
            #expect(events == [.released])
        }
    }
}
