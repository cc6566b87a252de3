import Testing

@testable import Practice

/// A session's way through its script.
@Suite struct PhaseSequenceTests {
    private static func phase(
        _ key: String, _ seconds: Double?, unattended: Phase.UnattendedEnd = .never
    ) -> Phase {
        Phase(key: key, title: key, seconds: seconds, feedback: .own, prompt: "", unattendedEnd: unattended)
    }

    private static let script = Script(
        name: "test", purpose: "",
        phases: [
            phase("fit", nil, unattended: .whenAllStream), phase("baseline", 60), phase("practice", 30.5),
            phase("share", nil, unattended: .atOnce),
        ])

    /// Changes as `began baseline 20`.
    private static func words(_ changes: [PhaseSequence.Change]) -> [String] {
        changes.map { change in
            switch change {
            case .began(let span): "began \(span.phase.key) \(span.start)"
            case .paused(let span, let phase): "paused \(phase.key) \(span.start)"
            case .resumed(let span): "resumed \(span.phase.key) \(span.start)"
            case .ended(let span): "ended \(span.phase.key) \(span.end ?? -1)"
            case .finished: "finished"
            }
        }
    }

    private func begun() -> PhaseSequence {
        var sequence = PhaseSequence(script: Self.script)
        _ = sequence.begin(at: 0)
        return sequence
    }

    @Test func aSessionBeginsWithItsFirstPhaseOnce() {
        var sequence = PhaseSequence(script: Self.script)
        #expect(sequence.current == nil)
        #expect(sequence.upcoming?.key == "fit")
        #expect(Self.words(sequence.begin(at: 0)) == ["began fit 0.0"])
        #expect(sequence.begin(at: 1).isEmpty)
        #expect(sequence.upcoming?.key == "baseline")
    }

    @Test func fitEndsWhenEveryStrapStreams() {
        var sequence = begun()
        #expect(sequence.advance(to: 19.8, allStream: false).isEmpty)
        #expect(Self.words(sequence.advance(to: 20, allStream: true)) == ["ended fit 20.0", "began baseline 20.0"])
        #expect(sequence.plannedEnd == 80)
    }

    @Test func fitEndsAfterTwoMinutesWithoutThem() {
        var sequence = begun()
        #expect(sequence.advance(to: 119.9, allStream: false).isEmpty)
        #expect(Self.words(sequence.advance(to: 121, allStream: false)) == ["ended fit 120.0", "began baseline 120.0"])
    }

    @Test func fitEndsAfterTwoMinutesAlsoWhenTheStepThatSeesThemAllComesLater() {
        var sequence = begun()
        #expect(Self.words(sequence.advance(to: 125, allStream: true)) == ["ended fit 120.0", "began baseline 120.0"])
    }

    @Test func phasesEndExactlyOnTimeHoweverLateTheStep() {
        var sequence = begun()
        _ = sequence.advance(to: 10, allStream: true)
        #expect(sequence.advance(to: 69.999, allStream: true).isEmpty)
        let changes = sequence.advance(to: 5000, allStream: true)
        #expect(
            Self.words(changes) == [
                "ended baseline 70.0", "began practice 70.0", "ended practice 100.5", "began share 100.5",
                "ended share 100.5", "finished",
            ])
        #expect(sequence.isFinished)
        #expect(sequence.current == nil)
        #expect(sequence.advance(to: 6000, allStream: true).isEmpty)
        #expect(sequence.spans.map(\.end) == [10, 70, 100.5, 100.5])
    }

    @Test func thePracticeOnTheVeryMomentOfItsEndIsOver() {
        var sequence = begun()
        _ = sequence.advance(to: 10, allStream: true)
        #expect(
            Self.words(sequence.advance(to: 70, allStream: true)) == ["ended baseline 70.0", "began practice 70.0"])
    }

    @Test func nextEndsAPhaseEarlyAndTheOnesAfterItMove() {
        var sequence = begun()
        #expect(Self.words(sequence.next(at: 5)) == ["ended fit 5.0", "began baseline 5.0"])
        #expect(Self.words(sequence.next(at: 15)) == ["ended baseline 15.0", "began practice 15.0"])
        #expect(sequence.plannedEnd == 45.5)
    }

    @Test func nextInTheLastPhaseEndsTheSession() {
        var sequence = PhaseSequence(script: Script(name: "one", purpose: "", phases: [Self.phase("only", nil)]))
        _ = sequence.begin(at: 0)
        #expect(sequence.advance(to: 10_000, allStream: true).isEmpty)
        #expect(sequence.plannedEnd == nil)
        #expect(Self.words(sequence.next(at: 10_001)) == ["ended only 10001.0", "finished"])
        #expect(sequence.next(at: 10_002).isEmpty)
    }

    @Test func stopEndsTheSessionWhereverItStands() {
        var sequence = begun()
        _ = sequence.next(at: 5)
        #expect(Self.words(sequence.stop(at: 7)) == ["ended baseline 7.0", "finished"])
        #expect(sequence.stop(at: 8).isEmpty)
        #expect(sequence.next(at: 8).isEmpty)
        #expect(sequence.spans.last?.end == 7)
    }

    @Test func nothingHappensBeforeTheBegin() {
        var sequence = PhaseSequence(script: Self.script)
        #expect(sequence.next(at: 1).isEmpty)
        #expect(sequence.stop(at: 1).isEmpty)
        #expect(sequence.advance(to: 1000, allStream: true).isEmpty)
    }

    @Test func aSpanHoldsItsStartAndNotItsEnd() {
        let span = PhaseSequence.Span(phase: Self.phase("a", 10), start: 5, end: 15)
        #expect([4.9, 5, 14.9, 15].map(span.contains) == [false, true, true, false])
        #expect(PhaseSequence.Span(phase: Self.phase("a", 10), start: 5).contains(1e9))
    }

    @Test func theTrainingRunsUnattendedToItsEnd() throws {
        var sequence = PhaseSequence(script: try Script.named("pal-30"))
        var changes = sequence.begin(at: 0)
        var t = 0.0
        while !sequence.isFinished, t < 4000 {
            t += 0.2
            changes += sequence.advance(to: t, allStream: false)
        }
        #expect(sequence.spans.count == 10)
        #expect(sequence.spans.last?.end == 1800.0)
        #expect(changes.count == 21)
    }
}
