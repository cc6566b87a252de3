import Glibc
import HRV
import Testing

@Suite("Coherence updates of a series")
struct CoherenceScheduleTests {
    /// One update that an independent implementation gives.
    struct Row: Sendable {
        var t: Double
        var beats: Int
        var tEnd, peakHz, pct, ratio, ep, score: Double
    }

    static let sine = Series.tachogram(count: 168) { 900 + 60 * sin(2 * .pi * 0.1 * $0) }
    static let twoPeaks = Series.tachogram(count: 167) {
        900 + 25 * sin(2 * .pi * 0.08 * $0) + 25 * sin(2 * .pi * 0.18 * $0)
    }

    static let cases: [(name: String, rr: [Double], count: Int, rows: [Row])] = [
        (
            "sine", sine, 17,
            [
                Row(
                    t: 69, beats: 76, tEnd: 68.32896694, peakHz: 0.099609375,
                    pct: 90.23760818, ratio: 9.243391358, ep: 344.8501083, score: 5.846005468),
                Row(
                    t: 124, beats: 137, tEnd: 123.1494758, peakHz: 0.099609375,
                    pct: 90.25536006, ratio: 9.262051817, ep: 346.3757601, score: 5.850407076),
                Row(
                    t: 149, beats: 165, tEnd: 148.2601908, peakHz: 0.099609375,
                    pct: 90.24497352, ratio: 9.251125427, ep: 345.4891924, score: 5.847851627),
            ]
        ),
        (
            "two peaks", twoPeaks, 17,
            [
                Row(
                    t: 69, beats: 76, tEnd: 68.47837286, peakHz: 0.080078125,
                    pct: 45.17740692, ratio: 0.8240654878, ep: 15.35865493, score: 2.794757111),
                Row(
                    t: 149, beats: 165, tEnd: 148.4552375, peakHz: 0.080078125,
                    pct: 45.16287666, ratio: 0.823582163, ep: 15.84321709, score: 2.823948029),
            ]
        ),
        (
            "breathing", Series.breathing, 15,
            [
                Row(
                    t: 69, beats: 76, tEnd: 68.38038733, peakHz: 0.099609375,
                    pct: 86.20102299, ratio: 6.246914023, ep: 157.1944571, score: 5.063825017),
                Row(
                    t: 139, beats: 154, tEnd: 138.4805851, peakHz: 0.099609375,
                    pct: 87.70664719, ratio: 7.13447735, ep: 207.4403792, score: 5.339653049),
            ]
        ),
        (
            "one ectopic", Series.oneEctopic, 15,
            [
                Row(
                    t: 124, beats: 137, tEnd: 123.3053447, peakHz: 0.1005859375,
                    pct: 78.97521843, ratio: 3.756291981, ep: 90.2755459, score: 4.513882908),
                Row(
                    t: 139, beats: 154, tEnd: 138.4805851, peakHz: 0.1005859375,
                    pct: 48.78574221, ratio: 0.9525812599, ep: 12.70437103, score: 2.617714835),
            ]
        ),
        (
            "one missed", Series.oneMissed, 15,
            [
                Row(
                    t: 124, beats: 136, tEnd: 123.3053447, peakHz: 0.0966796875,
                    pct: 53.08859387, ratio: 1.131677736, ep: 5.129835703, score: 1.813167947),
                Row(
                    t: 139, beats: 153, tEnd: 138.4805851, peakHz: 0.095703125,
                    pct: 22.13200048, ratio: 0.2842245931, ep: 0.3849255317, score: 0.3256463705),
            ]
        ),
    ]

    @Test("kept intervals give the figures of an independent implementation", arguments: cases.indices)
    func figures(_ number: Int) throws {
        let (_, rr, count, rows) = Self.cases[number]
        let updates = Analysis.updates(of: BeatSeries(rr: rr), options: .init(artifacts: .keep))
        #expect(updates.count == count)
        for row in rows {
            let update = try #require(updates.first { abs($0.t - row.t) < 1e-6 })
            let found = try #require(update.result)
            #expect(update.beats == row.beats)
            #expect(abs(update.tEnd - row.tEnd) < 1e-6)
            #expect(found.peakHz == row.peakHz)
            for (value, wanted) in [(found.pct, row.pct), (found.ratio, row.ratio), (found.ep, row.ep)] {
                #expect(abs(value - wanted) < 1e-6 * wanted)
            }
            #expect(abs(found.score - row.score) < 1e-6)
        }
    }

    @Test(
        "correction brings the score back to that of the clean series",
        arguments: [Series.oneEctopic, Series.oneMissed, Series.oneExtra])
    func corrected(_ rr: [Double]) throws {
        let clean = Analysis.updates(of: BeatSeries(rr: Series.breathing), options: .init())
        let mended = Analysis.updates(of: BeatSeries(rr: rr), options: .init())
        #expect(mended.count == clean.count)
        for (one, other) in zip(mended, clean) {
            #expect(abs(try #require(one.result).score - (try #require(other.result)).score) < 0.3)
        }
    }

    @Test("updates come every 5 s, the first when the window is full")
    func schedule() {
        let updates = Analysis.updates(of: BeatSeries(rr: Self.sine), options: .init())
        #expect(updates.map { ($0.t * 1e6).rounded() / 1e6 } == Array(stride(from: 69, through: 149, by: 5)))
        #expect(updates.allSatisfy { $0.tEnd <= $0.t + 1e-6 && $0.tEnd > $0.t - 1 })
    }

    @Test("a beat that ends on the very time of an update belongs to its window")
    func onTime() throws {
        // 0.5-s beats end on every whole second, also on 69 s.
        let updates = Analysis.updates(of: BeatSeries(rr: [Double](repeating: 500, count: 138)), options: .init())
        let last = try #require(updates.last)
        #expect(last.t == 69)
        #expect(last.tEnd == 69)
        #expect(last.beats == 138)
    }

    @Test("an update belongs to a phase only when its window lies wholly inside")
    func phases() {
        let all = Analysis.updates(of: BeatSeries(rr: Self.sine), options: .init())
        let inside = Analysis.updates(of: BeatSeries(rr: Self.sine), options: .init(window: 30...120))
        #expect(!inside.isEmpty)
        #expect(inside == all.filter { $0.tEnd - 64 >= 30 && $0.tEnd <= 120 })
    }
}
