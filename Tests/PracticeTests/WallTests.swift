import HRV
import Testing
import Timekeeping

@testable import Practice

/// What a room may see.
@Suite struct WallTests {
    private static let practice = Phase(
        key: "practice", title: "Practice", seconds: 60, feedback: .own, pacer: Pacer(rate: 6), prompt: "")

    private func reading(
        _ scores: [Double?], feedback: Feedback = .own, state: WallReading.State = .running, rate: Double = 1
    ) throws -> WallReading {
        var phase = Self.practice
        phase.feedback = feedback
        var codes: [Code: Consent] = [:]
        for place in 1...8 { codes[try Code(group: GroupName("G1"), place: place)] = place == 8 ? .no : .study }
        let info = SessionInfo(
            name: "20260804-G1", group: try GroupName("G1"), started: UTC(nanosecondsSince1970: 0),
            zoneOffsetSeconds: 0, seconds: nil, script: Script(name: "s", purpose: "", phases: [phase]), codes: codes,
            toolVersion: "", clockRate: rate, adapters: [])
        return WallReading(
            info: info, state: state, spans: [.init(phase: phase, start: 0)],
            places: scores.map { .init(packet: 29, beat: 29, update: 28, score: $0, clean: $0 == nil ? 0.4 : 1) })
    }

    @Test func theMedianBandIsShownFromFiveValidScoresOn() throws {
        #expect(WallView(try reading([3, 3, 3, 0.1]), at: 30).counts.band == nil)
        #expect(WallView(try reading([3, 3, 3, 0.1, nil, nil]), at: 30).counts.band == nil)
        let counts = WallView(try reading([3, 3, 3, 0.1, 0.1, nil]), at: 30).counts
        #expect(counts.band == .high && counts.scores == 5)
    }

    @Test(arguments: [
        (5, "practice", 29.0, 0.6), (4, "practice", 29, nil), (5, "baseline", 29, nil), (5, "practice", 14, nil),
    ])
    func howFarTheGroupMovesTogetherIsToldOfFiveAndMore(codes: Int, phase: String, t: Double, told: Double?) throws {
        var reading = try reading([3, 3, 3, 0.1, 0.1])
        reading.rhythm = .init(t: t, phase: phase, locking: 0.6, codes: codes)
        #expect(WallView(reading, at: 30).counts.together == told)
        reading.places.removeLast()
        #expect(
            WallView(reading, at: 30).counts.together == nil, "where nothing is said of the band, nothing is said of it"
        )
    }

    @Test func scoresThatAreOldDoNotCount() throws {
        let reading = try reading([3, 3, 3, 3, 3])
        #expect(WallView(reading, at: 43).counts.band != nil)
        #expect(WallView(reading, at: 44).counts.band == nil)
    }

    @Test(arguments: [Feedback.hidden, .off, .signal])
    func aPhaseThatShowsNobodyTheirNumbersShowsNoneOfTheGroup(feedback: Feedback) throws {
        #expect(WallView(try reading([3, 3, 3, 3, 3], feedback: feedback), at: 30).counts.band == nil)
    }

    @Test func aPauseShowsNoBandAndNoBreath() throws {
        var reading = try reading([3, 3, 3, 3, 3])
        reading.spans[0].end = 29
        reading.spans.append(.init(phase: .pause, start: 29))
        let view = WallView(reading, at: 30)
        #expect(view.counts.band == nil && view.breath == nil && view.place?.isPaused == true)
    }

    @Test func goodStrapsSendBeatsThatAreClean() throws {
        var reading = try reading([3, 3, nil, 3])
        reading.places[0].beat = nil
        reading.places[1].beat = 20
        let view = WallView(reading, at: 30)
        #expect(view.counts.goodStraps == 1, "one sends no beats, one is silent, one is loose")
        #expect(view.counts.students == 7, "who said no is not counted")
    }

    @Test func timeIsExactInLifeAndLearnedInTraining() throws {
        let life = WallClock(try reading([]).info)
        #expect(life.t(at: UTC(nanosecondsSince1970: 12_500_000_000)) == 12.5)
        var training = WallClock(try reading([], rate: 10).info)
        // The session began 27 s later than its clock says; rows come up to half a second, five of its own, late.
        for (now, late) in [(4.0, 5.0), (5, 1), (6, 4)] {
            training.learn(newest: now * 10 - 27 - late, now: UTC(nanosecondsSince1970: Int64(now * 1e9)))
        }
        #expect(training.t(at: UTC(nanosecondsSince1970: 7_000_000_000)) == 42)
    }
}
