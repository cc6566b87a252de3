import Testing
import Timekeeping

@testable import Straps

@Suite("Whatever the air does")
struct RandomAirTests {
    /// A pseudo-random radio that answers, fails, drops, forgets and lies.
    struct Air {
        var seed: UInt64
        var keeper = StrapKeeper()
        var now = Instant(seconds: 0)
        var pending: [RadioCommand] = []
        var connecting: [AdapterAddress: StrapKey] = [:]
        var links: Set<StrapKey> = []
        var mostLinks = 0
        var doubleConnects = 0
        var streamed: Set<StrapAddress> = []

        mutating func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }

        mutating func carryOut(_ effects: [StrapEffect]) {
            for effect in effects {
                guard case .radio(let command) = effect else {
                    if case .report(.streaming(let strap, _)) = effect { streamed.insert(strap) }
                    continue
                }
                if case .connect(let key) = command {
                    if connecting[key.adapter] != nil { doubleConnects += 1 }
                    connecting[key.adapter] = key
                }
                if case .disconnect(let key) = command, connecting[key.adapter] == key { connecting[key.adapter] = nil }
                pending.append(command)
            }
        }

        mutating func send(_ event: RadioEvent) { carryOut(keeper.apply(event, at: now)) }

        mutating func answer(isKind: Bool) {
            guard !pending.isEmpty else { return }
            let command = pending.remove(at: next(pending.count))
            let fails = !isKind && next(4) == 0
            let failure = fails ? RadioFailure(kind: Self.kinds[next(Self.kinds.count)], message: "", advice: "") : nil
            switch command {
            case .connect(let key):
                guard connecting[key.adapter] == key else { break }
                connecting[key.adapter] = nil
                if failure == nil, isKind || next(8) != 0 {
                    links.insert(key)
                    mostLinks = max(mostLinks, links.count)
                    send(.linkUp(key))
                }
            case .disconnect(let key):
                if links.remove(key) != nil { send(.linkDown(key)) }
            case .startNotify(let key):
                send(.answer(command, failure))
                if failure == nil, links.contains(key), isKind || next(5) != 0 { value(key) }
                return
            case .startDiscovery, .stopDiscovery, .stopNotify, .describe, .forget, .unpair: break
            }
            send(.answer(command, failure))
            if case .connect(let key) = command, links.contains(key), isKind || next(6) != 0 { send(.ready(key)) }
        }

        mutating func value(_ key: StrapKey) {
            let moment = Moment(instant: now, utc: UTC(nanosecondsSince1970: 0))
            send(.value(key, StrapKeeperTests.packet, moment))
        }

        static let kinds: [RadioFailure.Kind] = [.busy, .transient, .timeOut, .gone, .notConnected, .needsPairing]

        mutating func step(straps: [StrapAddress], isKind: Bool) {
            now = now.advanced(by: .milliseconds(200))
            carryOut(keeper.tick(at: now))
            answer(isKind: isKind)
            for key in links where isKind || next(3) != 0 { value(key) }
            let key = StrapKey(adapter: "00:AA", strap: straps[next(straps.count)])
            if !links.contains(key) { send(.seen(key, Sighting(name: "", rssi: -60 - next(20)))) }
            guard !isKind, next(20) == 0 else { return }
            let wasUp = links.remove(key) != nil
            if next(3) == 0 {
                if connecting[key.adapter] == key { connecting[key.adapter] = nil }
                send(.vanished(key))
            } else if wasUp {
                send(.linkDown(key))
            }
        }
    }

    @Test(
        "there is one Connect in flight, no more links than slots, and everyone streams in the end", arguments: 1...1000
    )
    func invariants(seed: Int) {
        var air = Air(seed: UInt64(seed) &* 0x9E37_79B9_7F4A_7C15)
        let straps = (1...6).map { "S\($0)" }
        air.send(.adapter(AdapterReport(address: "00:AA", name: "hci0", isPowered: true, slots: 6)))
        for strap in straps { air.carryOut(air.keeper.want(strap, at: air.now)) }
        for _ in 0..<200 { air.step(straps: straps, isKind: false) }
        for _ in 0..<900 { air.step(straps: straps, isKind: true) }
        #expect(air.doubleConnects == 0)
        #expect(air.streamed.count == straps.count)
        #expect(air.keeper.states.filter { $0.value != .streaming } == [:])
        let after = air.keeper.stop(at: air.now)
        #expect(after.count { if case .radio(.disconnect) = $0 { true } else { false } } == straps.count)
        #expect(air.keeper.tick(at: air.now.advanced(by: .seconds(600))).isEmpty)
    }

    @Test("a fixed number of slots is never exceeded, and all of them are used in the end", arguments: 1...1000)
    func fullAdapter(seed: Int) {
        var air = Air(seed: UInt64(seed) &* 0xD1B5_4A32_D192_ED03)
        let straps = (1...5).map { "S\($0)" }
        air.send(
            .adapter(
                AdapterReport(address: "00:AA", name: "hci0", isPowered: true, slots: 3, isSlotsFixed: true)))
        for strap in straps { air.carryOut(air.keeper.want(strap, at: air.now)) }
        for _ in 0..<200 { air.step(straps: straps, isKind: false) }
        #expect(air.mostLinks <= 3)
        for _ in 0..<900 { air.step(straps: straps, isKind: true) }
        #expect(air.doubleConnects == 0)
        #expect(air.mostLinks <= 3)
        #expect(air.keeper.states.values.count { $0 == .streaming } == 3)
    }
}
