import DBus
import HeartRate
import Testing

@testable import VirtualStraps

@Suite struct DaemonLinkTests {
    private let device = DaemonBench.device
    private let characteristic = DaemonBench.characteristic

    @Test func servicesAppearBeforeTheyCountAsResolved() throws {
        var bench = try DaemonBench()
        try bench.discover()
        let asked = bench.now
        try bench.call("Connect", at: bench.path(), device)
        #expect((0.2...1.02).contains(bench.now - asked))
        #expect(bench.device("Connected") == .boolean(true))
        #expect(bench.device("ServicesResolved") == .boolean(false))
        #expect(bench.characteristic("2a37") == nil)
        bench.advance(by: 0.4)
        #expect(bench.device("ServicesResolved") == .boolean(true))
        let measurement = try #require(bench.characteristic("2a37"))
        #expect(bench.property("Flags", characteristic, at: measurement)?.strings == ["notify"])
        let order = bench.log.filter {
            $0.hasPrefix("+ char") || $0 == "ServicesResolved=true" || $0 == "Connected=true"
        }
        #expect(order.first == "Connected=true")
        #expect(order.last == "ServicesResolved=true")
    }

    @Test func theBatteryAppearsLate() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.connect()
        #expect(bench.property("Percentage", "org.bluez.Battery1", at: bench.path()) == nil)
        bench.advance(by: 5)
        let level = UInt8(bench.daemon.scenario.straps[0].battery)
        #expect(bench.property("Percentage", "org.bluez.Battery1", at: bench.path()) == .byte(level))
    }

    @Test func constantsAreReadAndOthersRefused() throws {
        var bench = try DaemonBench(straps: 8)
        try bench.discover()
        try bench.connect(0)
        try bench.connect(7)
        func read(_ short: String, _ strap: Int = 0) throws -> [UInt8]? {
            let path = try #require(bench.characteristic(short, of: strap))
            return try bench.call("ReadValue", at: path, characteristic, [.properties([:])])[0].bytes
        }
        #expect(try read("2a38") == [1])
        #expect(try read("2a29") == Array("Polar Electro Oy".utf8))
        #expect(try read("2a24") == Array("H10".utf8))
        #expect(bench.characteristic("2a38", of: 7) == nil)
        #expect(throws: DBusError(name: "org.bluez.Error.NotPermitted", message: "Read not permitted")) {
            try read("2a37")
        }
        let location = try #require(bench.characteristic("2a38"))
        #expect(throws: DBusError(name: "org.bluez.Error.NotPermitted", message: "Write not permitted")) {
            try bench.call("WriteValue", at: location, characteristic, [.bytes([2]), .properties([:])])
        }
        #expect(throws: DBusError(name: "org.bluez.Error.NotSupported", message: "Operation is not supported")) {
            try bench.call("StartNotify", at: location, characteristic)
        }
        let rest = try bench.call(
            "ReadValue", at: try #require(bench.characteristic("2a24")), characteristic,
            [.properties(["offset": .uint16(1)])])
        #expect(rest[0].bytes == Array("10".utf8))
    }

    @Test func nothingIsSentBeforeSomebodyAsksAndAfterThatOneASecond() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.connect()
        bench.advance(by: 5)
        #expect(bench.truth.isEmpty)
        let measurement = try #require(bench.characteristic("2a37"))
        try bench.call("StartNotify", at: measurement, characteristic)
        #expect(bench.property("Notifying", characteristic, at: measurement) == .boolean(true))
        bench.advance(by: 60)
        #expect((59...61).contains(bench.truth.count))
        #expect(bench.truth.map(\.sequence) == Array(1...bench.truth.count))
        #expect(try bench.values[measurement]?.map { try Measurement(bytes: $0).rrTicks } == bench.truth.map(\.rrTicks))
        #expect(bench.truth.allSatisfy { $0.seconds <= bench.now && $0.seconds > bench.now - 62 })
        let beats = bench.truth.flatMap(\.rrTicks).reduce(0) { $0 + Int($1) }
        #expect(abs(Double(beats) / 1024 - 60) < 3)
    }

    @Test func notificationsBelongToClients() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.stream()
        let measurement = try #require(bench.characteristic("2a37"))
        try bench.call("StartNotify", at: measurement, characteristic)
        try bench.call("StartNotify", at: measurement, characteristic, from: ":1.8")
        try bench.call("StopNotify", at: measurement, characteristic)
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "No notify session started")) {
            try bench.call("StopNotify", at: measurement, characteristic)
        }
        bench.advance(by: 3)
        let heard = bench.truth.count
        #expect(heard >= 2)
        bench.leave(":1.8")
        #expect(bench.property("Notifying", characteristic, at: measurement) == .boolean(false))
        bench.advance(by: 5)
        #expect(bench.truth.count == heard)
        #expect(bench.device("Connected") == .boolean(true))
    }

    @Test func disconnectingTakesTwoSecondsAndKeepsTheDevice() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.stream()
        let asked = bench.now
        let token = try bench.send("Disconnect", at: bench.path(), device)
        #expect(throws: DBusError(name: "org.bluez.Error.NotConnected", message: "Not Connected")) {
            try bench.call("StartNotify", at: bench.characteristic("2a37") ?? "", characteristic, from: ":1.8")
        }
        bench.advance(by: 2.01)
        #expect(try bench.reply(to: token)?.get() == [])
        #expect(bench.now - asked > 2)
        #expect(bench.device("Connected") == .boolean(false))
        #expect(bench.device("ServicesResolved") == .boolean(false))
        bench.advance(by: 120)
        #expect(bench.tree[bench.path()] != nil)
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "Not connected")) {
            try bench.call("ReadValue", at: bench.characteristic("2a38") ?? "", characteristic, [.properties([:])])
        }
    }

    @Test func notificationsComeBackByThemselvesAfterAReconnect() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.stream()
        bench.advance(by: 3)
        try bench.call("Disconnect", at: bench.path(), device)
        let before = bench.truth.count
        bench.advance(by: 10)
        #expect(bench.truth.count == before)
        try bench.connect()
        bench.advance(by: 5)
        #expect(bench.truth.count > before + 2)
    }

    @Test func oneConnectIsInFlightPerAdapter() throws {
        var bench = try DaemonBench(straps: 5)
        try bench.discover()
        let tokens = try (0..<5).map { try bench.send("Connect", at: bench.path(of: $0), device) }
        var answered: [Double] = []
        while answered.count < 5, bench.now < 60 {
            bench.advance(by: 0.01)
            if tokens.count(where: { bench.reply(to: $0) != nil }) > answered.count { answered.append(bench.now) }
        }
        #expect(zip(answered, answered.dropFirst()).allSatisfy { $1 - $0 > 0.18 })
        #expect((0..<5).allSatisfy { bench.device("Connected", of: $0) == .boolean(true) })
    }

    @Test func aSecondConnectWhileOneIsUnderWayIsRefused() throws {
        var bench = try DaemonBench()
        try bench.discover()
        let first = try bench.send("Connect", at: bench.path(), device)
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "Operation already in progress")) {
            try bench.call("Connect", at: bench.path(), device)
        }
        bench.advance(by: 1.1)
        #expect(try bench.reply(to: first)?.get() == [])
        try bench.call("Connect", at: bench.path(), device)
    }

    @Test func disconnectTakesAConnectBack() throws {
        var bench = try DaemonBench(straps: 2)
        try bench.discover()
        let connect = try bench.send("Connect", at: bench.path(), device)
        let next = try bench.send("Connect", at: bench.path(of: 1), device)
        try bench.call("Disconnect", at: bench.path(), device)
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "br-connection-canceled")) {
            try bench.reply(to: connect)?.get()
        }
        bench.advance(by: 1.1)
        #expect(try bench.reply(to: next)?.get() == [])
    }

    @Test func oneMoreThanTheSlotsIsAborted() throws {
        var bench = try DaemonBench(
            straps: 3, adapters: [AdapterPlan(name: "hci0", address: "00:1A:7D:DA:71:10", slots: 2)])
        #expect(bench.property("Slots", "org.entrain.Adapter1", at: DaemonBench.adapter) == .uint16(2))
        try bench.discover()
        try bench.connect(0)
        try bench.connect(1)
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "le-connection-abort-by-local")) {
            try bench.connect(2)
        }
        try bench.call("Disconnect", at: bench.path(of: 0), device)
        try bench.connect(2)
    }

    @Test func aConnectedStrapDoesNotAdvertise() throws {
        var bench = try DaemonBench()
        bench = try DaemonBench(straps: 1, adapters: [.standard(0), .standard(1)])
        try bench.discover()
        try bench.connect()
        try bench.discover("/org/bluez/hci1")
        #expect(bench.tree[bench.path(adapter: "/org/bluez/hci1")] == nil)
        #expect(bench.device("RSSI") == nil)
    }

    @Test func aLinkOutlivesItsClient() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.stream()
        bench.leave(DaemonBench.client)
        bench.advance(by: 30)
        #expect(bench.device("Connected") == .boolean(true))
    }

    @Test func removingAConnectedDeviceDisconnectsItFirst() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.stream()
        let path = Value.objectPath(try ObjectPath(bench.path()))
        try bench.call("RemoveDevice", at: DaemonBench.adapter, DaemonBench.adapterInterface, [path])
        #expect(bench.tree.count == 2)
        #expect(bench.log.contains("Connected=false"))
        try bench.discover()
        try bench.stream()
    }

    @Test func theEnergyCounterIsResetByItsControlPoint() throws {
        var scenario = Scenario.standard(straps: 1)
        scenario.straps[0].sendsEnergy = true
        var bench = try DaemonBench(scenario)
        try bench.discover()
        try bench.stream()
        bench.advance(by: 120)
        let control = try #require(bench.characteristic("2a39"))
        try bench.call("WriteValue", at: control, characteristic, [.bytes([1]), .properties([:])])
        bench.advance(by: 60)
        let measurement = try #require(bench.characteristic("2a37"))
        let energies = try #require(bench.values[measurement]).compactMap {
            try Measurement(bytes: $0).energyKilojoules
        }
        #expect(energies.count >= 17)
        #expect(try #require(energies.max()) > 8)
        #expect(try #require(energies.last) < 6)
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "Operation failed with ATT error: 0x80")) {
            try bench.call("WriteValue", at: control, characteristic, [.bytes([2]), .properties([:])])
        }
    }

    @Test func theConfigurationIsReadOnlyToClients() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.stream()
        let path = try #require(bench.tree.keys.first { $0.contains("/desc") })
        let name = "org.bluez.GattDescriptor1"
        #expect(try bench.call("ReadValue", at: path, name, [.properties([:])]) == [.bytes([1, 0])])
        #expect(throws: DBusError(name: "org.bluez.Error.NotPermitted", message: "Write not permitted")) {
            try bench.call("WriteValue", at: path, name, [.bytes([0, 0]), .properties([:])])
        }
    }
}
