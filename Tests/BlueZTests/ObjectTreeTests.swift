import DBus
import Testing

@testable import BlueZ

/// What signals and snapshots of BlueZ mean, one after the other.
@Suite struct ObjectTreeTests {
    private let on: Value = .boolean(true)
    private let off: Value = .boolean(false)

    // MARK: - What is there at the start

    @Test func aSnapshotTellsEverythingThatIsThereAdaptersFirst() throws {
        var air = Air()
        let events = try air.snapshot([
            Air.measurementPath: Air.characteristic,
            Air.devicePath: try Air.device(["Connected": on, "ServicesResolved": on])
                .merging([BlueZName.battery: ["Percentage": .byte(82)]]) { $1 },
            Air.adapterPath: Air.adapter(),
        ])
        #expect(
            events == [
                "service up", "adapter hci0 10 on", "device 10/D4 Polar H10 B2C3D4 -48 heard", "link 10/D4",
                "battery 10/D4 82 %", "ready 00002a37 of 10/D4",
            ])
        #expect(air.tree.adapters.map(\.name) == ["hci0"])
        #expect(air.tree.device(Air.key)?.offers(Air.heartRate) == true)
        #expect(air.tree.battery(of: Air.key) == 82)
        #expect(air.tree.characteristic(Air.measurement, of: Air.key)?.path.rawValue == Air.measurementPath)
    }

    @Test func anEmptySnapshotStillTellsThatTheServiceRuns() throws {
        var air = Air()
        #expect(try air.snapshot([:]) == ["service up"])
        #expect(air.tree.isServiceUp)
    }

    @Test func aSecondSnapshotTakesThePlaceOfEverythingKnown() throws {
        var air = try Air.streaming()
        #expect(try air.snapshot([Air.adapterPath: Air.adapter()]) == ["adapter hci0 10 on"])
        #expect(air.tree.devices.isEmpty)
        #expect(air.tree.characteristic(Air.measurement, of: Air.key) == nil)
    }

    @Test func signalsOlderThanTheSnapshotAreLeftOut() throws {
        var air = try Air.known()
        let connected: [Value] = [.string(BlueZName.device), .properties(["Connected": on]), .strings([])]
        let snapshot = air.arrival
        for older in [snapshot - 1, snapshot] {
            #expect(try air.take("PropertiesChanged", at: Air.devicePath, connected, arrival: older).isEmpty)
        }
        let newer = try air.take("PropertiesChanged", at: Air.devicePath, connected, arrival: snapshot + 1)
        #expect(newer == ["device 10/D4 Polar H10 B2C3D4 -48", "link 10/D4"])
    }

    @Test func anOwnerChangeOlderThanTheSnapshotDoesNotEmptyTheTree() throws {
        var air = try Air.known()
        let appeared: [Value] = [.string("org.bluez"), .string(""), .string(":1.7")]
        #expect(try air.take("NameOwnerChanged", at: "/org/freedesktop/DBus", appeared, arrival: 1).isEmpty)
        #expect(air.tree.devices.count == 1)
    }

    @Test func nothingIsHeardBeforeTheServiceIsThere() throws {
        var air = Air()
        #expect(try air.added(Air.adapterPath, Air.adapter()).isEmpty)
        #expect(air.tree.adapters.isEmpty)
    }

    @Test func resolvedServicesMeanALinkThatWasNotTold() throws {
        var air = try Air.known()
        #expect(
            try air.device(["ServicesResolved": on]) == ["device 10/D4 Polar H10 B2C3D4 -48", "link 10/D4"])
        #expect(try air.device(["Connected": on]) == ["device 10/D4 Polar H10 B2C3D4 -48"])
        let off = Value.boolean(false)
        #expect(
            try air.device(["ServicesResolved": off, "Connected": off])
                == ["device 10/D4 Polar H10 B2C3D4 -48", "no link 10/D4"])
    }

    // MARK: - Interfaces come and go

    @Test func aStrapIsFoundConnectedResolvedAndLost() throws {
        var air = Air()
        _ = try air.snapshot([Air.adapterPath: Air.adapter()])
        #expect(
            try air.added(Air.devicePath, Air.device()) == ["device 10/D4 Polar H10 B2C3D4 -48 heard"])
        #expect(
            try air.device(["Connected": on]) == ["device 10/D4 Polar H10 B2C3D4 -48", "link 10/D4"])
        #expect(try air.added(Air.devicePath + "/service0010", [BlueZName.gattService: [:]]).isEmpty)
        #expect(try air.added(Air.measurementPath, Air.characteristic).isEmpty)
        #expect(
            try air.device(["ServicesResolved": on]) == [
                "device 10/D4 Polar H10 B2C3D4 -48", "ready 00002a37 of 10/D4",
            ])
        #expect(
            try air.changed(Air.measurementPath, BlueZName.characteristic, ["Value": .bytes([0, 72])])
                == ["value [0, 72] of 10/D4"])
        #expect(
            try air.device(["ServicesResolved": off, "Connected": off]) == [
                "device 10/D4 Polar H10 B2C3D4 -48", "no link 10/D4",
            ])
    }

    @Test func aCharacteristicThatComesAfterServicesResolvedIsReadyAtOnce() throws {
        var air = try Air.known()
        _ = try air.device(["Connected": on, "ServicesResolved": on])
        #expect(try air.added(Air.measurementPath, Air.characteristic) == ["ready 00002a37 of 10/D4"])
    }

    @Test func aCharacteristicThatStayedIsReadyAgainAfterAReconnect() throws {
        var air = try Air.streaming()
        _ = try air.device(["ServicesResolved": off])
        _ = try air.device(["Connected": off])
        #expect(try air.device(["Connected": on]).last == "link 10/D4")
        #expect(try air.device(["ServicesResolved": on]).last == "ready 00002a37 of 10/D4")
    }

    @Test func theBatteryComesLateGoesAndComesAgain() throws {
        var air = try Air.streaming()
        #expect(air.tree.battery(of: Air.key) == nil)
        #expect(
            try air.added(Air.devicePath, [BlueZName.battery: ["Percentage": .byte(82)]]) == ["battery 10/D4 82 %"])
        #expect(
            try air.changed(Air.devicePath, BlueZName.battery, ["Percentage": .byte(81)]) == ["battery 10/D4 81 %"])
        #expect(try air.removed(Air.devicePath, [BlueZName.battery]).isEmpty)
        #expect(air.tree.battery(of: Air.key) == nil)
        #expect(air.tree.device(Air.key)?.isConnected == true)
    }

    @Test func aDeviceRemovedWhileConnectedIsLostFirst() throws {
        var air = try Air.streaming()
        #expect(try air.removed(Air.measurementPath, [BlueZName.characteristic]).isEmpty)
        #expect(try air.removed(Air.devicePath, [BlueZName.device]) == ["no link 10/D4", "no device 10/D4"])
        #expect(air.tree.devices.isEmpty)
        #expect(try air.removed(Air.devicePath, [BlueZName.device]).isEmpty)
    }

    @Test func aDeviceRemovedWithoutALinkIsJustGone() throws {
        var air = try Air.known()
        #expect(try air.removed(Air.devicePath, [BlueZName.device]) == ["no device 10/D4"])
    }

    @Test func valuesOfACharacteristicThatWentAreNotHandedOn() throws {
        var air = try Air.streaming()
        _ = try air.removed(Air.measurementPath, [BlueZName.characteristic])
        #expect(
            try air.changed(Air.measurementPath, BlueZName.characteristic, ["Value": .bytes([0, 72])]).isEmpty)
    }

    // MARK: - Properties

    @Test func everyValueIsToldAlsoWhenItEqualsTheLastOne() throws {
        var air = try Air.streaming()
        for _ in 0..<2 {
            let events = try air.changed(
                Air.measurementPath, BlueZName.characteristic, ["Value": .bytes([16, 60, 0, 4])])
            #expect(events == ["value [16, 60, 0, 4] of 10/D4"])
        }
        #expect(try air.changed(Air.measurementPath, BlueZName.characteristic, ["Notifying": on]).isEmpty)
    }

    @Test func aSignalStrengthCountsAsHeardAndIsForgottenWhenInvalidated() throws {
        var air = try Air.known()
        #expect(
            try air.device(["RSSI": .int16(-61)]) == ["device 10/D4 Polar H10 B2C3D4 -61 heard"])
        #expect(try air.device(["Name": .string("H9")]) == ["device 10/D4 H9 -61"])
        #expect(try air.device([:], invalidated: ["RSSI"]) == ["device 10/D4 H9 -"])
    }

    @Test func anAdapterTellsPowerDiscoveryAndSlots() throws {
        var air = try Air.known()
        #expect(
            try air.changed(Air.adapterPath, BlueZName.adapter, ["Discovering": on])
                == ["adapter hci0 10 on discovering"])
        #expect(
            try air.changed(Air.adapterPath, BlueZName.adapter, ["Powered": off, "Discovering": off])
                == ["adapter hci0 10 off"])
        #expect(
            try air.added(Air.adapterPath, [BlueZName.slots: ["Slots": .uint16(8)]]) == ["adapter hci0 10 off 8 slots"])
    }

    @Test(arguments: [
        ("/org/bluez/hci7", BlueZName.adapter), ("/org/bluez/hci0/dev_00", BlueZName.device),
        ("/org/bluez/hci0/dev_00/service0010/char0011", BlueZName.characteristic),
        ("/org/bluez/hci0/dev_A0_9E_1A_B2_C3_D4", BlueZName.battery), ("/org/bluez/hci0", "org.bluez.Media1"),
    ])
    func changesOfWhatNobodyKnowsSayNothing(_ path: String, _ interface: String) throws {
        var air = try Air.known()
        let before = (air.tree.adapters, air.tree.devices)
        let values: [String: Value] = [
            "Powered": off, "Value": .bytes([1]), "Percentage": .byte(3), "RSSI": .int16(-1),
        ]
        #expect(try air.changed(path, interface, values).isEmpty)
        #expect(air.tree.adapters == before.0)
        #expect(air.tree.devices == before.1)
    }

    @Test func objectsThatAreNotOursSayNothing() throws {
        var air = try Air.known()
        #expect(try air.added("/org/bluez", ["org.bluez.AgentManager1": [:]]).isEmpty)
        #expect(try air.removed("/org/bluez", ["org.bluez.AgentManager1"]).isEmpty)
        #expect(try air.removed("/org/bluez/hci9", [BlueZName.adapter]).isEmpty)
    }

    @Test func everyPropertyMayBeMissing() throws {
        var air = Air()
        let bare: [String: Value] = ["Address": .string(Air.strap)]
        let events = try air.snapshot([
            Air.adapterPath: [BlueZName.adapter: ["Address": .string(Air.dongle)]],
            Air.devicePath: [BlueZName.device: bare],
            "/org/bluez/hci0/dev_1": [BlueZName.device: [:]],
            "/org/bluez/hci1": [BlueZName.adapter: ["Powered": on]],
            "/org/bluez/hci1/dev_2": [BlueZName.device: bare],
            Air.measurementPath: [BlueZName.characteristic: [:]],
        ])
        // The path says which adapter it is where the property does not.
        #expect(events == ["service up", "adapter hci0 10 off", "device 10/D4 - -"])
        let device = try #require(air.tree.device(Air.key))
        #expect(device.uuids.isEmpty)
        #expect(!device.isConnected && !device.isResolved && !device.isBonded)
        #expect(device.appearance == nil)
    }

    @Test(arguments: [
        (["Bonded": Value.boolean(true)], true), (["Paired": .boolean(true)], true),
        (["Paired": .boolean(true), "Bonded": .boolean(false)], false), ([:], false),
    ])
    func keysAreStoredWhereBondedOrInOlderBlueZPairedSaysSo(_ properties: [String: Value], _ isBonded: Bool) throws {
        let air = try Air.known(properties)
        #expect(air.tree.device(Air.key)?.isBonded == isBonded)
    }

    @Test(arguments: ["PropertiesChanged", "InterfacesAdded", "InterfacesRemoved", "NameOwnerChanged", "Disconnected"])
    func signalsOfTheWrongShapeSayNothing(_ member: String) throws {
        var air = try Air.streaming()
        let shapes: [[Value]] = [
            [], [.string("org.bluez.Device1")], [.uint32(1), .uint32(2), .uint32(3)],
            [.objectPath(try ObjectPath(Air.devicePath)), .uint32(2)],
        ]
        for shape in shapes { #expect(try air.take(member, at: Air.devicePath, shape).isEmpty) }
        #expect(air.tree.device(Air.key)?.isConnected == true)
    }

    // MARK: - The service and its adapters

    @Test func aServiceThatGoesTakesEverythingAlongAndReturnsEmpty() throws {
        var air = try Air.streaming()
        #expect(try air.owner(from: ":1.7", to: "") == ["service gone"])
        #expect(!air.tree.isServiceUp)
        #expect(air.tree.adapters.isEmpty && air.tree.devices.isEmpty)
        #expect(
            try air.changed(Air.measurementPath, BlueZName.characteristic, ["Value": .bytes([0, 72])]).isEmpty)
        #expect(try air.owner(from: "", to: ":1.9") == ["service up"])
        #expect(try air.snapshot([Air.adapterPath: Air.adapter()]) == ["adapter hci0 10 on"])
    }

    @Test func aServiceThatIsReplacedWithoutAPauseIsGoneAndThereAgain() throws {
        var air = try Air.streaming()
        #expect(try air.owner(from: ":1.7", to: ":1.9") == ["service gone", "service up"])
        #expect(air.tree.devices.isEmpty)
    }

    @Test func anotherNamesOwnerIsNoConcern() throws {
        var air = try Air.streaming()
        let other: [Value] = [.string("org.bluez.mesh"), .string(":1.7"), .string("")]
        #expect(try air.take("NameOwnerChanged", at: "/org/freedesktop/DBus", other).isEmpty)
        #expect(air.tree.isServiceUp)
    }

    @Test func aStrapWhoseAddressChangesIsFoundByTheNewOneAlone() throws {
        var air = try Air.streaming()
        let resolved = DeviceKey(adapter: Air.key.adapter, device: "A0:9E:1A:00:00:01")
        _ = try air.device(["Address": .string(resolved.device)])
        #expect(air.tree.device(Air.key) == nil)
        #expect(air.tree.device(resolved)?.path.rawValue == Air.devicePath)
        #expect(air.tree.devices.map(\.key) == [resolved])
        #expect(air.tree.characteristic(Air.measurement, of: resolved)?.device == resolved)
        #expect(air.tree.characteristic(Air.measurement, of: Air.key) == nil)
    }

    @Test func aStrapThatStandsAtTwoPathsIsThereOnceAndStaysWhenOneGoes() throws {
        var air = try Air.known()
        let other = Air.adapterPath + "/dev_second"
        _ = try air.added(other, Air.device())
        #expect(air.tree.devices.map(\.key) == [Air.key])
        _ = try air.removed(other, [BlueZName.device])
        #expect(air.tree.device(Air.key)?.path.rawValue == Air.devicePath)
    }

    @Test func anAdapterThatIsReIndexedKeepsItsKeys() throws {
        var air = try Air.streaming()
        _ = try air.removed(Air.measurementPath, [BlueZName.characteristic])
        _ = try air.removed(Air.devicePath, [BlueZName.device])
        #expect(try air.removed(Air.adapterPath, [BlueZName.adapter]) == ["no adapter hci0 10"])
        #expect(try air.added("/org/bluez/hci2", Air.adapter()) == ["adapter hci2 10 on"])
        let path = "/org/bluez/hci2/dev_A0_9E_1A_B2_C3_D4"
        #expect(
            try air.added(path, Air.device(adapter: "/org/bluez/hci2")) == ["device 10/D4 Polar H10 B2C3D4 -48 heard"])
        #expect(air.tree.device(Air.key)?.path.rawValue == path)
        #expect(air.tree.adapters.map(\.name) == ["hci2"])
    }

    @Test func oneStrapHeardByTwoAdaptersIsTwoDevices() throws {
        var air = try Air.known()
        _ = try air.added("/org/bluez/hci1", Air.adapter("00:1A:7D:DA:71:11"))
        let second = try air.added(
            "/org/bluez/hci1/dev_A0_9E_1A_B2_C3_D4", Air.device(adapter: "/org/bluez/hci1", ["Connected": on]))
        #expect(second == ["device 11/D4 Polar H10 B2C3D4 -48 heard", "link 11/D4"])
        #expect(air.tree.device(Air.key)?.isConnected == false)
        #expect(air.tree.devices.map(\.key.adapter) == [Air.dongle, "00:1A:7D:DA:71:11"])
    }
}
