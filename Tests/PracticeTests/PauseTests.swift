import Testing

@testable import Practice

/// A phase that is interrupted, and what is known of it afterwards.
@Suite struct PauseTests {
    private static let pacer = Pacer(rate: 6)
    private static let fit = Phase(
        key: "fit", title: "Fit", seconds: nil, feedback: .signal, prompt: "", unattendedEnd: .whenAllStream)
    private static let practice = Phase(
        key: "practice", title: "Practice", seconds: 60, feedback: .own, pacer: pacer, prompt: "")
    private static let rest = Phase(key: "rest", title: "Rest", seconds: 30, feedback: .hidden, prompt: "")

    private func begun(_ phases: [Phase]) -> PhaseSequence {
        var sequence = PhaseSequence(script: Script(name: "test", purpose: "", phases: phases))
        _ = sequence.begin(at: 0)
        return sequence
    }

    private func story(_ sequence: PhaseSequence) -> [String] {
        sequence.spans.map { "\($0.phase.key) \($0.start)-\($0.end.map { "\($0)" } ?? "")" }
    }

    @Test func thePhaseGetsItsWholeLengthHoweverOftenItIsInterrupted() {
        var sequence = begun([Self.practice, Self.rest])
        #expect(sequence.pause(at: 20) == [.paused(.init(phase: .pause, start: 20), of: Self.practice)])
        #expect(sequence.isPaused && sequence.plannedEnd == nil)
        #expect(sequence.pause(at: 25).isEmpty, "it is paused already")
        #expect(sequence.advance(to: 1000, allStream: true).isEmpty, "time stands still")
        #expect(sequence.resume(at: 1000) == [.resumed(.init(phase: Self.practice, start: 1000))])
        #expect(sequence.resume(at: 1001).isEmpty, "it runs already")
        #expect(sequence.plannedEnd == 1040)
        _ = sequence.pause(at: 1010)
        _ = sequence.resume(at: 1100)
        #expect(sequence.plannedEnd == 1130)
        _ = sequence.advance(to: 1130, allStream: true)
        #expect(
            story(sequence) == [
                "practice 0.0-20.0", "pause 20.0-1000.0", "practice 1000.0-1010.0", "pause 1010.0-1100.0",
                "practice 1100.0-1130.0", "rest 1130.0-",
            ])
    }

    @Test func thePhaseThatIsNextStaysTheSame() {
        var sequence = begun([Self.practice, Self.rest])
        _ = sequence.pause(at: 20)
        #expect(sequence.upcoming == Self.rest)
        _ = sequence.resume(at: 30)
        #expect(sequence.upcoming == Self.rest)
        _ = sequence.pause(at: 40)
        let changes = sequence.next(at: 50)
        #expect(
            changes == [
                .ended(.init(phase: Self.practice, start: 30, end: 50)), .began(.init(phase: Self.rest, start: 50)),
            ], "the pause is no phase to be told of")
        #expect(sequence.current?.phase == Self.rest && sequence.upcoming == nil)
        #expect(sequence.plannedEnd == 80, "what ran of the phase before is no part of it")
    }

    @Test func backBeginsThePhaseBeforeAnewAlsoFromAPause() {
        var sequence = begun([Self.practice, Self.rest])
        #expect(sequence.back(at: 5).isEmpty, "there is none before the first")
        _ = sequence.next(at: 20)
        #expect(sequence.back(at: 30).count == 2)
        #expect(sequence.upcoming == Self.rest && sequence.plannedEnd == 90, "its whole length")
        _ = sequence.next(at: 40)
        _ = sequence.pause(at: 50)
        _ = sequence.back(at: 60)
        #expect(!sequence.isPaused && sequence.place(at: 61)?.elapsed == 1)
        #expect(
            story(sequence) == [
                "practice 0.0-20.0", "rest 20.0-30.0", "practice 30.0-40.0", "rest 40.0-50.0", "pause 50.0-60.0",
                "practice 60.0-",
            ])
        _ = sequence.stop(at: 70)
        #expect(sequence.back(at: 80).isEmpty, "it is over")
    }

    @Test func aPauseEndsWithTheSession() {
        var sequence = begun([Self.practice])
        _ = sequence.pause(at: 20)
        _ = sequence.stop(at: 30)
        #expect(story(sequence) == ["practice 0.0-20.0", "pause 20.0-30.0"])
        #expect(sequence.pause(at: 31).isEmpty && sequence.resume(at: 31).isEmpty)
    }

    @Test func thePatienceOfAnOpenPhaseStandsStillToo() {
        var sequence = begun([Self.fit, Self.practice])
        _ = sequence.pause(at: 100)
        #expect(sequence.advance(to: 500, allStream: true).isEmpty)
        _ = sequence.resume(at: 500)
        #expect(sequence.advance(to: 519, allStream: false).isEmpty)
        _ = sequence.advance(to: 521, allStream: false)
        #expect(story(sequence).last == "practice 520.0-")
    }

    @Test func thePlaceIsToldFromTheSpansAlone() throws {
        var sequence = begun([Self.practice, Self.rest])
        _ = sequence.pause(at: 20)
        var place = try #require(PhasePlace(sequence.spans, at: 26))
        #expect(place.phase == Self.practice && place.isPaused && place.elapsed == 20 && place.remaining == 40)
        #expect(place.breath(at: 26) == nil)
        _ = sequence.resume(at: 30)
        place = try #require(PhasePlace(sequence.spans, at: 35))
        #expect(!place.isPaused && place.elapsed == 25 && place.start == 30)
        #expect(place.breath(at: 32.5) == Pacer.Position(motion: .inhale, fill: 0.5), "the breath begins anew")
        #expect(PhasePlace([], at: 1) == nil)
    }
}
