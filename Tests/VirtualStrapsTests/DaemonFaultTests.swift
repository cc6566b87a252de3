import DBus
import HeartRate
import Testing

@testable import VirtualStraps

@Suite struct DaemonFaultTests {
    private let device = DaemonBench.device
    private let characteristic = DaemonBench.characteristic

    /// One strap that streams from about second 5 on.
    private func streaming(_ faults: [Fault]) throws -> DaemonBench {
        var bench = try DaemonBench(faults: faults)
        try bench.discover()
        try bench.stream()
        #expect(bench.now < 5)
        return bench
    }

    @Test func aDroppedStrapLosesItsLinkAndReturns() throws {
        var bench = try streaming([Fault(.strap(0), .at(seconds: 20), .drop(seconds: 12))])
        bench.advance(by: 20.4 - bench.now)
        #expect(bench.device("Connected") == .boolean(true))
        bench.advance(by: 0.1)
        #expect(bench.device("Connected") == .boolean(false))
        #expect(bench.truth.allSatisfy { $0.seconds <= 20 })
        let asked = bench.now
        try bench.call("Connect", at: bench.path(), device)
        #expect((11...13).contains(bench.now - asked))
        bench.advance(by: 5)
        #expect(bench.truth.contains { $0.seconds > 32 })
    }

    @Test func aStrapOutOfReachIsGivenUpAfterTwentySeconds() throws {
        var bench = try streaming([Fault(.strap(0), .at(seconds: 20), .drop(seconds: 600))])
        bench.advance(by: 30 - bench.now)
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "le-connection-abort-by-local")) {
            try bench.call("Connect", at: bench.path(), device)
        }
        #expect((49.9...50.2).contains(bench.now))
    }

    @Test func aSilentStrapStaysConnected() throws {
        var bench = try streaming([Fault(.strap(0), .at(seconds: 20), .silent(seconds: 10))])
        bench.advance(by: 40 - bench.now)
        #expect(!bench.truth.contains { (20.0..<30).contains($0.seconds) })
        #expect(bench.truth.contains { $0.seconds >= 30 })
        #expect(bench.device("Connected") == .boolean(true))
    }

    @Test func packetsLostOnTheAirTakeTheirBeatsAlong() throws {
        var bench = try streaming([Fault(.strap(0), .at(seconds: 20), .losePackets(seconds: 10))])
        bench.advance(by: 40 - bench.now)
        let seconds = bench.truth.flatMap(\.rrTicks).reduce(0) { $0 + Int($1) } / 1024
        let span = try #require(bench.truth.last).seconds - (try #require(bench.truth.first).seconds)
        #expect(abs(span - Double(seconds) - 10) < 3)
        #expect(bench.truth.map(\.sequence) == Array(1...bench.truth.count))
    }

    @Test func aBurstHoldsPacketsBackAndLosesNone() throws {
        var (held, plain) = (
            try streaming([Fault(.strap(0), .at(seconds: 20), .burst(seconds: 8))]), try streaming([])
        )
        for _ in 0..<4 {
            held.advance(by: 10)
            plain.advance(by: 10)
        }
        #expect(held.truth.map(\.rrTicks) == plain.truth.map(\.rrTicks))
        #expect(!held.truth.contains { (20.0..<28).contains($0.seconds) })
        #expect((7...8).contains(held.truth.count { $0.seconds == 28 }))
        #expect(held.truth.map(\.seconds) == held.truth.map(\.seconds).sorted())
    }

    @Test func badBytesAreSentBetweenTheOthers() throws {
        var bench = try streaming([
            Fault(.strap(0), .at(seconds: 20), .badPacket([0x11, 0x48])),
            Fault(.strap(0), .at(seconds: 21), .badPacket([])),
        ])
        bench.advance(by: 30 - bench.now)
        let bad = bench.truth.filter { $0.raw != nil }
        #expect(bad.map(\.raw) == [[0x11, 0x48], []])
        #expect(bad.allSatisfy { $0.rrTicks.isEmpty && $0.heartRate == nil })
        let measurement = try #require(bench.characteristic("2a37"))
        #expect(bench.values[measurement]?.count == bench.truth.count)
        #expect(bench.values[measurement]?.contains([0x11, 0x48]) == true)
    }

    @Test func connectsFailAsOftenAsAskedFor() throws {
        let error = DBusError(name: "org.bluez.Error.InProgress", message: "busy")
        var bench = try DaemonBench(faults: [
            Fault(
                .strap(0), .onCall(method: "Connect", number: 2),
                .connectFails(times: 2, name: error.name, message: error.message))
        ])
        try bench.discover()
        try bench.connect()
        try bench.call("Disconnect", at: bench.path(), device)
        for _ in 0..<2 {
            #expect(throws: error) { try bench.call("Connect", at: bench.path(), device) }
        }
        try bench.connect()
    }

    @Test func aConnectCanLie() throws {
        var bench = try DaemonBench(faults: [Fault(.strap(0), .at(seconds: 0), .connectLies(times: 1))])
        try bench.discover()
        try bench.connect()
        #expect(bench.device("Connected") == .boolean(false))
        try bench.connect()
        #expect(bench.device("Connected") == .boolean(true))
    }

    @Test func servicesCanStayUnresolved() throws {
        var bench = try DaemonBench(faults: [
            Fault(.strap(0), .onCall(method: "Connect", number: 1), .neverResolves(times: 1))
        ])
        try bench.discover()
        try bench.connect()
        bench.advance(by: 60)
        #expect(bench.device("Connected") == .boolean(true))
        #expect(bench.device("ServicesResolved") == .boolean(false))
        try bench.call("Disconnect", at: bench.path(), device)
        try bench.connect()
        #expect(bench.device("ServicesResolved") == .boolean(true))
    }

    @Test func aDeviceCanVanishInMidConnect() throws {
        var bench = try DaemonBench(faults: [Fault(.strap(0), .at(seconds: 10), .removed)])
        try bench.discover()
        bench.advance(by: 9.95 - bench.now)
        let token = try bench.send("Connect", at: bench.path(), device)
        bench.advance(by: 0.1)
        #expect(bench.tree[bench.path()] == nil)
        #expect(throws: DBusError.self) { try bench.reply(to: token)?.get() }
        try bench.discover()
        try bench.connect()
    }

    @Test func anAdapterSwitchedOffTakesItsLinksAlongAndComesBack() throws {
        var bench = try streaming([Fault(.adapter(0), .at(seconds: 20), .powerOff(seconds: 5))])
        bench.advance(by: 20.1 - bench.now)
        #expect(bench.property("Powered", DaemonBench.adapterInterface, at: DaemonBench.adapter) == .boolean(false))
        #expect(bench.device("Connected") == .boolean(false))
        #expect(throws: DBusError(name: "org.bluez.Error.Failed", message: "Input/output error")) {
            try bench.call("Connect", at: bench.path(), device)
        }
        bench.advance(by: 5)
        #expect(bench.property("Powered", DaemonBench.adapterInterface, at: DaemonBench.adapter) == .boolean(true))
        try bench.connect()
    }

    @Test func aConnectUnderWayWhenPowerGoesAnswersSuccessWithoutALink() throws {
        var bench = try DaemonBench()
        try bench.discover()
        let token = try bench.send("Connect", at: bench.path(), device)
        try bench.setPower(false)
        #expect(try bench.reply(to: token)?.get() == [])
        #expect(bench.device("Connected") == .boolean(false))
    }

    @Test func aRestartedDaemonKnowsNothing() throws {
        var bench = try streaming([Fault(.daemon, .at(seconds: 20), .daemonRestart(seconds: 3))])
        bench.advance(by: 20.5 - bench.now)
        #expect(!bench.isOnBus)
        let sent = bench.truth.count
        bench.advance(by: 10)
        #expect(bench.isOnBus)
        #expect(bench.tree.count == 2)
        #expect(bench.truth.count == sent)
        try bench.discover()
        try bench.stream()
        bench.advance(by: 3)
        #expect(bench.truth.count > sent)
    }

    /// Whatever happens to it, a daemon keeps to its slots, to one attempt an adapter, and answers every call in the end.
    @Test(arguments: UInt64(1)...12)
    func noOrderOfCallsAndFaultsBreaksTheRules(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let kinds: [Fault.Kind] = [
            .drop(seconds: 7), .silent(seconds: 5), .connectLies(times: 1), .neverResolves(times: 1), .removed,
            .burst(seconds: 4), .losePackets(seconds: 3), .badPacket([1]),
            .connectFails(times: 1, name: "org.bluez.Error.Failed", message: "le-connection-timeout"),
        ]
        var faults = (0..<30).map { _ in
            Fault(
                .strap(Int(random.next() % 6)), .at(seconds: random.uniform(in: 0...120)),
                kinds[Int(random.next() % UInt64(kinds.count))])
        }
        faults.append(Fault(.adapter(0), .at(seconds: random.uniform(in: 0...120)), .powerOff(seconds: 3)))
        var bench = try DaemonBench(
            straps: 6, adapters: [AdapterPlan(name: "hci0", address: "00:1A:7D:DA:71:10", slots: 4), .standard(1)],
            faults: faults)
        var tokens: [Int] = []
        for _ in 0..<400 {
            let strap = Int(random.next() % 6)
            let adapter = random.next() % 2 == 0 ? "/org/bluez/hci0" : "/org/bluez/hci1"
            let (path, client) = (bench.path(of: strap, adapter: adapter), random.next() % 2 == 0 ? ":1.7" : ":1.8")
            switch random.next() % 8 {
            case 0:
                tokens.append(try bench.send("StartDiscovery", at: adapter, DaemonBench.adapterInterface, from: client))
            case 1...3: tokens.append(try bench.send("Connect", at: path, device, from: client))
            case 4: tokens.append(try bench.send("Disconnect", at: path, device, from: client))
            case 5, 6:
                guard let found = bench.characteristic("2a37", of: strap) else { continue }
                tokens.append(try bench.send("StartNotify", at: found, characteristic, from: client))
            default: bench.leave(client)
            }
            bench.advance(by: random.uniform(in: 0...0.6))
            let links = bench.daemon.straps.compactMap(\.link)
            #expect(links.count { $0.adapter == 0 } <= 4)
            for (key, state) in bench.daemon.devices {
                #expect(state.isConnected == (bench.daemon.straps[key.strap].link == key))
            }
        }
        bench.advance(by: 300)
        #expect(tokens.allSatisfy { bench.reply(to: $0) != nil })
        let seen = Dictionary(grouping: bench.truth, by: \.strap)
        for records in seen.values { #expect(records.map(\.sequence) == Array(1...records.count)) }
    }
}
