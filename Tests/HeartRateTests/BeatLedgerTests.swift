import HeartRate
import Testing

@Suite("The beat ledger")
struct BeatLedgerTests {
    /// A packet of beats of `ticks`.
    static func packet(_ ticks: [UInt16]) -> Measurement {
        var bytes: [UInt8] = [0x10, 60]
        for interval in ticks { bytes += [UInt8(interval & 0xFF), UInt8(interval >> 8)] }
        guard let measurement = try? Measurement(bytes: bytes) else { preconditionFailure("the packet is well formed") }
        return measurement
    }

    /// A ledger fed with one beat of 1 s a second for `seconds`, the first packet arriving at 1 s.
    static func steady(_ seconds: Int, ledger: inout BeatLedger) {
        for second in 1...seconds { _ = ledger.add(packet([1024]), at: Double(second), packet: second) }
    }

    @Test("anchors a segment at the first arrival and then counts only intervals")
    func runningSum() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        let first = ledger.add(Self.packet([512, 1024]), at: 10, packet: 1)
        let second = ledger.add(Self.packet([1024]), at: 11.4, packet: 2)
        #expect(first.recorded.map(\.end) == [9, 10])
        #expect(second.recorded.map(\.end) == [11])
        #expect(first.settled == first.recorded)
        #expect((first.recorded + second.recorded).map(\.sequence) == [1, 2, 3])
        #expect((first.recorded + second.recorded).allSatisfy { $0.flag == .ok && $0.segment == 1 })
        #expect(second.recorded.map(\.packet) == [2])
    }

    @Test("keeps beats that are older than the subscription outside of every sum")
    func flushed() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 100)
        let update = ledger.add(Self.packet(Array(repeating: 1024, count: 9)), at: 100.5, packet: 1)
        #expect(update.recorded.map(\.flag) == Array(repeating: .flushed, count: 7) + [.ok, .ok])
        #expect(update.recorded.prefix(7).allSatisfy { $0.end == nil })
        #expect(update.settled.map(\.end) == [99.5, 100.5])
        #expect(update.recorded.map(\.sequence) == Array(1...9))
    }

    @Test("takes a second packet of old beats for old as well")
    func flushedTwice() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        _ = ledger.add(Self.packet(Array(repeating: 1024, count: 9)), at: 0.5, packet: 1)
        let second = ledger.add(Self.packet(Array(repeating: 1024, count: 9)), at: 0.6, packet: 2)
        #expect(second.recorded.allSatisfy { $0.flag == .flushed })
    }

    @Test("loses nothing and opens no gap when late packets come in a burst")
    func burst() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        Self.steady(20, ledger: &ledger)
        var settled: [Beat] = []
        for index in 0..<6 {
            let update = ledger.add(Self.packet([1024]), at: 26.0 + Double(index) * 0.01, packet: 21 + index)
            #expect(update.gap == nil)
            #expect(update.recorded.count == 1)
            settled += update.settled
        }
        #expect(settled.map(\.end) == [21, 22, 23, 24, 25, 26])
        #expect(settled.allSatisfy { $0.segment == 1 && $0.flag == .ok })
    }

    @Test("opens a gap before the first late packet, as long as the smallest lag")
    func gap() throws {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        Self.steady(20, ledger: &ledger)
        var updates: [BeatLedger.Update] = []
        for second in 30...36 {
            let jitter = second == 32 ? 0.0 : 0.3
            updates.append(ledger.add(Self.packet([1024]), at: Double(second) + jitter, packet: second))
        }
        #expect(updates.prefix(5).allSatisfy { $0.settled.isEmpty && $0.recorded.count == 1 })
        let decided = updates[5]
        let gap = try #require(decided.gap)
        #expect(gap.start == 20)
        #expect(gap.seconds == 9)
        #expect(decided.settled.map(\.end) == [30, 31, 32, 33, 34, 35])
        #expect(decided.settled.map(\.flag) == [.gapBefore, .ok, .ok, .ok, .ok, .ok])
        #expect(decided.settled.allSatisfy { $0.segment == 2 })
        #expect(decided.revised.map(\.sequence) == [21, 22, 23, 24, 25])
        #expect(decided.recorded.map(\.sequence) == [26])
        #expect(updates[6].settled.map(\.end) == [36])
        #expect(updates[6].settled.map(\.segment) == [2])
    }

    @Test("needs more than 1.5 of the longest recent interval for a gap")
    func slowHeart() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        for index in 1...20 { _ = ledger.add(Self.packet([2048]), at: Double(2 * index), packet: index) }
        for index in 21...30 {
            let update = ledger.add(Self.packet([2048]), at: Double(2 * index) + 2.9, packet: index)
            #expect(update.gap == nil)
            #expect(update.settled.count == 1)
        }
    }

    @Test("opens a segment at every reconnect and flags its first beat")
    func reconnect() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        Self.steady(5, ledger: &ledger)
        _ = ledger.beginSegment(at: 60)
        let update = ledger.add(Self.packet([1024, 1024]), at: 61, packet: 6)
        #expect(update.recorded.map(\.flag) == [.gapBefore, .ok])
        #expect(update.recorded.map(\.segment) == [2, 2])
        #expect(update.recorded.map(\.end) == [60, 61])
    }

    @Test("counts no segment for a subscription that brought no beat")
    func emptySegments() {
        var ledger = BeatLedger()
        for second in 0..<5 { _ = ledger.beginSegment(at: Double(second)) }
        let update = ledger.add(Self.packet([1024]), at: 6, packet: 1)
        #expect(update.recorded.map(\.segment) == [1])
        #expect(update.recorded.map(\.flag) == [.ok])
    }

    @Test("settles what it held when the link ends before it could tell")
    func heldAtTheEnd() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        Self.steady(20, ledger: &ledger)
        let late = ledger.add(Self.packet([1024]), at: 30, packet: 21)
        #expect(late.settled.isEmpty)
        #expect(ledger.finish().settled.map(\.end) == [21])
    }

    @Test("calls a unit suspect, and no gap, when the lag grows in a straight line of 2.34 %")
    func milliseconds() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        var arrival = 0.0
        var suspectAt: Double?
        for packet in 1...400 {
            arrival += 0.9
            let jitter = Double(packet * 7919 % 100) / 400
            let update = ledger.add(Self.packet([900]), at: arrival + jitter, packet: packet)
            #expect(update.gap == nil)
            if update.unitBecameSuspect { suspectAt = arrival }
        }
        #expect(suspectAt.map { (180...190).contains($0) } == true)
        #expect(ledger.isUnitSuspect)
        #expect(ledger.segment == 1)
    }

    @Test("still sees a gap in a segment whose unit is suspect")
    func gapDespiteSuspectUnit() {
        var ledger = BeatLedger()
        _ = ledger.beginSegment(at: 0)
        var arrival = 0.0
        for packet in 1...300 {
            arrival += 0.9
            _ = ledger.add(Self.packet([900]), at: arrival, packet: packet)
        }
        arrival += 20
        var gaps = 0
        for packet in 301...320 {
            arrival += 0.9
            gaps += ledger.add(Self.packet([900]), at: arrival, packet: packet).gap == nil ? 0 : 1
        }
        #expect(gaps == 1)
    }

    @Test("writes every interval down once, in order and unchanged, whatever the air does")
    func nothingLost() {
        var seed: UInt64 = 42
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        for _ in 0..<50 {
            var ledger = BeatLedger()
            var sent: [UInt16] = []
            var recorded: [Int: Beat] = [:]
            var settled: [Beat] = []
            var arrival = 0.0
            for packet in 1...200 {
                if next(60) == 0 { settled += ledger.beginSegment(at: arrival).settled }
                arrival += next(15) == 0 ? Double(next(20)) : 0.8
                let ticks = (0..<next(4)).map { _ in UInt16(500 + next(900)) }
                sent += ticks
                let update = ledger.add(Self.packet(ticks), at: arrival, packet: packet)
                for beat in update.recorded + update.revised { recorded[beat.sequence] = beat }
                settled += update.settled
            }
            settled += ledger.finish().settled
            #expect((1...max(sent.count, 1)).compactMap { recorded[$0]?.ticks } == sent)
            #expect(settled == settled.map { recorded[$0.sequence] })
            #expect(settled.map(\.sequence) == recorded.values.filter { $0.flag != .flushed }.map(\.sequence).sorted())
        }
    }
}
