import HRV
import HeartRate
import Practice
import Testing
import Timekeeping

@testable import Gateway

/// One's own place in a session, as it is followed.
@Suite struct PersonalFollowerTests {
    private let clock = ManualClock()

    private func reading(
        at t: Double, beats: [Double] = [], score: ScoreReadout = .none(reason: "needs 23 s more"),
        strap: String = "on",
        feedback: Feedback = .own, isPaused: Bool = false
    ) throws -> CodeReading {
        var readout = Readout(code: try Code("G1-03"))
        readout.beats = beats.map { Readout.BeatPoint(t: $0, rrMilliseconds: 812.5, followsGap: false) }
        readout.heartRate = 71
        readout.score = score
        let moment = SessionMoment(
            t: t, phase: "practice-1", title: "Practice 1", feedback: feedback, elapsed: t, length: 300, start: 0,
            isPaused: isPaused, pacer: Pacer(rate: 6))
        var reading = CodeReading(
            CodeState(readout: readout, strapLabel: "Polar H10 A1B2C3D4"), moment, sinceBeat: -.infinity, seesAll: false
        )
        reading.strap = strap
        return reading
    }

    /// Follows until the readings end; answers the events and the follower.
    private func follow(_ readings: [CodeReading]) async throws -> (
        PersonalFollower, [PersonalEvent], PersonalFollower.End
    ) {
        let (stream, sink) = AsyncStream.makeStream(of: CodeReading.self)
        for reading in readings { sink.yield(reading) }
        sink.finish()
        let follower = PersonalFollower(code: try Code("G1-03"), length: nil, readings: stream, clock: clock)
        let listening = Task {
            var events: [PersonalEvent] = []
            for await event in follower.events { events.append(event) }
            return events
        }
        let end = await follower.run()
        return (follower, await listening.value, end)
    }

    @Test("it ends with the session, and all beats that were told are in the record, gaps as gaps")
    func record() async throws {
        let beats = (1...20).map { Double($0) * 0.8125 }
        let late = (0..<5).map { 30 + Double($0) * 0.8125 }
        let (follower, events, end) = try await follow([
            try reading(at: 17, beats: beats), try reading(at: 18), try reading(at: 34, beats: late),
        ])
        #expect(end == .sessionOver)
        let record = await follower.record(zoneOffsetSeconds: 0)
        #expect(record.beats.map(\.end) == beats + late)
        #expect(record.beats.allSatisfy { $0.ticks == 832 })
        #expect(record.beats.map(\.segment) == Array(repeating: 1, count: 20) + Array(repeating: 2, count: 5))
        let began = events.count { if case .began("Polar H10 A1B2C3D4") = $0.kind { true } else { false } }
        let told = events.count { if case .beat = $0.kind { true } else { false } }
        #expect(began == 1 && told == 25)
    }

    @Test("the first score is the measure, and only a score of 64 s later is held against it")
    func comparison() async throws {
        var readings: [CodeReading] = []
        for (index, t) in stride(from: 100.0, through: 180, by: 5).enumerated() {
            let score = t < 170 ? 1.0 : 3.0
            readings.append(
                try reading(at: t, beats: [t - 0.1 - Double(index) * 1e-3], score: .score(score, .medium, note: nil)))
        }
        let (_, events, _) = try await follow(readings)
        let updates = events.compactMap { event in if case .update(let update) = event.kind { update } else { nil } }
        #expect(updates.map(\.t) == readings.map(\.moment.t))
        for update in updates {
            #expect(update.standing == (update.t < 164 ? nil : update.t < 170 ? .same : .smoother), "\(update.t)")
        }
    }

    @Test("a phase that hides numbers shows none, says so, and keeps the breath")
    func hidden() async throws {
        let (follower, _, _) = try await follow([
            try reading(at: 10, beats: [9.1, 9.9]), try reading(at: 12.5, beats: [11, 12], feedback: .hidden),
        ])
        let view = await follower.view()
        #expect(view.heartRate == nil && view.swing == nil && view.clean == nil)
        #expect(view.smoothness == .none("no numbers in this phase") && view.message == "Practice 1")
        #expect(view.breath == Pacer.Position(motion: .inhale, fill: 0.5) && !view.ownsPacer)
    }

    @Test("a lost strap counts its seconds, is told once, and once more when it is back")
    func lost() async throws {
        let (follower, events, _) = try await follow([
            try reading(at: 10, beats: [9.9]), try reading(at: 20, strap: "lost"), try reading(at: 21, strap: "lost"),
        ])
        clock.advance(by: .seconds(7))
        #expect(await follower.view().strap == .lost(seconds: 7))
        #expect(events.count { if case .lost = $0.kind { true } else { false } } == 1)
        let (_, again, _) = try await follow([
            try reading(at: 20, strap: "lost"), try reading(at: 31, beats: [30.5]),
        ])
        #expect(again.count { if case .back = $0.kind { true } else { false } } == 1)
    }

    @Test("a pause of the coach stops the breath, and the keys say whose the session is")
    func led() async throws {
        let (follower, _, _) = try await follow([try reading(at: 10, beats: [9.9], isPaused: true)])
        let paused = await follower.view()
        #expect(paused.breath == nil && paused.message == "Practice 1, paused by the coach")
        await follower.pause()
        #expect(await follower.view().message.contains("Your coach leads the session"))
        await follower.changePacer(by: 1)
        #expect(await follower.view().message == "The pacer is the whole group's.")
    }
}
