import Testing

@testable import HRV

@Suite("Coherence of a group, update by update")
struct GroupCoherenceMeterTests {
    private static let pacer = 0.1

    /// The update of a heart that swings as `cos(2 pi f t + phase)`, over the window that ends at `tEnd`.
    private func update(_ phase: Double, tEnd: Double, due: Double, frequency: Double = pacer) -> CoherenceUpdate {
        var engine = CoherenceEngine()
        let samples = (0..<CoherenceWindow.samples).map { k in
            let t = tEnd - Double(CoherenceWindow.samples - 1 - k) / CoherenceWindow.rate
            return 800 + 60 * Numerics.cosine(2 * Double.pi * frequency * t + phase)
        }
        let result = engine.coherence(samples: samples)
        return CoherenceUpdate(
            t: due, tEnd: tEnd, beats: 0, clean: 1, corrected: 0, irregular: 0, result: result,
            pacing: engine.pacedSwing(at: Self.pacer))
    }

    /// Updates of members whose windows end on beats of their own, up to a second before they are due.
    private func updates(phases: [Double], count: Int, from start: Double = 0) -> [(Int, CoherenceUpdate)] {
        (0..<count).flatMap { step in
            phases.enumerated().map { member, phase in
                let due = start + 64.9 + Double(member) * 0.7 + 5 * Double(step)
                let early = Double((step * 7 + member * 3) % 10) / 12
                return (member, update(phase, tEnd: due - early, due: due))
            }
        }
    }

    @Test("hearts in step are in step although each one's window ends on a beat of its own")
    func inStep() throws {
        var meter = GroupCoherenceMeter(pacerHz: Self.pacer, start: 0)
        for (member, update) in updates(phases: [0.4, 0.4, 0.4, 0.4], count: 8) { meter.add(update, of: member) }
        #expect(meter.members == 4 && meter.updates == 8)
        #expect(try #require(meter.coherence.locking) > 0.9999)
        #expect(try #require(meter.coherence.resultant) > 0.9999)
        #expect(meter.reason == nil)
    }

    @Test("hearts a third of a breath apart keep their distance and are not in step")
    func apart() throws {
        let third = 2 * Double.pi / 3
        var meter = GroupCoherenceMeter(pacerHz: Self.pacer, start: 0)
        for (member, update) in updates(phases: [0, third, -third], count: 8) { meter.add(update, of: member) }
        #expect(try #require(meter.coherence.locking) > 0.999)
        #expect(try #require(meter.coherence.resultant) < 0.01)
    }

    @Test("the figures are those of the whole matrix of phases, in whatever order updates come")
    func sameAsWhole() throws {
        var seed: UInt64 = 7
        func random() -> Double {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(seed >> 11) / Double(1 << 53)
        }
        var given: [(Int, CoherenceUpdate)] = []
        var rows: [[Double?]] = []
        for step in 0..<20 {
            var row: [Double?] = []
            for member in 0..<5 {
                guard random() > 0.25 else {
                    row.append(nil)
                    continue
                }
                let phase = 6 * random()
                let due = 64.5 + 5 * Double(step)
                given.append((member, update(phase, tEnd: due, due: due)))
                row.append(phase)
            }
            rows.append(row)
        }
        let whole = GroupCoherence(phases: rows)
        for order in [given, given.reversed(), given.sorted { $0.0 < $1.0 }] {
            var meter = GroupCoherenceMeter(pacerHz: Self.pacer, start: 0)
            for (member, update) in order { meter.add(update, of: member) }
            #expect(abs(try #require(meter.coherence.locking) - (try #require(whole.locking))) < 1e-3)
            #expect(abs(try #require(meter.coherence.resultant) - (try #require(whole.resultant))) < 1e-3)
        }
    }

    @Test("what lies outside the stretch, has no score or another pacer does not count")
    func leftOut() {
        var meter = GroupCoherenceMeter(pacerHz: Self.pacer, start: 100)
        var without = update(0, tEnd: 170, due: 170)
        without.result = nil
        var other = update(0, tEnd: 170, due: 170)
        other.pacing?.pacerHz = 0.09
        let given: [(CoherenceUpdate, until: Double, counts: Bool, Comment)] = [
            (update(0, tEnd: 163, due: 163), .infinity, false, "it began before the stretch"),
            (update(0, tEnd: 170, due: 170), 169, false, "it ended after the stretch"),
            (without, .infinity, false, "it has no score"), (other, .infinity, false, "it has another pacer"),
            (update(0, tEnd: 170, due: 170), 170, true, "it lies inside"),
            (update(0, tEnd: 171, due: 171), .infinity, false, "the first of a slot counts"),
        ]
        for (update, end, counts, comment) in given {
            let counted = meter.add(update, of: 0, until: end)
            #expect(counted == counts, comment)
        }
        #expect(meter.members == 1 && meter.updates == 0)
    }

    @Test("fewer than three members, or than six updates, are a reason in place of a figure")
    func reasons() {
        let empty = GroupCoherenceMeter(pacerHz: Self.pacer, start: 0)
        #expect(empty.reason == "needs a window of 64 s wholly inside the phase")
        var two = GroupCoherenceMeter(pacerHz: Self.pacer, start: 0)
        for (member, update) in updates(phases: [0, 1], count: 10) { two.add(update, of: member) }
        #expect(two.coherence.locking == nil && two.coherence.resultant == nil)
        #expect(two.reason == "needs 3 straps with clean beats, has 2")
        var brief = GroupCoherenceMeter(pacerHz: Self.pacer, start: 0)
        for (member, update) in updates(phases: [0, 1, 2], count: 5) { brief.add(update, of: member) }
        #expect(brief.coherence.locking == nil)
        #expect(brief.reason == "needs 3 straps together over 94 s of this phase")
        #expect(brief.members(shortlyBefore: 90) == 3 && brief.members(shortlyBefore: 120) == 0)
    }
}
