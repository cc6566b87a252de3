import HRV
import Testing
import Timekeeping

@testable import Practice

/// What a session was, code by code and for the group.
@Suite struct SessionSummaryTests {
    private func info(_ script: Script = .demo) throws -> SessionInfo {
        SessionInfo(
            name: "20260804-G1", group: try GroupName("G1"), started: UTC(nanosecondsSince1970: 0),
            zoneOffsetSeconds: 0, seconds: 200, script: script, codes: [:], toolVersion: "1", clockRate: 1,
            adapters: [])
    }

    private func phase(
        _ place: Int, _ key: String, score: Double? = nil, updates: Int = 4, clean: Double? = 0.99, beats: Int = 100,
        reason: String = "needs a window of 64 s wholly inside the phase"
    ) throws -> PhaseSummary {
        var summary = PhaseSummary(
            code: try Code("G1-\(place)"), phase: key, seconds: 100, beats: beats, gaps: 0)
        summary.clean = beats == 0 ? nil : clean
        summary.coherenceMean = score
        if let score {
            summary.bandCounts = [CoherenceBands.standard.band(of: score): updates]
        } else {
            summary.reasons = ["coherence_mean": beats == 0 ? "no beats in this phase" : reason]
        }
        return summary
    }

    private func summary(_ phases: [PhaseSummary], script: Script = .demo) throws -> SessionSummary {
        SessionSummary(info: try info(script), seconds: 200, phases: phases)
    }

    private func row(_ phases: [PhaseSummary], script: Script = .demo) throws -> SessionSummary.Row {
        try #require(try summary(phases, script: script).rows.first)
    }

    @Test func aCodeWithBothPhasesIsUsedAndItsChangeIsPracticeLessBaseline() throws {
        let row = try row([
            try phase(1, "fit", clean: 0.2), try phase(1, "baseline", score: 0.5),
            try phase(1, "practice-1", score: 2.5),
        ])
        #expect(row.use == .yes)
        #expect(row.baseline == 0.5 && row.practice == 2.5 && row.change == 2)
        #expect(row.low == 0 && row.medium == 0 && row.high == 1)
        #expect(row.recovery == nil)
        // Fit is not analysed, so it does not spoil the clean share.
        #expect(row.clean == 0.99)
    }

    @Test func severalPracticePhasesWeighAsManyUpdatesAsTheyHave() throws {
        let row = try row(
            [
                try phase(1, "baseline", score: 1), try phase(1, "practice-1", score: 2, updates: 30),
                try phase(1, "practice-2", score: 4, updates: 10), try phase(1, "recovery", score: 0.5),
            ], script: .pal30)
        #expect(row.practice == 2.5)
        #expect(row.recovery == 0.5)
        #expect(row.medium == 0.75 && row.high == 0.25)
    }

    @Test func theCleanShareWeighsPhasesByTheirBeats() throws {
        let row = try row([
            try phase(1, "baseline", score: 1, clean: 0.9, beats: 300), try phase(1, "practice-1", score: 2, clean: 1),
        ])
        #expect(row.clean.map { abs($0 - 0.925) < 1e-12 } == true)
    }

    @Test func withoutBeatsNothingCanBeSaid() throws {
        let row = try row([try phase(1, "baseline", beats: 0), try phase(1, "practice-1", beats: 0)])
        #expect(row.use == .no("no beats"))
        #expect(row.clean == nil && row.baseline == nil && row.practice == nil && row.change == nil)
    }

    @Test(arguments: [("baseline", 0.79, 1.0), ("practice-1", 1.0, 0.79)])
    func aPhaseBelowEightyPerCentCleanLeavesTheCodeOut(
        _ key: String, _ baseline: Double, _ practice: Double
    ) throws {
        let row = try row([
            try phase(1, "baseline", score: 1, clean: baseline), try phase(1, "practice-1", score: 2, clean: practice),
        ])
        let title = key == "baseline" ? "Baseline" : "Practice 1"
        #expect(row.use == .no("too few clean beats in \(title) (limit 80 %)"))
        #expect(row.baseline == nil && row.practice == nil && row.high == nil)
    }

    @Test func eightyPerCentIsEnough() throws {
        let row = try row([
            try phase(1, "baseline", score: 1, clean: 0.8), try phase(1, "practice-1", score: 2, clean: 0.8),
        ])
        #expect(row.use == .yes)
    }

    @Test func withoutAScoreInPracticeTheReasonIsSaid() throws {
        let row = try row([
            try phase(1, "baseline", score: 1), try phase(1, "practice-1", reason: "too many odd beats"),
        ])
        #expect(row.use == .no("too many odd beats"))
    }

    @Test func withoutAScoreInBaselineTheCodeCountsInPart() throws {
        let row = try row([try phase(1, "baseline", beats: 0), try phase(1, "practice-1", score: 2)])
        #expect(row.use == .part("no baseline: no beats in this phase"))
        #expect(row.practice == 2 && row.baseline == nil && row.change == nil)
        #expect(row.medium == 1)
    }

    @Test func aScriptWithoutABaselineLetsItsPracticeStandAlone() throws {
        let row = try row([try phase(1, "practice", score: 3)], script: try Script.open(minutes: 5))
        #expect(row.use == .yes)
        #expect(row.baseline == nil && row.change == nil)
        #expect(row.practice == 3)
    }

    @Test func aScriptWithoutPracticeSaysSo() throws {
        let quiet = Script(name: "quiet", purpose: "", phases: [Script.demo.phases[1]])
        #expect(try row([try phase(1, "baseline", score: 1)], script: quiet).use == .no("no practice phase"))
    }

    // MARK: - The group

    @Test func theGroupsChangeIsTheMedianOfThoseWhoCount() throws {
        var phases: [PhaseSummary] = []
        for (place, change) in [(1, 2.0), (2, -0.5), (3, 0.25), (4, 1.0)] {
            phases += [try phase(place, "baseline", score: 1), try phase(place, "practice-1", score: 1 + change)]
        }
        phases += [try phase(5, "baseline", beats: 0), try phase(5, "practice-1", score: 9)]
        phases += [try phase(6, "baseline", score: 0, clean: 0.5), try phase(6, "practice-1", score: 9)]
        let summary = try summary(phases)
        #expect(summary.rows.map(\.code.place) == [1, 2, 3, 4, 5, 6])
        let group = try #require(summary.group)
        #expect(group.used == 4)
        #expect(group.of == 6)
        #expect(group.medianChange == 0.625)
        #expect(group.up == 3)
    }

    @Test func theMedianOfAnOddNumberIsTheMiddleOne() throws {
        var phases: [PhaseSummary] = []
        for (place, change) in [(1, 2.0), (2, -1.0), (3, 0.5)] {
            phases += [try phase(place, "baseline", score: 1), try phase(place, "practice-1", score: 1 + change)]
        }
        #expect(try summary(phases).group?.medianChange == 0.5)
    }

    @Test func withoutAnybodyWhoCountsThereIsNoGroupLine() throws {
        #expect(try summary([try phase(1, "practice-1", score: 2)]).group == nil)
        #expect(try summary([]).group == nil)
    }

    @Test func nobodyIsRanked() throws {
        var phases: [PhaseSummary] = []
        for (place, score) in [(2, 1.0), (1, 5.0), (3, 3.0)] {
            phases += [try phase(place, "baseline", score: 1), try phase(place, "practice-1", score: score)]
        }
        #expect(try summary(phases).rows.map(\.code.place) == [1, 2, 3])
    }
}
