import DBus
import Testing
import Timekeeping

@testable import BlueZ

/// The client against an org.bluez made by hand, on a real bus.
@Suite(.serialized, .privateBus, .timeLimit(.minutes(1))) struct BlueZClientTests {
    private let failed = "org.bluez.Error.Failed"

    /// Runs a body with a service that is there or not, and a client of it.
    private func with(
        service isThere: Bool = true, prepare: (HandMadeBlueZ) async throws -> Void = { _ in },
        _ body: (HandMadeBlueZ, BlueZClient, EventReader) async throws -> Void
    ) async throws {
        let bus = try #require(BusTrait.bus)
        let service = try await HandMadeBlueZ.open(bus)
        try await prepare(service)
        if isThere { try await service.takeName() }
        let client = try await BlueZClient.open(.address(bus.address), clock: MachineClock())
        let reader = EventReader()
        await reader.listen(to: client)
        do {
            try await body(service, client, reader)
        } catch {
            await client.close()
            await service.close()
            throw error
        }
        await client.close()
        await reader.waitForEnd()
        await service.close()
    }

    private func prepareStreaming(_ service: HandMadeBlueZ) async throws {
        try await service.addAdapter()
        try await service.addDevice(["Connected": .boolean(true), "ServicesResolved": .boolean(true)])
        try await service.addMeasurement()
    }

    // MARK: - What is there

    @Test func whatIsThereWhenTheClientOpensIsTold() async throws {
        try await with(prepare: prepareStreaming) { _, client, reader in
            try await reader.wait(for: "service up")
            try await reader.wait(for: "adapter hci0 10 on")
            try await reader.wait(for: "link 10/D4")
            try await reader.wait(for: "ready 00002a37 of 10/D4")
            #expect(await client.isServiceUp)
            #expect(await client.adapters.map(\.address) == [Air.dongle])
            #expect(await client.device(Air.key)?.name == "Polar H10 B2C3D4")
        }
    }

    @Test func aServiceThatIsMissingAtOpenIsMirroredWhenItComes() async throws {
        try await with(service: false, prepare: { try await $0.addAdapter(slots: 8) }) { service, client, reader in
            #expect(await !client.isServiceUp)
            #expect(await client.adapters.isEmpty)
            try await service.takeName()
            try await reader.wait(for: "service up")
            try await reader.wait(for: "adapter hci0 10 on 8 slots")
            #expect(await client.isServiceUp)
            try await service.addDevice()
            try await reader.wait(for: "device 10/D4 Polar H10 B2C3D4 -48 heard")
        }
    }

    @Test func aServiceThatGoesAndReturnsIsMirroredAnew() async throws {
        try await with(prepare: prepareStreaming) { service, client, reader in
            try await reader.wait(for: "ready 00002a37 of 10/D4")
            try await service.giveUpName()
            try await reader.wait(for: "service gone")
            #expect(await !client.isServiceUp)
            #expect(await client.devices.isEmpty)
            try await service.remove(Air.measurementPath)
            try await service.remove(Air.devicePath)
            try await service.takeName()
            try await reader.wait(for: "service up")
            try await reader.wait(for: "adapter hci0 10 on")
            #expect(await client.devices.isEmpty)
        }
    }

    @Test func aStrapIsFollowedFromTheAirToItsValues() async throws {
        try await with(prepare: { try await $0.addAdapter() }) { service, client, reader in
            try await reader.wait(for: "adapter hci0 10 on")
            try await service.addDevice()
            try await service.change(Air.devicePath, BlueZName.device, ["Connected": .boolean(true)])
            try await service.change(Air.devicePath, BlueZName.device, ["ServicesResolved": .boolean(true)])
            try await service.addMeasurement()
            try await reader.wait(for: "ready 00002a37 of 10/D4")
            try await client.startNotify(Air.measurement, of: Air.key)
            #expect(service.calls.last == "StartNotify char0011")
            for beat: UInt8 in [70, 70, 71] {
                try await service.change(
                    Air.measurementPath, BlueZName.characteristic, ["Value": .bytes([0, beat])])
            }
            for beat in [70, 70, 71] { try await reader.wait(for: "value [0, \(beat)] of 10/D4 at another time") }
            try await service.remove(Air.devicePath)
            try await reader.wait(for: "no link 10/D4")
            try await reader.wait(for: "no device 10/D4")
        }
    }

    // MARK: - Discovery

    @Test func discoveryAsksForTheServiceOverLowEnergyOnly() async throws {
        try await with(prepare: { try await $0.addAdapter() }) { service, client, _ in
            try await client.startDiscovery(adapter: Air.dongle, service: Air.heartRate)
            #expect(service.calls == ["SetDiscoveryFilter hci0", "StartDiscovery hci0"])
            let filter = service.arguments(of: "SetDiscoveryFilter")?.first?.properties
            #expect(filter?["UUIDs"]?.strings == [Air.heartRate])
            #expect(filter?["Transport"]?.string == "le")
            #expect(filter?["DuplicateData"]?.bool == false)
            // Whatever an older BlueZ does not know makes it refuse the whole filter.
            let known: Set = ["UUIDs", "RSSI", "Pathloss", "Transport", "DuplicateData", "Discoverable", "Pattern"]
            #expect(filter.map { known.isSuperset(of: $0.keys) } == true)
        }
    }

    @Test func discoveryHearsEveryAdvertisementOnRequest() async throws {
        try await with(prepare: { try await $0.addAdapter() }) { service, client, _ in
            try await client.startDiscovery(adapter: Air.dongle, service: Air.heartRate, hearsAll: true)
            let filter = service.arguments(of: "SetDiscoveryFilter")?.first?.properties
            #expect(filter?["DuplicateData"]?.bool == true)
        }
    }

    @Test func discoveryThatRunsAlreadyIsASuccess() async throws {
        try await with(prepare: { try await $0.addAdapter() }) { service, client, _ in
            service.refuse("StartDiscovery", "org.bluez.Error.InProgress", "Operation already in progress")
            try await client.startDiscovery(adapter: Air.dongle, service: Air.heartRate)
            #expect(service.calls.last == "StartDiscovery hci0")
        }
    }

    @Test func stoppingWhatDoesNotRunIsASuccess() async throws {
        try await with(prepare: prepareStreaming) { service, client, _ in
            service.refuse("StopDiscovery", failed, "No discovery started")
            try await client.stopDiscovery(adapter: Air.dongle)
            service.refuse("StopNotify", failed, "No notify session started")
            try await client.stopNotify(Air.measurement, of: Air.key)
            service.refuse("Disconnect", "org.bluez.Error.NotConnected", "Not Connected")
            try await client.disconnect(Air.key)
            #expect(service.calls == ["StopDiscovery hci0", "StopNotify char0011", "Disconnect \(Self.device)"])
        }
    }

    @Test func discoveryOnAnAdapterThatIsOffSaysSo() async throws {
        try await with(prepare: { try await $0.addAdapter() }) { service, client, _ in
            service.refuse("SetDiscoveryFilter", "org.bluez.Error.NotReady", "Resource Not Ready")
            let error = await #expect(throws: BlueZError.self) {
                try await client.startDiscovery(adapter: Air.dongle, service: Air.heartRate)
            }
            #expect(error?.kind == .adapterOff)
            #expect(error?.description.contains("bluetoothctl power on") == true)
            #expect(service.calls == ["SetDiscoveryFilter hci0"])
        }
    }

    // MARK: - Links

    private static let device = "dev_A0_9E_1A_B2_C3_D4"

    @Test func aLinkThatIsThereAlreadyIsASuccess() async throws {
        try await with(prepare: prepareStreaming) { service, client, _ in
            for (name, message) in [
                ("org.bluez.Error.AlreadyConnected", "Already Connected"), (failed, "le-connection-already-connected"),
            ] {
                service.refuse("Connect", name, message)
                try await client.connect(Air.key)
            }
            #expect(service.calls.count == 2)
        }
    }

    @Test(arguments: [
        ("org.bluez.Error.InProgress", "", BlueZError.Class.busy),
        ("org.bluez.Error.Failed", "le-connection-abort-by-local", .transientRadio),
        ("org.bluez.Error.Failed", "le-connection-concurrent-connection-limit", .outOfSlots),
        ("org.bluez.Error.Failed", "br-connection-canceled", .cancelled),
        ("org.freedesktop.DBus.Error.UnknownObject", "", .gone),
        ("org.freedesktop.DBus.Error.NoReply", "", .timeOut),
    ])
    func whyAConnectFailedReachesTheCaller(_ name: String, _ message: String, _ kind: BlueZError.Class) async throws {
        try await with(prepare: prepareStreaming) { service, client, _ in
            service.refuse("Connect", name, message)
            let error = await #expect(throws: BlueZError.self) { try await client.connect(Air.key) }
            #expect(error?.kind == kind)
            #expect(error?.name == name)
            #expect(error?.message == message)
            #expect(error?.operation == "Connecting the strap")
        }
    }

    @Test func disconnectingARemovedDeviceIsASuccess() async throws {
        try await with(prepare: prepareStreaming) { service, client, reader in
            try await reader.wait(for: "ready 00002a37 of 10/D4")
            try await service.remove(Air.devicePath)
            // Whether the client has heard of the removal yet or not.
            try await client.disconnect(Air.key)
            try await reader.wait(for: "no device 10/D4")
            try await client.disconnect(Air.key)
            #expect(await client.device(Air.key) == nil)
        }
    }

    @Test func whatIsNotThereIsGoneWithoutAskingTheService() async throws {
        try await with(prepare: { try await $0.addAdapter() }) { service, client, _ in
            let other = DeviceKey(adapter: Air.dongle, device: "00:00:00:00:00:01")
            for call: @Sendable () async throws -> Void in [
                { try await client.connect(other) }, { try await client.startNotify(Air.measurement, of: other) },
                { try await client.stopNotify(Air.measurement, of: other) },
                { try await client.startDiscovery(adapter: "11", service: Air.heartRate) },
            ] {
                let error = await #expect(throws: BlueZError.self) { try await call() }
                #expect(error?.kind == .gone)
                #expect(error?.message.contains("not known") == true)
            }
            try await client.remove(other, keepingBond: true)
            let value = try await client.read(Air.measurement, of: other)
            #expect(value == nil)
            #expect(service.calls.isEmpty)
        }
    }

    @Test func onlyAnUnbondedDeviceIsForgotten() async throws {
        try await with(prepare: prepareStreaming) { service, client, reader in
            try await reader.wait(for: "ready 00002a37 of 10/D4")
            service.refuse("RemoveDevice", "org.bluez.Error.DoesNotExist", "Does Not Exist")
            try await client.remove(Air.key, keepingBond: true)
            let path = try ObjectPath(Air.devicePath)
            #expect(service.calls == ["RemoveDevice hci0"])
            #expect(service.arguments(of: "RemoveDevice") == [.objectPath(path)])
            try await service.change(
                Air.devicePath, BlueZName.device, ["Bonded": .boolean(true)], invalidated: ["RSSI"])
            try await reader.wait(for: "device 10/D4 Polar H10 B2C3D4 -")
            try await client.remove(Air.key, keepingBond: true)
            #expect(service.calls.count == 1)
        }
    }

    // MARK: - Characteristics

    @Test func aValueIsReadOrItsRefusalTold() async throws {
        try await with(prepare: prepareStreaming) { service, client, _ in
            service.answer("ReadValue", .success([.bytes([1, 2, 3])]))
            let value = try await client.read(Air.measurement, of: Air.key)
            #expect(value == [1, 2, 3])
            service.refuse("ReadValue", failed, "Operation failed with ATT error: 0x0e")
            let error = await #expect(throws: BlueZError.self) {
                try await client.read(Air.measurement, of: Air.key)
            }
            #expect(error?.kind == .attribute(0x0E))
        }
    }

    // MARK: - The bus

    @Test func aBusThatDoesNotExistIsSaidSo() async throws {
        for address in ["unix:path=/nonexistent/bus", "nonsense"] {
            let error = await #expect(throws: BlueZError.self) {
                try await BlueZClient.open(.address(address), clock: MachineClock())
            }
            #expect(error?.kind == .busGone)
            #expect(error?.advice.contains("DBUS_SYSTEM_BUS_ADDRESS") == true)
        }
    }

    @Test func aBusThatDiesEndsTheEventsAndEveryCall() async throws {
        let bus = try await PrivateBus.start()
        let service = try await HandMadeBlueZ.open(bus)
        try await service.addAdapter()
        try await service.takeName()
        let client = try await BlueZClient.open(.address(bus.address), clock: MachineClock())
        let reader = EventReader()
        await reader.listen(to: client)
        bus.stop()
        await reader.waitForEnd()
        let error = await #expect(throws: BlueZError.self) { try await client.stopDiscovery(adapter: Air.dongle) }
        #expect(error?.kind == .busGone)
        await client.close()
        await service.close()
    }
}
