import HRV
import HeartRate
import Testing
import Timekeeping

@testable import Practice

/// From a record to the numbers of phases.
@Suite struct PhaseSummaryTests {
    private static func phase(
        _ key: String, _ seconds: Double, feedback: Feedback = .hidden, pacer: Double? = nil, analysed: Bool = true
    ) -> Phase {
        Phase(
            key: key, title: key, seconds: seconds, feedback: feedback, pacer: pacer.map { Pacer(rate: $0) },
            prompt: "", isAnalysed: analysed)
    }

    /// A record of one code: fit for 10 s, baseline for 150 s, talk for 90 s, practice for 200 s.
    private func record(_ beats: [Beat], practiceRate: Double = 6, end: Double? = 450) throws -> SessionRecord {
        let code = try Code("G1-01")
        let phases: [(Phase, Double, Double?)] = [
            (Self.phase("fit", 10, feedback: .signal, analysed: false), 0, 10),
            (Self.phase("baseline", 150), 10, 160),
            (Self.phase("select", 90, feedback: .off, analysed: false), 160, 250),
            (Self.phase("practice-1", 200, feedback: .own, pacer: practiceRate), 250, end),
        ]
        let info = SessionInfo(
            name: "20260804-G1", group: code.group, started: UTC(nanosecondsSince1970: 0), zoneOffsetSeconds: 0,
            seconds: end, script: Script(name: "test", purpose: "", phases: phases.map(\.0)),
            codes: [code: .study], toolVersion: "1", clockRate: 1, adapters: ["hci0"])
        return SessionRecord(
            info: info, phases: phases.map { PhaseSequence.Span(phase: $0.0, start: $0.1, end: $0.2) }, packets: [],
            beats: beats.map { BeatRecord(code: code, beat: $0) }, coherence: [], markers: [], links: [])
    }

    /// Noise until 250 s, then a slow swing; packets between two moments are lost.
    private func beats(swing: Double = 0.08, lost: ClosedRange<Double>? = nil, to end: Double = 460) throws -> [Beat] {
        var heart = TestHeart()
        heart.noise = 0.03
        heart.swing = swing
        heart.swingsFrom = 250
        var recorder = Recorder(try Code("G1-01"))
        recorder.begin(at: 0)
        recorder.add(heart.packets(from: 0, to: end).filter { !(lost?.contains($0.t) ?? false) })
        recorder.finish()
        return recorder.stored
    }

    private func summaries(_ record: SessionRecord) -> [String: PhaseSummary] {
        let all = PhaseSummary.all(of: record, replays: record.replays())
        return Dictionary(uniqueKeysWithValues: all.map { ($0.phase, $0) })
    }

    @Test func onlyWindowsWhollyInsideAPhaseCount() throws {
        let record = try record(try beats())
        let all = summaries(record)
        let updates = CodeReplay(record.beats.map(\.beat)).updates
        for (key, start, end) in [("baseline", 10.0, 160.0), ("practice-1", 250.0, 450.0)] {
            let summary = try #require(all[key])
            let inside = updates.filter { $0.tEnd - 64 >= start && $0.tEnd <= end }.compactMap(\.result)
            let touching = updates.filter { $0.tEnd > start && $0.tEnd - 64 < end }.compactMap(\.result)
            #expect(!inside.isEmpty && inside.count < touching.count)
            let scores = inside.map(\.score)
            #expect(summary.coherenceMean.map { abs($0 - scores.reduce(0, +) / Double(scores.count)) < 1e-12 } == true)
            #expect(summary.bandCounts.values.reduce(0, +) == scores.count)
            #expect(
                summary.pctMean.map { abs($0 - inside.map(\.pct).reduce(0, +) / Double(inside.count)) < 1e-9 } == true)
            let sorted = scores.sorted()
            let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
            #expect(summary.coherenceMedian == median)
            #expect(summary.reasons.isEmpty)
        }
        let before = try #require(all["baseline"]?.coherenceMean)
        let after = try #require(all["practice-1"]?.coherenceMean)
        #expect(before < 1.2 && after > 2.1)
    }

    @Test func timeDomainRestsOnTheIntervalsInsideThePhase() throws {
        let beats = try beats()
        let baseline = try #require(summaries(try record(beats))["baseline"])
        let inside = beats.filter { beat in
            guard let end = beat.end else { return false }
            return end <= 160 && end - beat.milliseconds / 1000 >= 10
        }.map(\.milliseconds)
        let mean = inside.reduce(0, +) / Double(inside.count)
        #expect(baseline.meanNN.map { abs($0 - mean) < 0.5 } == true)
        #expect(baseline.meanHeartRate == baseline.meanNN.map { 60_000 / $0 })
        #expect(baseline.rmssd != nil && baseline.lnRMSSD != nil && baseline.sdnn != nil)
        #expect(baseline.seconds == 150)
        #expect(baseline.beats == beats.count { ($0.end ?? 0) >= 10 && ($0.end ?? 0) < 160 })
        #expect(baseline.gaps == 0)
        #expect(baseline.clean == 1)
    }

    @Test func whetherThePacerWasFollowedIsAskedWhereThereIsOne() throws {
        let beats = try beats()
        #expect(summaries(try record(beats))["practice-1"]?.followsPacer == true)
        #expect(summaries(try record(beats, practiceRate: 7))["practice-1"]?.followsPacer == false)
        #expect(summaries(try record(beats))["baseline"]?.followsPacer == nil)
        #expect(summaries(try record(beats))["practice-1"]?.peakHz.map { abs($0 - 0.1) < 0.003 } == true)
    }

    @Test func talkingPhasesHaveCountsButNoNumbers() throws {
        let talk = try #require(summaries(try record(try beats()))["select"])
        #expect(talk.beats > 80)
        #expect(talk.clean != nil)
        #expect(talk.meanNN == nil && talk.rmssd == nil && talk.coherenceMean == nil && talk.peakHz == nil)
        #expect(talk.bandCounts.isEmpty)
        #expect(talk.reasons["rmssd"]?.contains("people talk") == true)
        #expect(talk.reasons.count == 9)
    }

    @Test func aShortStretchHasAReasonForEachMissingNumber() throws {
        // The session is stopped 40 s into practice.
        let practice = try #require(summaries(try record(try beats(to: 290), end: 290))["practice-1"])
        #expect(practice.seconds == 40)
        #expect(practice.meanNN != nil)
        #expect(practice.rmssd == nil && practice.reasons["rmssd"]?.contains("60 s") == true)
        #expect(practice.sdnn == nil && practice.reasons["sdnn"] != nil)
        #expect(practice.coherenceMean == nil)
        #expect(practice.reasons["coherence_mean"] == "needs a window of 64 s wholly inside the phase")
        #expect(practice.bandCounts.isEmpty)
        #expect(practice.share(of: .high) == nil)
    }

    @Test func aGapIsCountedAndNoWindowStraddlesIt() throws {
        let record = try record(try beats(lost: 340...352))
        let practice = try #require(summaries(record)["practice-1"])
        #expect(practice.gaps == 1)
        let updates = CodeReplay(record.beats.map(\.beat)).updates.filter { $0.t > 250 }
        #expect(updates.contains { $0.reason?.hasPrefix("needs ") == true })
        #expect(updates.filter { $0.tEnd > 353 && $0.tEnd - 63.75 < 340 }.allSatisfy { $0.result == nil })
        #expect(practice.bandCounts.values.reduce(0, +) < 20)
    }

    @Test func withoutBeatsThereIsAReasonAndNoNumber() throws {
        let all = summaries(try record([]))
        #expect(all.count == 4)
        for summary in all.values {
            #expect(summary.beats == 0)
            #expect(summary.clean == nil)
            #expect(summary.meanNN == nil && summary.coherenceMean == nil)
            #expect(Set(summary.reasons.values) == ["no beats in this phase"])
        }
    }

    @Test func aSessionThatWasInterruptedReachesToTheNewestBeat() throws {
        let beats = try beats(to: 400)
        let record = try record(beats, end: nil)
        let last = try #require(beats.compactMap(\.end).max())
        #expect(record.lastMoment == last)
        #expect(summaries(record)["practice-1"]?.seconds == last - 250)
    }

    @Test func everyCodeOfTheSessionHasEveryPhase() throws {
        var record = try record(try beats())
        record.info.codes[try Code("G1-02")] = .study
        let all = PhaseSummary.all(of: record, replays: record.replays())
        #expect(
            all.map { "\($0.code) \($0.phase)" }.prefix(5) == [
                "G1-01 fit", "G1-01 baseline", "G1-01 select", "G1-01 practice-1", "G1-02 fit",
            ])
        #expect(all.suffix(4).allSatisfy { $0.beats == 0 })
    }
}
