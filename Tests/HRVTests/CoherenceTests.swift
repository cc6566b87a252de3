import Glibc
import HRV
import Testing

@Suite("Coherence by open-coherence-1")
struct CoherenceTests {
    /// A tachogram at 4 Hz by formula, and the result that an independent implementation gives.
    struct Even: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var parts: [(amplitude: Double, hz: Double, phase: Double)]
        var drift = 0.0
        var peakHz: Double?
        var edge = false
        var pp, pb, pa, tp, pct, ratio, ep, score: Double

        var samples: [Double] {
            (0..<256).map { k in
                let time = Double(k) / 4
                return parts.reduce(drift * time) { $0 + $1.amplitude * sin(2 * .pi * $1.hz * time + $1.phase) }
            }
        }
    }

    static let evens = [
        Even(
            testDescription: "0.1 Hz", parts: [(50, 0.1, 0.7)], peakHz: 0.099609375,
            pp: 1128.92025, pb: 58.33617516, pa: 66.37603426, tp: 1253.63246,
            pct: 90.05193201, ratio: 9.052203111, ep: 329.1374305, score: 5.799509024
        ),
        Even(
            testDescription: "on the grid", parts: [(50, 0.109375, 0)], peakHz: 0.109375,
            pp: 1129.447735, pb: 63.89123594, pa: 60.27288978, tp: 1253.611861,
            pct: 90.09548891, ratio: 9.096409518, ep: 331.2599821, score: 5.805917741
        ),
        Even(
            testDescription: "two equal peaks", parts: [(30, 0.08, 0), (30, 0.18, 0.5)], peakHz: 0.080078125,
            pp: 406.7395995, pb: 24.46032312, pa: 471.2392577, tp: 902.4391804,
            pct: 45.07113702, ratio: 0.8205365009, ep: 14.35255634, score: 2.731281997
        ),
        Even(
            testDescription: "on a slope", parts: [(50, 0.1, 0.7)], drift: 2, peakHz: 0.099609375,
            pp: 1128.92025, pb: 58.33617516, pa: 66.37603426, tp: 1253.63246,
            pct: 90.05193201, ratio: 9.052203111, ep: 329.1374305, score: 5.799509024
        ),
        Even(
            testDescription: "below the band", parts: [(50, 0.02, 0.7)], peakHz: 0.0400390625, edge: true,
            pp: 379.6599507, pb: 1320.300418, pa: 0.2229196076, tp: 1700.183288,
            pct: 22.33053067, ratio: 0.2875071874, ep: 489.743345, score: 0
        ),
        Even(testDescription: "constant", parts: [], pp: 0, pb: 0, pa: 0, tp: 0, pct: 0, ratio: 0, ep: 0, score: 0),
    ]

    @Test("even samples give the published powers and scores", arguments: evens)
    func evenSamples(_ even: Even) throws {
        let found = try #require(Series.coherence(samples: even.samples))
        #expect(found.peakHz == even.peakHz)
        #expect(found.edge == even.edge)
        for (value, wanted) in [
            (found.pp, even.pp), (found.pb, even.pb), (found.pa, even.pa), (found.tp, even.tp),
            (found.pct, even.pct), (found.ratio, even.ratio), (found.ep, even.ep), (found.score, even.score),
        ] {
            #expect(abs(value - wanted) <= 1e-8 * max(1, abs(wanted)))
        }
    }

    @Test("a pure sine scores 5.7 to 5.9 at any rate of breathing", arguments: (6...20).map { Double($0) / 100 })
    func pureSine(_ hz: Double) throws {
        let intervals = Series.tachogram(count: 200) { 900 + 50 * sin(2 * .pi * hz * $0) }
        let found = try #require(Series.coherence(intervals))
        #expect(found.score > 5.6 && found.score < 5.9)
        #expect(found.isLocked(toPacer: hz))
        #expect(!found.isLocked(toPacer: hz + 0.02))
    }

    @Test("white noise scores low on average")
    func noise() {
        let updates = Analysis.updates(of: BeatSeries(rr: Series.noise(count: 400)), options: .init(artifacts: .keep))
        let mean = CoherenceSummary(updates).mean ?? .nan
        #expect(mean > 0.1 && mean < 0.6)
    }

    @Test("a window without enough beats has no coherence")
    func tooShort() {
        var engine = CoherenceEngine()
        let uneven = engine.coherence(intervals: [900, 900], endTimes: [0.9])
        #expect(uneven == nil)
        #expect(Series.coherence([]) == nil)
        #expect(Series.coherence(samples: [1, 2, 3]) == nil)
        #expect(Series.coherence([Double](repeating: 900, count: 71)) == nil)
        #expect(Series.coherence([Double](repeating: 900, count: 72)) != nil)
    }

    @Test("an engine that has seen other windows gives the same result as a new one, bit for bit")
    func reuse() {
        let first = Series.noise(count: 100)
        let second = Series.breathing
        var used = CoherenceEngine()
        _ = used.coherence(intervals: first, endTimes: Series.ends(first))
        let again = used.coherence(intervals: second, endTimes: Series.ends(second))
        #expect(again != nil && again == Series.coherence(second))
    }

    @Test(
        "bands begin at their limits",
        arguments: [
            (0.0, CoherenceBands.Band.low), (0.5999, .low), (0.6, .medium), (2.0999, .medium), (2.1, .high),
            (5.8, .high),
        ])
    func bands(_ score: Double, _ band: CoherenceBands.Band) {
        #expect(CoherenceBands.standard.band(of: score) == band)
    }

    @Test("limits that make no sense are refused and good ones are named")
    func limits() throws {
        #expect(CoherenceBands(medium: 2, high: 1) == nil)
        #expect(CoherenceBands(medium: 0, high: 1) == nil)
        #expect(CoherenceBands(medium: .nan, high: 1) == nil)
        #expect(CoherenceBands.standard.description == "low < 0.6, medium 0.6 to 2.1, high >= 2.1")
        #expect(try #require(CoherenceBands(medium: 1, high: 3)).band(of: 2.9) == .medium)
    }

    @Test("the demodulate has the phase of the swing")
    func demodulate() {
        var engine = CoherenceEngine()
        for phase in [-2.0, -0.5, 0, 1, 3] {
            let samples = (0..<256).map { 40 * cos(2 * .pi * 0.1 * Double($0) / 4 + phase) }
            _ = engine.coherence(samples: samples)
            #expect(abs(engine.pacedSwing(at: 0.1).phase - phase) < 0.02)
        }
    }
}
