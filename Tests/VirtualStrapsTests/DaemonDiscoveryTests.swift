import DBus
import Testing

@testable import VirtualStraps

@Suite struct DaemonDiscoveryTests {
    private let adapter = DaemonBench.adapter
    private let interface = DaemonBench.adapterInterface

    @Test func anAdapterTellsWhatItIsAndHowManyLinksItHolds() throws {
        let bench = try DaemonBench(straps: 8)
        #expect(bench.property("Powered", interface, at: adapter) == .boolean(true))
        #expect(bench.property("Discovering", interface, at: adapter) == .boolean(false))
        #expect(bench.property("Slots", "org.entrain.Adapter1", at: adapter) == .uint16(8))
        #expect(bench.tree["/org/bluez"]?["org.bluez.AgentManager1"] != nil)
        #expect(bench.tree.count == 2)
    }

    @Test func nothingIsFoundWithoutDiscovery() throws {
        var bench = try DaemonBench(straps: 3)
        bench.advance(by: 60)
        #expect(bench.tree.count == 2)
    }

    @Test func strapsAreFoundOneAfterTheOtherAndTellTheirStrength() throws {
        var bench = try DaemonBench(straps: 3)
        try bench.call("StartDiscovery", at: adapter, interface)
        #expect(bench.property("Discovering", interface, at: adapter) == .boolean(true))
        #expect(bench.tree.count == 2)
        bench.advance(by: 2)
        for (strap, plan) in bench.daemon.scenario.straps.enumerated() {
            #expect(bench.device("Name", of: strap)?.string == plan.name)
            #expect(bench.device("Address", of: strap)?.string == plan.address)
            #expect(bench.device("Appearance", of: strap) == .uint16(0x0341))
            #expect(bench.device("UUIDs", of: strap)?.strings == ["0000180d-0000-1000-8000-00805f9b34fb"])
            #expect(bench.device("Connected", of: strap) == .boolean(false))
            let rssi = try #require(bench.device("RSSI", of: strap)?.int)
            #expect(abs(rssi - plan.rssi) < 12)
        }
    }

    @Test func aClientCanDiscoverOnlyOnceAndStopOnlyItsOwn() throws {
        var bench = try DaemonBench()
        try bench.call("StartDiscovery", at: adapter, interface)
        #expect(throws: DBusError(name: "org.bluez.Error.InProgress", message: "Operation already in progress")) {
            try bench.call("StartDiscovery", at: adapter, interface)
        }
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "No discovery started")) {
            try bench.call("StopDiscovery", at: adapter, interface, from: ":1.8")
        }
        try bench.call("StartDiscovery", at: adapter, interface, from: ":1.8")
        try bench.call("StopDiscovery", at: adapter, interface)
        #expect(bench.property("Discovering", interface, at: adapter) == .boolean(true))
        try bench.call("StopDiscovery", at: adapter, interface, from: ":1.8")
        #expect(bench.property("Discovering", interface, at: adapter) == .boolean(false))
    }

    @Test func aClientThatLeavesTheBusStopsDiscovering() throws {
        var bench = try DaemonBench()
        try bench.call("StartDiscovery", at: adapter, interface)
        bench.leave(DaemonBench.client)
        #expect(bench.property("Discovering", interface, at: adapter) == .boolean(false))
    }

    @Test func strengthIsToldOnlyWhileDiscovering() throws {
        var bench = try DaemonBench()
        try bench.discover()
        #expect(bench.device("RSSI") == nil)
        #expect(bench.log.contains("RSSI gone"))
        let told = bench.log.count
        bench.advance(by: 20)
        #expect(bench.log.count == told)
    }

    @Test func everyAdvertisementIsToldOnlyWhenDuplicatesAreAskedFor() throws {
        func reports(_ filter: [String: Value]) throws -> Int {
            var bench = try DaemonBench()
            try bench.call("SetDiscoveryFilter", at: adapter, interface, [.properties(filter)])
            try bench.call("StartDiscovery", at: adapter, interface)
            bench.advance(by: 30)
            return bench.log.count { $0 == "RSSI=" }
        }
        let few = try reports(["Transport": .string("le")])
        let many = try reports(["Transport": .string("le"), "DuplicateData": .boolean(true)])
        #expect((1...3).contains(few))
        #expect(many > 25)
    }

    @Test func aStrapComesNearAtItsTimeAndAfterAnotherWasConnected() throws {
        var scenario = Scenario.standard(straps: 2)
        scenario.straps[0].rssi = -80
        scenario.straps[0].approaches = [Approach(.at(seconds: 10), seconds: 10, rssi: -40)]
        scenario.straps[1].rssi = -80
        scenario.straps[1].approaches = [Approach(.afterStrap(0), rssi: -40)]
        var bench = try DaemonBench(scenario)
        let filter: [String: Value] = ["Transport": .string("le"), "DuplicateData": .boolean(true)]
        try bench.call("SetDiscoveryFilter", at: adapter, interface, [.properties(filter)])
        try bench.call("StartDiscovery", at: adapter, interface)
        func isNear(_ strap: Int) throws -> Bool { try #require(bench.device("RSSI", of: strap)?.int) > -60 }
        bench.advance(by: 9)
        #expect(try !isNear(0) && !isNear(1))
        bench.advance(by: 4)
        #expect(try isNear(0) && !isNear(1))
        bench.advance(by: 10)
        #expect(try !isNear(0) && !isNear(1))
        try bench.call("Connect", at: bench.path(), DaemonBench.device)
        bench.advance(by: 4)
        #expect(try isNear(1))
    }

    @Test(arguments: [
        (["UUIDs": Value.strings(["180D"])], true),
        (["UUIDs": .strings(["0000180D-0000-1000-8000-00805F9B34FB"])], true),
        (["UUIDs": .strings(["180F"])], false), (["Transport": .string("bredr")], false),
        (["RSSI": .int16(-100)], true), (["RSSI": .int16(-20)], false), (["Pattern": .string("Polar")], true),
        (["Pattern": .string("TICKR")], false),
    ])
    func aFilterDecidesWhatIsFound(filter: [String: Value], isFound: Bool) throws {
        var bench = try DaemonBench()
        try bench.call("SetDiscoveryFilter", at: adapter, interface, [.properties(filter)])
        try bench.discover()
        #expect((bench.tree[bench.path()] != nil) == isFound)
    }

    @Test func filtersOfAllClientsAreMerged() throws {
        var bench = try DaemonBench()
        try bench.call("SetDiscoveryFilter", at: adapter, interface, [.properties(["UUIDs": .strings(["180F"])])])
        try bench.call("StartDiscovery", at: adapter, interface, from: ":1.8")
        try bench.discover()
        #expect(bench.tree[bench.path()] != nil)
    }

    @Test(arguments: [
        ["Unknown": Value.boolean(true)], ["RSSI": .int16(-70), "Pathloss": .uint16(40)],
        ["Transport": .string("wifi")],
        ["UUIDs": .strings(["heart"])], ["RSSI": .string("-70")],
    ])
    func aBadFilterIsRefused(filter: [String: Value]) throws {
        var bench = try DaemonBench()
        #expect(
            throws: DBusError(
                name: "org.bluez.Error.InvalidArguments", message: "Invalid arguments in method call")
        ) {
            try bench.call("SetDiscoveryFilter", at: adapter, interface, [.properties(filter)])
        }
    }

    @Test func theKnownFiltersAreListed() throws {
        var bench = try DaemonBench()
        let filters = try bench.call("GetDiscoveryFilters", at: adapter, interface)[0].strings
        #expect(filters == ["UUIDs", "RSSI", "Pathloss", "Transport", "DuplicateData", "Discoverable", "Pattern"])
    }

    @Test func aDeviceThatWasNeverConnectedIsDroppedThirtySecondsAfterItWasLastSeen() throws {
        var bench = try DaemonBench()
        try bench.discover()
        bench.advance(by: 28)
        #expect(bench.tree[bench.path()] != nil)
        bench.advance(by: 2.1)
        #expect(bench.tree[bench.path()] == nil)
    }

    @Test func aDeviceIsKeptWhileItIsSeen() throws {
        var bench = try DaemonBench()
        try bench.call("StartDiscovery", at: adapter, interface)
        bench.advance(by: 90)
        #expect(bench.tree[bench.path()] != nil)
    }

    @Test func aDeviceIsRemovedWhenAskedFor() throws {
        var bench = try DaemonBench()
        try bench.discover()
        try bench.call("RemoveDevice", at: adapter, interface, [.objectPath(try ObjectPath(bench.path()))])
        #expect(bench.tree[bench.path()] == nil)
        #expect(throws: DBusError(name: "org.bluez.Error.DoesNotExist", message: "Does Not Exist")) {
            try bench.call("RemoveDevice", at: adapter, interface, [.objectPath(try ObjectPath(bench.path()))])
        }
        #expect(throws: DBusError.self) { try bench.call("Connect", at: bench.path(), DaemonBench.device) }
    }

    @Test func switchedOffItRefusesAndForgetsSessions() throws {
        var bench = try DaemonBench()
        try bench.call("StartDiscovery", at: adapter, interface)
        try bench.setPower(false)
        #expect(bench.property("Powered", interface, at: adapter) == .boolean(false))
        #expect(bench.property("Discovering", interface, at: adapter) == .boolean(false))
        for method in ["StartDiscovery", "StopDiscovery"] {
            #expect(throws: DBusError(name: "org.bluez.Error.NotReady", message: "Resource Not Ready")) {
                try bench.call(method, at: adapter, interface)
            }
        }
        try bench.setPower(true)
        try bench.discover()
        #expect(bench.tree[bench.path()] != nil)
    }

    @Test func aStrapIsHeardByAllAdaptersOrByTheOneItIsNear() throws {
        var scenario = Scenario.standard(straps: 2)
        scenario.adapters = [.standard(0), .standard(1)]
        scenario.straps[1].adapter = "hci1"
        var bench = try DaemonBench(scenario)
        for adapter in ["/org/bluez/hci0", "/org/bluez/hci1"] { try bench.discover(adapter) }
        #expect(bench.tree[bench.path(of: 0)] != nil)
        #expect(bench.tree[bench.path(of: 0, adapter: "/org/bluez/hci1")] != nil)
        #expect(bench.tree[bench.path(of: 1)] == nil)
        #expect(bench.tree[bench.path(of: 1, adapter: "/org/bluez/hci1")] != nil)
    }

    @Test func agentsComeAndGo() throws {
        var bench = try DaemonBench()
        let manager = ("/org/bluez", "org.bluez.AgentManager1")
        let agent = Value.objectPath(try ObjectPath("/agent"))
        func failure(_ member: String, _ arguments: [Value]) -> String? {
            let error = #expect(throws: DBusError.self) { try bench.call(member, at: manager.0, manager.1, arguments) }
            return error?.name
        }
        #expect(failure("RequestDefaultAgent", [agent]) == "org.bluez.Error.DoesNotExist")
        #expect(failure("RegisterAgent", [agent, .string("Telepathy")]) == "org.bluez.Error.InvalidArguments")
        try bench.call("RegisterAgent", at: manager.0, manager.1, [agent, .string("NoInputNoOutput")])
        #expect(failure("RegisterAgent", [agent, .string("")]) == "org.bluez.Error.AlreadyExists")
        try bench.call("RequestDefaultAgent", at: manager.0, manager.1, [agent])
        try bench.call("UnregisterAgent", at: manager.0, manager.1, [agent])
        #expect(failure("UnregisterAgent", [agent]) == "org.bluez.Error.DoesNotExist")
    }
}
