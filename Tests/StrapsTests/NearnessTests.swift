import Testing
import Timekeeping

@testable import Straps

/// A pairing table: what is heard when, and what comes of it.
struct NearnessBench {
    var nearness: Nearness
    var now = 0.0
    var effects: [Nearness.Effect] = []

    init(way: Nearness.Way = .near) { nearness = Nearness(way: way) }

    mutating func send(_ event: Nearness.Event) {
        effects += nearness.apply(event, at: Instant(seconds: now))
    }

    /// Every strap advertises twice a second; the one that is looked at has a link and is silent.
    mutating func hear(_ signals: [String: Int], for seconds: Double) {
        let end = now + seconds
        while now < end - 1e-9 {
            now += 0.5
            for (strap, rssi) in signals.sorted(by: { $0.key < $1.key }) where nearness.candidate?.strap != strap {
                send(.heard(strap, rssi: rssi))
            }
            send(.timePassed)
        }
    }

    /// The strap sends a packet a second with these intervals, 1/1024 s.
    mutating func beat(_ strap: String, _ intervals: [UInt16?]) {
        for ticks in intervals {
            now += 1
            let beats = ticks.map { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } ?? []
            send(.packet(strap, [0x10, 60] + beats))
        }
    }

    mutating func take() -> [Nearness.Effect] {
        defer { effects = [] }
        return effects
    }
}

@Suite("Which strap is meant") struct NearnessTests {
    @Test(
        "the nearest is connected when it is 10 dB nearer than the next for 3 s",
        arguments: [
            (["A": -48, "B": -74], 2.5, nil), (["A": -48, "B": -74], 4.0, "A"), (["A": -48, "B": -58], 4.0, "A"),
            (["A": -48, "B": -57], 20.0, nil), (["A": -48], 4.0, "A"), (["B": -50, "A": -80, "C": -81], 4.0, "B"),
        ])
    func nearest(signals: [String: Int], seconds: Double, expected: String?) {
        var bench = NearnessBench()
        bench.hear(signals, for: seconds)
        #expect(bench.take() == (expected.map { [.want($0)] } ?? []))
        #expect(bench.nearness.candidate?.strap == expected)
    }

    @Test("two that are about as near as one another are both named, and none is connected")
    func ambiguous() {
        var bench = NearnessBench()
        bench.hear(["A": -50, "B": -45, "C": -70], for: 2)
        #expect(bench.nearness.rivals.isEmpty, "not before 3 s")
        bench.hear(["A": -50, "B": -45, "C": -70], for: 2)
        #expect(bench.nearness.rivals == ["B", "A"])
        #expect(bench.take().isEmpty)
        bench.hear(["A": -70, "B": -45, "C": -70], for: 8)
        #expect(bench.take() == [.want("B")])
        #expect(bench.nearness.rivals.isEmpty)
    }

    @Test("a single loud reading gives no lead")
    func outlier() {
        var bench = NearnessBench()
        bench.hear(["A": -70, "B": -70], for: 5)
        bench.send(.heard("A", rssi: -40))
        bench.hear(["A": -70, "B": -70], for: 5)
        #expect(bench.take().isEmpty)
    }

    @Test("it is offered after four plausible beats in a row")
    func offered() {
        var bench = NearnessBench()
        bench.hear(["A": -48, "B": -74], for: 4)
        bench.send(.subscribing("A"))
        _ = bench.take()
        bench.beat("A", [820, 830, 815])
        #expect(bench.take().isEmpty)
        #expect(bench.nearness.candidate?.beats == 3)
        bench.beat("A", [822])
        #expect(bench.take() == [.offer("A")])
    }

    @Test(
        "beats that no heart makes begin the row anew",
        arguments: [
            ([820, 830, 60000, 820, 830, 815] as [UInt16?], 3), ([820, 830, 200, 820], 1), ([820, 830, 815, 1200], 1),
            ([nil, nil, nil, nil, nil], 0),
        ])
    func implausible(intervals: [UInt16?], row: Int) {
        var bench = NearnessBench()
        bench.hear(["A": -48], for: 4)
        bench.send(.subscribing("A"))
        _ = bench.take()
        bench.beat("A", intervals)
        #expect(bench.take().isEmpty)
        #expect(bench.nearness.candidate?.beats == row)
    }

    @Test("beats from before the link count for nothing")
    func flushed() {
        var bench = NearnessBench()
        bench.hear(["A": -48], for: 4)
        bench.send(.subscribing("A"))
        _ = bench.take()
        bench.now += 0.1
        let old = [UInt8](repeating: 0, count: 8).enumerated().map { $0.offset % 2 == 0 ? UInt8(0x34) : 0x03 }
        bench.send(.packet("A", [0x10, 60] + old + old))
        #expect(bench.take().isEmpty)
        #expect((bench.nearness.candidate?.beats ?? 9) < 4)
    }

    @Test("a strap that vanishes while it is offered is taken back, and offered again when it returns")
    func vanishes() {
        var bench = NearnessBench()
        bench.hear(["A": -48, "B": -74], for: 4)
        bench.send(.subscribing("A"))
        bench.beat("A", [820, 830, 815, 822])
        _ = bench.take()
        bench.send(.lost("A"))
        #expect(bench.take() == [.retract("A")])
        #expect(bench.nearness.candidate?.strap == "A")
        bench.send(.subscribing("A"))
        bench.beat("A", [820, 830, 815, 822])
        #expect(bench.take() == [.offer("A")])
        bench.send(.lost("A"))
        bench.hear(["B": -74], for: 21)
        #expect(bench.take() == [.retract("A"), .release("A")])
        bench.hear(["B": -74], for: 4)
        #expect(bench.take() == [.want("B")])
    }

    @Test("what belongs to somebody is neither connected nor in the way of others")
    func taken() {
        var bench = NearnessBench()
        bench.send(.taken("A"))
        bench.hear(["A": -40, "B": -48, "C": -70], for: 4)
        #expect(bench.take() == [.want("B")])
        bench.send(.rejected)
        #expect(bench.take() == [.release("B")])
        bench.send(.chosen("A"))
        #expect(bench.take().isEmpty)
        bench.send(.freed("A"))
        bench.send(.chosen("A"))
        #expect(bench.take() == [.want("A")])
    }

    @Test("what was offered stays although another comes nearer; what was not yields")
    func yields() {
        var bench = NearnessBench()
        bench.hear(["A": -60, "B": -80], for: 4)
        bench.hear(["B": -45], for: 8)
        #expect(bench.take() == [.want("A"), .release("A"), .want("B")])
        bench.send(.subscribing("B"))
        bench.beat("B", [820, 830, 815, 822])
        bench.hear(["A": -30], for: 8)
        #expect(bench.take() == [.offer("B")])
    }

    @Test("a strap that a person named stays, even unheard, until they say otherwise")
    func chosen() {
        var bench = NearnessBench()
        bench.send(.chosen("Z"))
        bench.hear(["A": -40], for: 60)
        #expect(bench.take() == [.want("Z")])
        bench.send(.rejected)
        bench.hear(["A": -40], for: 4)
        #expect(bench.take() == [.release("Z"), .want("A")])
    }

    @Test("with --by id none is connected by itself")
    func byID() {
        var bench = NearnessBench(way: .id)
        bench.hear(["A": -40, "B": -80], for: 20)
        #expect(bench.take().isEmpty && bench.nearness.rivals.isEmpty)
        bench.send(.chosen("B"))
        #expect(bench.take() == [.want("B")])
    }

    @Test("with --by new the strap is meant that was not heard before, however far it is")
    func byNew() {
        var bench = NearnessBench(way: .new)
        bench.hear(["A": -40, "B": -80], for: 20)
        #expect(bench.take().isEmpty)
        bench.send(.watch)
        bench.hear(["A": -40, "B": -80, "C": -85], for: 4)
        #expect(bench.take() == [.want("C")])
        bench.send(.taken("C"))
        #expect(!bench.nearness.isWatching, "the next person is asked first")
        bench.hear(["A": -40, "B": -80, "D": -40], for: 10)
        #expect(bench.take().isEmpty)
    }

    @Test("what is heard no more is listed no more")
    func forgotten() {
        var bench = NearnessBench()
        bench.hear(["A": -60, "B": -65], for: 2)
        bench.hear(["B": -65], for: 11)
        #expect(bench.nearness.signals.map(\.strap) == ["B"])
    }
}

@Suite("Whatever straps do while they are given") struct NearnessPropertyTests {
    private struct Random {
        var seed: UInt64
        mutating func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
    }

    private static let straps = ["A", "B", "C", "D"]

    private func event(_ random: inout Random) -> Nearness.Event {
        let strap = Self.straps[random.next(4)]
        switch random.next(20) {
        case 0: return .taken(strap)
        case 1: return .freed(strap)
        case 2: return .chosen(strap)
        case 3: return .rejected
        case 4: return .lost(strap)
        case 5: return .vanished(strap)
        case 6: return .subscribing(strap)
        case 7: return .watch
        case 8...13: return .packet(strap, [0x10, 60, UInt8(random.next(60)), 3])
        case 14: return .packet(strap, [0x10])
        default: return .heard(strap, rssi: -90 + random.next(50))
        }
    }

    @Test(
        "one strap at a time, none that is taken, offers only after four beats, and every one let go was wanted",
        arguments: Nearness.Way.allCases, 0..<20)
    func holds(way: Nearness.Way, seed: Int) {
        var random = Random(seed: UInt64(seed) &* 77 &+ 5)
        var nearness = Nearness(way: way)
        var (held, offered, taken) = (String?.none, String?.none, Set<String>())
        var packets = 0
        var wants = 0
        for step in 0..<3000 {
            let event = event(&random)
            switch event {
            case .taken(let strap):
                taken.insert(strap)
                if held == strap { (held, offered) = (nil, nil) }
            case .freed(let strap): taken.remove(strap)
            case .packet(let strap, _): if strap == held { packets += 1 }
            default: break
            }
            let before = nearness.candidate
            for effect in nearness.apply(event, at: Instant(seconds: Double(step) * 0.3)) {
                switch effect {
                case .want(let strap):
                    #expect(held == nil && !taken.contains(strap))
                    (held, packets) = (strap, 0)
                    wants += 1
                case .release(let strap):
                    #expect(held == strap && offered == nil)
                    held = nil
                case .offer(let strap):
                    #expect(held == strap && offered == nil && packets >= 4)
                    offered = strap
                case .retract(let strap):
                    #expect(offered == strap)
                    offered = nil
                }
            }
            #expect(nearness.candidate?.strap == held && nearness.candidate?.isOffered ?? false == (offered != nil))
            if let before, before.isOffered, nearness.candidate?.strap != before.strap {
                let isAsked =
                    switch event {
                    case .taken(before.strap), .chosen, .rejected: true
                    default: false
                    }
                #expect(isAsked || !before.isSending, "what is offered does not change by itself: \(event)")
            }
        }
        #expect(wants > 5)
    }
}
