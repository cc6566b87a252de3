import Testing
import Timekeeping

@testable import Straps

@Suite("The strap keeper")
struct StrapKeeperTests {
    static let adapter = AdapterReport(address: "00:AA", name: "hci0", isPowered: true, slots: 5)
    static let packet: [UInt8] = [0x10, 60, 0x00, 0x04]

    /// A keeper with one adapter that is driven second by second.
    struct Bench {
        var keeper = StrapKeeper()
        var now = Instant(seconds: 0)
        var effects: [StrapEffect] = []

        init(adapters: [AdapterReport] = [StrapKeeperTests.adapter]) {
            for adapter in adapters { send(.adapter(adapter)) }
        }

        mutating func send(_ event: RadioEvent) { effects += keeper.apply(event, at: now) }
        mutating func want(_ strap: String) { effects += keeper.want(strap, at: now) }

        mutating func pass(_ seconds: Double) {
            let end = now.advanced(by: .milliseconds(Int64(seconds * 1000)))
            while now < end {
                now = now.advanced(by: .milliseconds(100))
                effects += keeper.tick(at: now)
            }
        }

        /// Answers every discovery command with success, as a healthy radio does.
        mutating func answerDiscovery() {
            for case .radio(let command) in take({ if case .radio(.startDiscovery) = $0 { true } else { false } }) {
                send(.answer(command, nil))
            }
            for case .radio(let command) in take({ if case .radio(.stopDiscovery) = $0 { true } else { false } }) {
                send(.answer(command, nil))
            }
        }

        mutating func take(_ isWanted: (StrapEffect) -> Bool) -> [StrapEffect] {
            let taken = effects.filter(isWanted)
            effects.removeAll(where: isWanted)
            return taken
        }

        func did(_ command: RadioCommand) -> Bool { effects.contains(.radio(command)) }

        /// Brings a strap to the point of streaming.
        mutating func stream(_ key: StrapKey) {
            answerDiscovery()
            send(.seen(key, Sighting(name: "Polar", rssi: -50)))
            answerDiscovery()
            send(.linkUp(key))
            send(.answer(.connect(key), nil))
            send(.ready(key))
            send(.answer(.startNotify(key), nil))
            send(.value(key, StrapKeeperTests.packet, Moment(instant: now, utc: UTC(nanosecondsSince1970: 0))))
        }
    }

    static func key(_ strap: String, _ adapter: String = "00:AA") -> StrapKey {
        StrapKey(adapter: adapter, strap: strap)
    }

    @Test("brings a wanted strap from the air to beats, with discovery paused for the connect")
    func wholeWay() {
        var bench = Bench()
        bench.want("S1")
        #expect(bench.did(.startDiscovery("00:AA")))
        bench.answerDiscovery()
        bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: -50)))
        #expect(bench.did(.stopDiscovery("00:AA")))
        #expect(!bench.did(.connect(Self.key("S1"))))
        bench.answerDiscovery()
        #expect(bench.did(.connect(Self.key("S1"))))
        bench.send(.linkUp(Self.key("S1")))
        #expect(bench.keeper.states["S1"] == .resolving)
        bench.send(.ready(Self.key("S1")))
        #expect(bench.did(.startNotify(Self.key("S1"))))
        bench.send(.answer(.startNotify(Self.key("S1")), nil))
        #expect(bench.keeper.states["S1"] == .subscribing)
        let moment = Moment(instant: bench.now, utc: UTC(nanosecondsSince1970: 0))
        bench.send(.value(Self.key("S1"), [], moment))
        #expect(bench.keeper.states["S1"] == .subscribing)
        bench.send(.value(Self.key("S1"), Self.packet, moment))
        #expect(bench.keeper.states["S1"] == .streaming)
        #expect(bench.effects.contains(.report(.streaming("S1", adapter: "00:AA"))))
        #expect(bench.did(.describe(Self.key("S1"))))
        #expect(bench.effects.contains(.report(.packet("S1", [], moment))))
    }

    @Test("listens a second for others who are missing before discovery pauses for the first connect")
    func gathers() {
        var bench = Bench()
        for strap in ["S1", "S2"] { bench.want(strap) }
        bench.answerDiscovery()
        bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: -50)))
        bench.pass(0.9)
        #expect(!bench.did(.stopDiscovery("00:AA")))
        bench.pass(0.2)
        #expect(bench.did(.stopDiscovery("00:AA")))
        bench.answerDiscovery()
        #expect(bench.did(.connect(Self.key("S1"))))
    }

    @Test("goes on looking at once after a connect, and rests only after its full time")
    func discoveryRests() {
        var bench = Bench()
        for strap in ["S1", "S2"] { bench.want(strap) }
        bench.answerDiscovery()
        bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: -50)))
        bench.pass(1.1)
        bench.answerDiscovery()
        bench.send(.linkUp(Self.key("S1")))
        #expect(bench.did(.startDiscovery("00:AA")))
        bench.answerDiscovery()
        bench.pass(6.1)
        #expect(bench.did(.stopDiscovery("00:AA")))
        bench.answerDiscovery()
        bench.pass(1.5)
        #expect(!bench.did(.startDiscovery("00:AA")))
        bench.pass(1)
        #expect(bench.did(.startDiscovery("00:AA")))
    }

    @Test("takes over a link that is up already")
    func adopts() {
        var bench = Bench()
        bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: nil)))
        bench.send(.linkUp(Self.key("S1")))
        bench.want("S1")
        #expect(bench.keeper.states["S1"] == .resolving)
        bench.send(.ready(Self.key("S1")))
        #expect(bench.did(.startNotify(Self.key("S1"))))
    }

    @Test("does not wait for services that were resolved before the strap was wanted")
    func adoptsResolved() {
        var bench = Bench()
        bench.send(.linkUp(Self.key("S1")))
        bench.send(.ready(Self.key("S1")))
        bench.want("S1")
        #expect(bench.keeper.states["S1"] == .subscribing)
        #expect(bench.did(.startNotify(Self.key("S1"))))
    }

    @Test("keeps packets that still come over a link it has just given up")
    func latePackets() {
        var bench = Bench()
        bench.want("S1")
        bench.stream(Self.key("S1"))
        bench.pass(14)
        #expect(bench.keeper.states["S1"] != .streaming)
        bench.effects = []
        let moment = Moment(instant: bench.now, utc: UTC(nanosecondsSince1970: 0))
        bench.send(.value(Self.key("S1"), Self.packet, moment))
        #expect(bench.effects.contains(.report(.packet("S1", Self.packet, moment))))
    }

    @Test("says the same about a strap only once")
    func adviceOnce() {
        var bench = Bench()
        bench.want("S1")
        let failure = RadioFailure(kind: .needsPairing, message: "Not paired", advice: "Pair it first.")
        for _ in 0..<3 {
            bench.answerDiscovery()
            bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: -50)))
            bench.answerDiscovery()
            bench.send(.answer(.connect(Self.key("S1")), failure))
            bench.pass(32)
        }
        #expect(bench.effects.count { if case .report(.advice) = $0 { true } else { false } } == 1)
    }

    @Test("asks again when no packet comes, then reconnects")
    func noFirstPacket() {
        var bench = Bench()
        let key = Self.key("S1")
        bench.want("S1")
        bench.stream(key)
        bench.effects = []
        bench.pass(5.2)
        #expect(bench.keeper.states["S1"] == .stalled)
        #expect(bench.did(.stopNotify(key)))
        bench.send(.answer(.stopNotify(key), nil))
        #expect(bench.did(.startNotify(key)))
        bench.pass(8.2)
        #expect(bench.did(.disconnect(key)))
        #expect(bench.keeper.states["S1"] == .backOff)
        #expect(bench.effects.contains(.report(.lost("S1"))))
    }

    @Test("gives a Connect up after its time, and the adapter is free again")
    func connectTimesOut() {
        var bench = Bench()
        bench.want("S1")
        bench.answerDiscovery()
        bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: -50)))
        bench.answerDiscovery()
        #expect(bench.did(.connect(Self.key("S1"))))
        bench.pass(30.2)
        #expect(bench.did(.disconnect(Self.key("S1"))))
        #expect(bench.keeper.states["S1"] != .connecting)
    }

    @Test("does not believe a Connect that succeeds without a link")
    func connectLies() {
        var bench = Bench()
        bench.want("S1")
        bench.answerDiscovery()
        bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: -50)))
        bench.answerDiscovery()
        bench.send(.answer(.connect(Self.key("S1")), nil))
        bench.pass(5.5)
        #expect(bench.keeper.states["S1"] != .connecting)
        #expect(bench.did(.disconnect(Self.key("S1"))))
    }

    @Test("tells a person what only a person can mend, and tries again later")
    func needsPerson() {
        var bench = Bench()
        bench.want("S1")
        bench.answerDiscovery()
        bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: -50)))
        bench.answerDiscovery()
        let failure = RadioFailure(kind: .needsPairing, message: "Not paired", advice: "Pair it first.")
        bench.send(.answer(.connect(Self.key("S1")), failure))
        #expect(bench.keeper.states["S1"] == .needsPerson("Pair it first."))
        bench.pass(31)
        #expect(bench.keeper.states["S1"] == .unseen)
    }

    @Test("waits for a free slot and says so once")
    func slots() {
        var bench = Bench(adapters: [
            AdapterReport(
                address: "00:AA", name: "hci0", isPowered: true, slots: 1, isSlotsFixed: true)
        ])
        bench.want("S1")
        bench.want("S2")
        bench.stream(Self.key("S1"))
        bench.send(.seen(Self.key("S2"), Sighting(name: "Polar", rssi: -60)))
        bench.answerDiscovery()
        #expect(!bench.did(.connect(Self.key("S2"))))
        let told = bench.effects.count { if case .report(.advice("S2", _)) = $0 { true } else { false } }
        #expect(told == 1)
    }

    @Test("spreads straps over adapters by signal and free slots")
    func twoAdapters() {
        var bench = Bench(adapters: [
            AdapterReport(address: "00:AA", name: "hci0", isPowered: true, slots: 1),
            AdapterReport(address: "00:BB", name: "hci1", isPowered: true, slots: 5),
        ])
        for strap in ["S1", "S2"] {
            bench.want(strap)
        }
        bench.answerDiscovery()
        bench.send(.seen(Self.key("S1", "00:BB"), Sighting(name: "Polar", rssi: -70)))
        bench.send(.seen(Self.key("S1"), Sighting(name: "Polar", rssi: -50)))
        bench.send(.seen(Self.key("S2"), Sighting(name: "Polar", rssi: -50)))
        bench.send(.seen(Self.key("S2", "00:BB"), Sighting(name: "Polar", rssi: -70)))
        bench.answerDiscovery()
        bench.pass(0.3)
        let connects = bench.effects.compactMap { effect -> StrapKey? in
            if case .radio(.connect(let key)) = effect { key } else { nil }
        }
        #expect(connects.count == 2)
        #expect(Set(connects.map(\.adapter)) == ["00:AA", "00:BB"])
    }

    @Test("disconnects on stop what it connected, and begins nothing afterwards")
    func stops() {
        var bench = Bench()
        bench.want("S1")
        bench.stream(Self.key("S1"))
        bench.effects = []
        bench.effects += bench.keeper.stop(at: bench.now)
        #expect(bench.did(.disconnect(Self.key("S1"))))
        bench.effects = []
        bench.send(.seen(Self.key("S2"), Sighting(name: "Polar", rssi: -50)))
        bench.send(.linkDown(Self.key("S1")))
        bench.pass(60)
        #expect(bench.effects.isEmpty)
    }

    @Test("still hands on packets that come while links are being ended")
    func packetsAfterStop() {
        var bench = Bench()
        bench.want("S1")
        bench.stream(Self.key("S1"))
        _ = bench.keeper.stop(at: bench.now)
        bench.effects = []
        let moment = Moment(instant: bench.now, utc: UTC(nanosecondsSince1970: 0))
        bench.send(.value(Self.key("S1"), Self.packet, moment))
        #expect(bench.effects == [.report(.packet("S1", Self.packet, moment))])
    }

    @Test("starts afresh when the Bluetooth service dies and comes back")
    func serviceRestarts() {
        var bench = Bench()
        bench.want("S1")
        bench.stream(Self.key("S1"))
        bench.send(.serviceGone)
        #expect(bench.keeper.states["S1"] == .unseen)
        bench.effects = []
        bench.send(.adapter(Self.adapter))
        #expect(bench.did(.startDiscovery("00:AA")))
    }
}
