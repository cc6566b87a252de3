import Glibc
import HRV
import Testing

@Suite("Coherence updates of a series")
struct CoherenceScheduleTests {
    static let sine = Series.tachogram(count: 168) { 900 + 60 * sin(2 * .pi * 0.1 * $0) }
    static let twoPeaks = Series.tachogram(count: 167) {
        900 + 25 * sin(2 * .pi * 0.08 * $0) + 25 * sin(2 * .pi * 0.18 * $0)
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
