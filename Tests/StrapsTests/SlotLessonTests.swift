import Testing
import Timekeeping

@testable import Straps

/// Adapters hold fewer or more links than is known of them.
@Suite("What adapters teach")
struct SlotLessonTests {
    typealias Bench = StrapKeeperTests.Bench

    static func key(_ strap: String) -> StrapKey { StrapKeeperTests.key(strap) }

    static func bench(slots: Int, isFixed: Bool = false, lesson: SlotLesson? = nil) -> Bench {
        var bench = Bench(adapters: [])
        bench.keeper = StrapKeeper(lessons: lesson.map { ["00:AA": $0] } ?? [:])
        bench.send(
            .adapter(
                AdapterReport(address: "00:AA", name: "hci0", isPowered: true, slots: slots, isSlotsFixed: isFixed)))
        return bench
    }

    /// Hears a strap again and again, while Connect is never answered, until so much time has passed.
    static func attempts(_ straps: [String], for seconds: Int, in bench: inout Bench) -> [StrapKey] {
        var tried: [StrapKey] = []
        for _ in 0..<seconds {
            for strap in straps { bench.send(.seen(key(strap), Sighting(name: "", rssi: -60))) }
            bench.answerDiscovery()
            bench.pass(1)
            for case .radio(let command) in bench.take({ if case .radio = $0 { true } else { false } }) {
                if case .connect(let key) = command { tried.append(key) }
                if case .disconnect = command { bench.send(.answer(command, nil)) }
                switch command {
                case .startDiscovery, .stopDiscovery: bench.send(.answer(command, nil))
                default: break
                }
            }
            stayAlive(in: &bench)
        }
        return tried
    }

    /// Whoever streams goes on doing so.
    static func stayAlive(in bench: inout Bench) {
        for (strap, state) in bench.keeper.states where state == .streaming {
            let moment = Moment(instant: bench.now, utc: UTC(nanosecondsSince1970: 0))
            bench.send(.value(key(strap), StrapKeeperTests.packet, moment))
        }
    }

    static func lessons(_ bench: Bench) -> [SlotLesson] {
        bench.effects.compactMap { if case .report(.learned("00:AA", let lesson)) = $0 { lesson } else { nil } }
    }

    static func wantAll(_ count: Int, in bench: inout Bench) -> [String] {
        let straps = (1...count).map { "S\($0)" }
        for strap in straps { bench.want(strap) }
        return straps
    }

    @Test("one link beyond the number is tried once a minute, given up soon, and the refusal is learned")
    func probeRefused() {
        var bench = Self.bench(slots: 1)
        _ = Self.wantAll(2, in: &bench)
        bench.stream(Self.key("S1"))
        bench.effects = []
        let tried = Self.attempts(["S2"], for: 59, in: &bench)
        #expect(tried == [Self.key("S2")])
        #expect(Self.lessons(bench) == [SlotLesson(held: 1, refusedAt: 1)])
        let advice = bench.effects.compactMap { if case .report(.advice("S2", let text)) = $0 { text } else { nil } }
        #expect(advice.last?.contains("hci0 holds 1") == true)
        #expect(bench.keeper.states["S1"] == .streaming)
        #expect(Self.attempts(["S2"], for: 60, in: &bench) == [Self.key("S2")])
    }

    @Test("a link beyond the number that holds is learned, and the next one is tried after it")
    func probeHeld() {
        var bench = Self.bench(slots: 1)
        let straps = Self.wantAll(3, in: &bench)
        for strap in straps { bench.stream(Self.key(strap)) }
        #expect(bench.keeper.states.values.allSatisfy { $0 == .streaming })
        #expect(Self.lessons(bench) == [SlotLesson(held: 2), SlotLesson(held: 3)])
    }

    @Test("a number that people or the adapter itself gave is never exceeded")
    func fixed() {
        var bench = Self.bench(slots: 1, isFixed: true)
        _ = Self.wantAll(2, in: &bench)
        bench.stream(Self.key("S1"))
        bench.effects = []
        #expect(Self.attempts(["S2"], for: 120, in: &bench).isEmpty)
    }

    @Test("time-outs of two straps while others hold their links tell that the adapter is full below its number")
    func fullBelowTheNumber() {
        var bench = Self.bench(slots: 5)
        _ = Self.wantAll(4, in: &bench)
        bench.stream(Self.key("S1"))
        bench.stream(Self.key("S2"))
        bench.effects = []
        let tried = Self.attempts(["S3", "S4"], for: 80, in: &bench)
        #expect(Self.lessons(bench).last?.refusedAt == 2)
        // Two full tries; once the number is learned, a short probe.
        #expect(tried.count == 3)
    }

    @Test("a strap that does not answer says nothing about an adapter without links")
    func lonelyStrap() {
        var bench = Self.bench(slots: 5)
        _ = Self.wantAll(1, in: &bench)
        #expect(Self.attempts(["S1"], for: 300, in: &bench).count > 5)
        #expect(Self.lessons(bench).isEmpty)
    }

    @Test("what was learned earlier counts from the start, and one probe a session can correct it")
    func remembered() {
        var bench = Self.bench(slots: 5, lesson: SlotLesson(held: 1, refusedAt: 1))
        _ = Self.wantAll(2, in: &bench)
        bench.stream(Self.key("S1"))
        bench.stream(Self.key("S2"))
        #expect(Self.lessons(bench) == [SlotLesson(held: 2)])
        #expect(bench.keeper.states["S2"] == .streaming)
    }

    @Test("an answer that says so is believed at once", arguments: [1, 3])
    func refusedInWords(_ held: Int) {
        var bench = Self.bench(slots: 5)
        let straps = Self.wantAll(held + 1, in: &bench)
        for strap in straps.dropLast() { bench.stream(Self.key(strap)) }
        let last = Self.key(straps[held])
        bench.send(.seen(last, Sighting(name: "", rssi: -60)))
        bench.answerDiscovery()
        #expect(bench.did(.connect(last)))
        bench.send(.answer(.connect(last), RadioFailure(kind: .outOfSlots, message: "Too many links", advice: "")))
        #expect(Self.lessons(bench).last == SlotLesson(held: held, refusedAt: held))
    }
}

@Suite("Patterns of trouble")
struct TroubleTests {
    typealias Bench = StrapKeeperTests.Bench

    static let key = StrapKeeperTests.key("S1")

    static func advice(_ bench: Bench) -> [String] {
        bench.effects.compactMap { if case .report(.advice("S1", let text)) = $0 { text } else { nil } }
    }

    static func heard(_ bench: inout Bench) {
        bench.answerDiscovery()
        bench.send(.seen(key, Sighting(name: "", rssi: -60)))
        bench.answerDiscovery()
    }

    @Test("a strap nobody hears is spoken of once, with what to do")
    func unheard() {
        var bench = Bench()
        bench.want("S1")
        bench.pass(19)
        #expect(Self.advice(bench).isEmpty)
        bench.pass(60)
        #expect(Self.advice(bench) == [Advice.unheard])
    }

    @Test("a strap during whose Connect the service died twice is forgotten before it is tried again")
    func killsService() {
        var bench = Bench()
        bench.want("S1")
        for time in 1...2 {
            Self.heard(&bench)
            #expect(bench.did(.connect(Self.key)))
            if time == 2 { bench.send(.linkUp(Self.key)) }
            bench.send(.serviceGone)
            #expect(Self.advice(bench).contains(Advice.killsService) == (time == 2))
            bench.effects.removeAll { if case .radio = $0 { true } else { false } }
            bench.send(.adapter(StrapKeeperTests.adapter))
        }
        Self.heard(&bench)
        #expect(bench.did(.unpair(Self.key)))
        #expect(!bench.did(.connect(Self.key)))
        bench.send(.answer(.unpair(Self.key), nil))
        Self.heard(&bench)
        bench.pass(10)
        Self.heard(&bench)
        #expect(bench.did(.connect(Self.key)))
    }

    @Test(
        "three links that end at the same age have a reason that is told",
        arguments: [([30.0, 31, 30.5], true), ([30, 60, 31], false), ([2, 2, 2], false)])
    func regularDrops(_ ages: [Double], _ isTold: Bool) {
        var bench = Bench()
        bench.want("S1")
        for age in ages {
            bench.stream(Self.key)
            #expect(bench.keeper.states["S1"] == .streaming)
            for _ in 0..<Int(age * 2) {
                bench.pass(0.5)
                bench.send(
                    .value(
                        Self.key, StrapKeeperTests.packet,
                        Moment(instant: bench.now, utc: UTC(nanosecondsSince1970: 0))))
            }
            bench.send(.linkDown(Self.key))
            bench.pass(15)
        }
        #expect(Self.advice(bench).contains { $0.contains("MaxConnectionInterval") } == isTold)
    }
}
