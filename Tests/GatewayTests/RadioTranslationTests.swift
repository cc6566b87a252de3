import DBus
import HeartRate
import Straps
import Testing
import Timekeeping

@testable import BlueZ
@testable import Gateway

/// What BlueZ says, in the words of the room of straps.
@Suite struct RadioTranslationTests {
    private static let dongle = "00:1A:7D:DA:71:10"
    private static let strap = "A0:9E:1A:B2:C3:D4"
    private let key = DeviceKey(adapter: dongle, device: strap)
    private let strapKey = StrapKey(adapter: dongle, strap: strap)
    private let moment = Moment(instant: Instant(seconds: 7), utc: UTC(nanosecondsSince1970: 7))

    private func adapter(
        _ name: String = "hci0", _ address: String = dongle, powered: Bool = true, slots: Int? = nil
    ) throws -> Adapter {
        var interfaces: BlueZ.ObjectTree.Interfaces = [
            BlueZName.adapter: ["Address": .string(address), "Powered": .boolean(powered)]
        ]
        if let slots { interfaces[BlueZName.slots] = ["Slots": .uint16(UInt16(slots))] }
        return try #require(Adapter(path: try ObjectPath("/org/bluez/" + name), interfaces: interfaces))
    }

    private func device(_ more: [String: Value] = [:]) throws -> Device {
        let usual: [String: Value] = [
            "Address": .string(Self.strap), "Name": .string("Polar H10"),
            "UUIDs": .strings([HeartRateUUID.service.uppercased()]), "RSSI": .int16(-60),
        ]
        let path = try ObjectPath("/org/bluez/hci0/dev_A0_9E_1A_B2_C3_D4")
        return try #require(
            Device(path: path, properties: usual.merging(more) { $1 }, adapter: Self.dongle))
    }

    private func characteristic(_ uuid: String) throws -> GattCharacteristic {
        GattCharacteristic(
            path: try ObjectPath("/org/bluez/hci0/dev_A0_9E_1A_B2_C3_D4/char1"), device: key, uuid: uuid)
    }

    /// A translation that has heard of the adapter.
    private func ready(
        slots: [String: Int] = [:], adapters: Set<String>? = nil
    ) throws -> RadioTranslation {
        var translation = RadioTranslation(slots: slots, adapters: adapters)
        _ = translation.events(for: .adapter(try adapter()))
        return translation
    }

    // MARK: - Adapters

    @Test(
        arguments: [
            (nil, nil, nil, 5), (nil, nil, 3, 3), (nil, 8, 3, 8), (7, 8, 3, 7), (7, nil, nil, 7), (1, 60, nil, 1),
        ] as [(Int?, Int?, Int?, Int)])
    func slotsAreWhatPeopleSayElseWhatTheAdapterDeclaresElseWhatItsMakerIsKnownForElseFive(
        _ said: Int?, _ declared: Int?, _ known: Int?, _ slots: Int
    ) throws {
        var translation = RadioTranslation(
            slots: said.map { ["hci0": $0] } ?? [:], knownSlots: known.map { ["hci0": $0] } ?? [:])
        let events = translation.events(for: .adapter(try adapter(slots: declared)))
        #expect(
            events == [
                .adapter(
                    AdapterReport(
                        address: Self.dongle, name: "hci0", isPowered: true, slots: slots,
                        isSlotsFixed: said != nil || declared != nil))
            ])
    }

    @Test func slotsOfOneAdapterAreNotThoseOfAnother() throws {
        var translation = RadioTranslation(slots: ["hci1": 9])
        guard case .adapter(let report) = translation.events(for: .adapter(try adapter())).first else {
            Issue.record("no adapter was told")
            return
        }
        #expect(report.slots == 5)
    }

    @Test func onlyTheAdaptersThatWereAskedForAreUsed() throws {
        var translation = RadioTranslation(adapters: ["hci1"])
        #expect(translation.events(for: .adapter(try adapter())).isEmpty)
        #expect(translation.events(for: .device(try device(), heard: true)).isEmpty)
        for event: BlueZEvent in [
            .connected(key), .disconnected(key), .deviceRemoved(key), .battery(key, 80),
            .adapterRemoved(try adapter()), .characteristicReady(try characteristic(HeartRateUUID.measurement)),
            .value(try characteristic(HeartRateUUID.measurement), [0, 70], moment),
        ] {
            #expect(translation.events(for: event).isEmpty)
        }
        let other = "00:1A:7D:DA:71:11"
        #expect(!translation.events(for: .adapter(try adapter("hci1", other))).isEmpty)
        let there = DeviceKey(adapter: other, device: Self.strap)
        #expect(translation.events(for: .connected(there)) == [.linkUp(StrapKey(adapter: other, strap: Self.strap))])
    }

    @Test func anAdapterGoesOnceAndTakesItsDevicesAlong() throws {
        var translation = try ready()
        #expect(translation.events(for: .adapterRemoved(try adapter())) == [.adapterGone(Self.dongle)])
        #expect(translation.events(for: .adapterRemoved(try adapter())).isEmpty)
        #expect(translation.events(for: .connected(key)).isEmpty)
    }

    @Test func anAdapterThatIsOffIsToldAsOff() throws {
        var translation = try ready()
        let events = translation.events(for: .adapter(try adapter(powered: false)))
        #expect(events == [.adapter(AdapterReport(address: Self.dongle, name: "hci0", isPowered: false, slots: 5))])
    }

    @Test func theServiceGoesWithEverythingAndItsReturnSaysNothingByItself() throws {
        var translation = try ready()
        #expect(translation.events(for: .serviceVanished) == [.serviceGone])
        #expect(translation.events(for: .device(try device(), heard: true)).isEmpty)
        #expect(translation.events(for: .serviceAppeared).isEmpty)
    }

    // MARK: - Devices

    @Test(
        arguments: [
            ([:], true), (["UUIDs": Value.strings([])], false),
            (["UUIDs": .strings([]), "Appearance": .uint16(0x0341)], true),
            (["UUIDs": .strings([]), "Appearance": .uint16(0x0340)], true),
            (["UUIDs": .strings([]), "Appearance": .uint16(0x00C0)], false),
            (["UUIDs": .strings(["0000180f-0000-1000-8000-00805f9b34fb"])], false),
            (["UUIDs": .strings(["0000180f-0000-1000-8000-00805f9b34fb", HeartRateUUID.service])], true),
        ] as [([String: Value], Bool)])
    func devicesThatAreNoHeartRateSensorAreLeftOut(_ properties: [String: Value], _ isSeen: Bool) throws {
        var translation = try ready()
        let events = translation.events(for: .device(try device(properties), heard: true))
        #expect(events == (isSeen ? [.seen(strapKey, Sighting(name: "Polar H10", rssi: -60))] : []))
    }

    @Test func onlyASignalThatWasHeardCounts() throws {
        var translation = try ready()
        let known = try device()
        #expect(
            translation.events(for: .device(known, heard: false))
                == [.seen(strapKey, Sighting(name: "Polar H10", rssi: nil))])
        #expect(
            translation.events(for: .device(known, heard: true))
                == [.seen(strapKey, Sighting(name: "Polar H10", rssi: -60))])
    }

    @Test func aDeviceWithoutANameIsSeenNameless() throws {
        var translation = try ready()
        let nameless = try #require(
            Device(
                path: try ObjectPath("/org/bluez/hci0/dev_1"),
                properties: ["Address": .string(Self.strap), "UUIDs": .strings([HeartRateUUID.service])],
                adapter: Self.dongle))
        #expect(
            translation.events(for: .device(nameless, heard: true)) == [.seen(strapKey, Sighting(name: "", rssi: nil))])
    }

    @Test func linksAndBatteriesAreHandedOn() throws {
        var translation = try ready()
        #expect(translation.events(for: .connected(key)) == [.linkUp(strapKey)])
        #expect(translation.events(for: .disconnected(key)) == [.linkDown(strapKey)])
        #expect(translation.events(for: .deviceRemoved(key)) == [.vanished(strapKey)])
        #expect(translation.events(for: .battery(key, 82)) == [.battery(strapKey, 82)])
    }

    @Test func onlyTheHeartRateMeasurementIsOfInterest() throws {
        var translation = try ready()
        let measurement = try characteristic(HeartRateUUID.measurement)
        #expect(translation.events(for: .characteristicReady(measurement)) == [.ready(strapKey)])
        #expect(
            translation.events(for: .value(measurement, [0, 70], moment)) == [.value(strapKey, [0, 70], moment)])
        let location = try characteristic(HeartRateUUID.bodySensorLocation)
        #expect(translation.events(for: .characteristicReady(location)).isEmpty)
        #expect(translation.events(for: .value(location, [1], moment)).isEmpty)
    }

    // MARK: - Failures

    @Test(arguments: [
        ("org.bluez.Error.InProgress", "", RadioFailure.Kind.busy), ("org.bluez.Error.NotReady", "", .adapterOff),
        ("org.bluez.Error.NotConnected", "", .notConnected), ("org.bluez.Error.DoesNotExist", "", .gone),
        ("org.bluez.Error.Failed", "le-connection-abort-by-local", .transient),
        ("org.bluez.Error.Failed", "br-connection-page-timeout", .transient),
        ("org.bluez.Error.Failed", "Too many links", .outOfSlots),
        ("org.bluez.Error.Failed", "le-connection-key-missing", .bondBroken),
        ("org.bluez.Error.Failed", "br-connection-canceled", .cancelled),
        ("org.bluez.Error.Failed", "Operation failed with ATT error: 0x05", .needsPairing),
        ("org.bluez.Error.Failed", "Operation failed with ATT error: 0x08", .needsPairing),
        ("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0f", .needsPairing),
        ("org.bluez.Error.Failed", "Operation failed with ATT error: 0x0e", .transient),
        ("org.bluez.Error.NotPermitted", "Not paired", .needsPairing),
        ("org.bluez.Error.NotSupported", "", .permanent),
        ("org.freedesktop.DBus.Error.NoReply", "", .timeOut),
        ("org.freedesktop.DBus.Error.ServiceUnknown", "", .serviceGone),
        ("org.freedesktop.DBus.Error.Disconnected", "", .serviceGone),
        ("org.freedesktop.DBus.Error.AccessDenied", "", .notAllowed),
    ])
    func everyErrorCallsForAReaction(_ name: String, _ message: String, _ kind: RadioFailure.Kind) {
        let error = BlueZError(DBusError(name: name, message: message), operation: "Trying")
        let failure = RadioFailure(error)
        #expect(failure.kind == kind)
        #expect(failure.advice == error.advice)
        #expect(failure.message == (message.isEmpty ? name : message))
    }
}
