import Glibc
import Testing

@testable import HRV

@Suite("Coherence updates as an independent implementation gives them")
struct PublishedUpdatesTests {
    static let cases: [(name: String, rr: [Double], updates: String)] = [
        ("sine", CoherenceScheduleTests.sine, PublishedUpdates.sine),
        ("sine in ticks of 1/1024 s", quantised, PublishedUpdates.quantised),
        ("white noise", NoisySeries.white, PublishedUpdates.white),
        ("sine with noise", NoisySeries.sine, PublishedUpdates.noisySine),
        ("two peaks", CoherenceScheduleTests.twoPeaks, PublishedUpdates.twoPeaks),
        ("constant", [Double](repeating: 800, count: 150), PublishedUpdates.constant),
        ("onset", NoisySeries.onset, PublishedUpdates.onset),
        ("breathing", Series.breathing, PublishedUpdates.breathing),
        ("one ectopic", Series.oneEctopic, PublishedUpdates.oneEctopic),
        ("one ectopic, mended", ectopicMended, PublishedUpdates.ectopicMended),
        ("one missed", Series.oneMissed, PublishedUpdates.oneMissed),
        ("one missed, mended", missedMended, PublishedUpdates.missedMended),
    ]

    /// The sine as a strap would send it, to six decimals.
    static let quantised = CoherenceScheduleTests.sine.map { interval in
        ((interval * 1.024).rounded() / 1.024 * 1e6).rounded() / 1e6
    }

    /// What the published correction makes of the ectopic beat.
    static let ectopicMended: [Double] = {
        var rr = Series.breathing
        (rr[121], rr[122]) = (862.629016, 894.227214)
        return rr
    }()

    /// What the published correction makes of the missed beat.
    static let missedMended: [Double] = {
        var rr = Series.breathing
        (rr[126], rr[127]) = (945.309533, 945.309533)
        return rr
    }()

    @Test("every update of kept intervals", arguments: cases.indices)
    func updates(_ number: Int) throws {
        let (name, rr, published) = Self.cases[number]
        let rows = published.split(separator: "\n").map { $0.split(separator: " ").map { Double($0) } }
        let found = Analysis.updates(of: BeatSeries(rr: rr), options: .init(artifacts: .keep))
        try #require(found.count == rows.count, "\(name)")
        for (update, row) in zip(found, rows) {
            let result = try #require(update.result)
            #expect(update.t.rounded() == row[0] && abs(update.t - update.t.rounded()) < 1e-6)
            #expect(Double(update.beats) == row[1])
            #expect(abs(update.tEnd - (row[2] ?? .nan)) < 1e-6)
            #expect(result.peakHz == row[3])
            for (value, place) in [(result.pct, 4), (result.ratio, 5), (result.ep, 6)] {
                let wanted = try #require(row[place])
                #expect(abs(value - wanted) <= 1e-6 * wanted, "\(name) at \(update.t) s")
            }
            #expect(abs(result.score - (row[7] ?? .nan)) < 1e-6, "\(name) at \(update.t) s")
        }
    }

    @Test("the correction gives the published intervals")
    func mended() {
        for (spoilt, wanted) in [(Series.oneEctopic, Self.ectopicMended), (Series.oneMissed, Self.missedMended)] {
            let labels = CentredClassifier.labels(of: spoilt)
            let found = ArtifactCorrection.correct(BeatSeries(rr: spoilt), labels: labels).rr
            #expect(found.count == wanted.count)
            for (one, other) in zip(found, wanted) { #expect(abs(one - other) < 1e-6) }
        }
    }

    @Test("after the onset of a steady breath the score rises as published: 0.6, 2.1 and 90 % in turn")
    func onset() throws {
        let updates = Analysis.updates(of: BeatSeries(rr: NoisySeries.onset), options: .init(artifacts: .keep))
        func delay(_ score: Double) throws -> Double {
            try #require(updates.first { $0.t > 180 && ($0.result?.score ?? 0) >= score }).t - 180
        }
        let last = try #require(updates.suffix(3).compactMap(\.result?.score).max())
        #expect(try delay(0.6) <= 24)
        #expect(try delay(2.1) <= 39)
        #expect(try delay(0.9 * last) <= 59)
        #expect(try delay(0.6) < delay(2.1) && delay(2.1) < delay(0.9 * last))
    }
}
