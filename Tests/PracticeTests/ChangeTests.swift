import HRV
import Testing
import Timekeeping

@testable import Practice

/// Baseline to practice, code by code and for the group.
@Suite struct ChangeTests {
    private func summary(_ phases: [PhaseSummary], script: Script = .pal30) throws -> SessionSummary {
        let info = SessionInfo(
            name: "20260804-G1", group: try GroupName("G1"), started: UTC(nanosecondsSince1970: 0),
            zoneOffsetSeconds: 0, seconds: 200, script: script, codes: [:], toolVersion: "1", clockRate: 1,
            adapters: [])
        return SessionSummary(info: info, seconds: 200, phases: phases)
    }

    private func phase(
        _ place: Int, _ key: String, score: Double?, rate: Double? = 60, lnRMSSD: Double? = 3.5, clean: Double = 0.99,
        updates: Int = 4, beats: Int = 100
    ) throws -> PhaseSummary {
        var summary = PhaseSummary(code: try Code("G1-\(place)"), phase: key, seconds: 300, beats: beats, gaps: 0)
        summary.clean = beats == 0 ? nil : clean
        summary.coherenceMean = score
        summary.meanHeartRate = rate
        summary.lnRMSSD = lnRMSSD
        if let score { summary.bandCounts = [CoherenceBands.standard.band(of: score): updates] }
        if lnRMSSD == nil { summary.reasons["ln_rmssd"] = "needs 60 s of beats, has 41 s" }
        if score == nil { summary.reasons["coherence_mean"] = "needs a window of 64 s wholly inside the phase" }
        return summary
    }

    private func pair(_ place: Int, _ before: Double, _ after: Double) throws -> [PhaseSummary] {
        [try phase(place, "baseline", score: before), try phase(place, "practice-1", score: after)]
    }

    @Test func eachCodeHasALineAMeasureInTheOrderOfCodes() throws {
        let changes = try summary(try pair(2, 0.5, 2) + pair(1, 1, 0.25)).changes
        #expect(changes.map(\.code.place) == [1, 1, 1, 2, 2, 2])
        #expect(changes.map(\.measure) == ChangeMeasure.allCases + ChangeMeasure.allCases)
        #expect(changes[0].from == "baseline" && changes[0].to == "practice-1+practice-2")
        #expect(changes[0].before == 1 && changes[0].after == 0.25 && changes[0].delta == -0.75)
        #expect(changes.allSatisfy { $0.use == .yes && $0.reason == nil })
    }

    @Test func severalPhasesWeighAsManyUpdatesOrBeatsAsTheyHave() throws {
        let changes = try summary([
            try phase(1, "baseline", score: 1), try phase(1, "practice-1", score: 2, rate: 60, updates: 30, beats: 300),
            try phase(1, "practice-2", score: 4, rate: 72, updates: 10, beats: 100),
        ]).changes
        #expect(changes[0].after == 2.5)
        #expect(changes[2].after == 63 && changes[2].delta == 3)
    }

    @Test func whatTheQualityRuleLeavesOutSaysWhy() throws {
        var phases = [try phase(1, "baseline", score: 1), try phase(1, "practice-1", score: 2, clean: 0.79)]
        phases.append(try phase(2, "practice-1", score: 2))
        phases += [try phase(3, "baseline", score: 1), try phase(3, "practice-1", score: nil)]
        phases += [try phase(4, "baseline", score: 1, lnRMSSD: nil), try phase(4, "practice-1", score: 2)]
        let changes = try summary(phases).changes
        let reasons = changes.map(\.reason)
        #expect(reasons[0] == "too few clean beats in Practice 1 (limit 80 %)")
        #expect(changes[0].before == nil && changes[0].delta == nil)
        #expect(changes[3].use == .part("no baseline") && changes[3].after == 2 && changes[3].delta == nil)
        #expect(reasons[6] == "needs a window of 64 s wholly inside the phase")
        #expect(changes[9].use == .yes && changes[9].delta == 1)
        #expect(reasons[10] == "needs 60 s of beats, has 41 s" && changes[10].delta == nil)
    }

    @Test func aScriptWithoutABaselineHasNoChange() throws {
        let changes = try summary([try phase(1, "practice", score: 3)], script: try Script.open(minutes: 5)).changes
        #expect(changes.allSatisfy { $0.delta == nil && $0.reason == "the script has no baseline" && $0.from.isEmpty })
    }

    @Test func theGroupCountsThoseThatCount() throws {
        var phases = try pair(1, 1, 2) + pair(2, 1, 0.5) + pair(3, 1, 1.25) + pair(4, 1, 3) + pair(5, 1, 1)
        phases.append(try phase(6, "practice-1", score: 9))
        let summary = try summary(phases)
        let effect = try #require(summary.effects.first)
        #expect(effect.measure == .coherence && effect.used == 5 && effect.of == 6)
        #expect(effect.medianDelta == 0.25 && effect.up == 3 && effect.down == 1)
        // Ranks of 0.25, 0.5, 1 and 2 are 1 to 4: up 8, down 2.
        #expect(effect.rankBiserial.map { abs($0 - 0.6) < 1e-12 } == true)
        // Mean 0.55, standard deviation sqrt(3.8 / 4).
        #expect(effect.effect.map { abs($0.dz - 0.55 / 0.95.squareRoot()) < 1e-12 } == true)
        #expect(summary.group?.down == 1 && summary.group?.rankBiserial == effect.rankBiserial)
        #expect(summary.effects.map(\.measure) == ChangeMeasure.allCases)
        // Everybody's heart rate is alike: there is a number of codes, and no effect.
        let rate = try #require(summary.effects.last)
        #expect(rate.used == 5 && rate.medianDelta == 0 && rate.effect == nil && rate.rankBiserial == nil)
    }

    @Test func withoutCodesThereIsNoLine() throws {
        #expect(try summary([]).effects.isEmpty)
    }
}
