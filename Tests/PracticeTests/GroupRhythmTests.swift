import Glibc
import HRV
import HeartRate
import Testing
import Timekeeping

@testable import Practice

/// The group's rhythm, live and afterwards.
@Suite struct GroupRhythmTests {
    private static func phase(_ key: String, _ pacer: Pacer?) -> Phase {
        Phase(key: key, title: key, seconds: 130, feedback: .own, pacer: pacer, prompt: "")
    }

    /// Two paced phases of different rates with a rest between them.
    private static let spans = [
        PhaseSequence.Span(phase: phase("practice-1", Pacer(rate: 6)), start: 0, end: 130),
        PhaseSequence.Span(phase: phase("rest", nil), start: 130, end: 200),
        PhaseSequence.Span(phase: phase("practice-2", Pacer(rate: 5)), start: 200, end: 330),
    ]

    /// Packets of a heart that breathes with the pacer, a little after it.
    private static func beats(lateBy late: Double) -> [(t: Double, ticks: UInt16)] {
        var t = 0.2 + late / 10
        var beats: [(Double, UInt16)] = []
        while t < 330 {
            let rate = t < 165 ? 0.1 : 5.0 / 60
            let interval = 0.85 + 0.08 * sin(2 * .pi * rate * (t - late))
            t += interval
            beats.append((t, UInt16(interval * 1024)))
        }
        return beats
    }

    private func live(_ codes: Int) throws -> (log: GroupRhythmLog, record: SessionRecord) {
        let group = try GroupName("G1")
        var log = GroupRhythmLog()
        var beats: [BeatRecord] = []
        for place in 1...codes {
            let code = try Code(group: group, place: place)
            var stream = CodeStream(code: code)
            _ = stream.beginLink(strap: "S\(place)", at: 0)
            var begun = 0
            for beat in Self.beats(lateBy: Double(place) / 2) {
                while begun < Self.spans.count, Self.spans[begun].start <= beat.t {
                    stream.beginPhase(pacer: Self.spans[begun].phase.pacer, at: Self.spans[begun].start)
                    begun += 1
                }
                let bytes = [0x10, 70, UInt8(beat.ticks & 0xff), UInt8(beat.ticks >> 8)]
                let output = stream.add(
                    bytes, at: beat.t, utc: UTC(nanosecondsSince1970: Int64(beat.t * 1e9)), silence: nil)
                beats += output.beats
                // Spans are known as far as they have come to be.
                log.set(
                    Self.spans.prefix(begun).map { span in
                        var open = span
                        if beat.t < span.end ?? 0 { open.end = nil }
                        return open
                    })
                for update in output.updates { log.add(update, of: code) }
            }
            log.set(Self.spans)
            let last = stream.finish()
            beats += last.beats
            for update in last.updates { log.add(update, of: code) }
        }
        let newest = Dictionary(beats.map { ("\($0.code) \($0.beat.sequence)", $0) }) { _, last in last }
        let info = SessionInfo(
            name: "s", group: group, started: UTC(nanosecondsSince1970: 0), zoneOffsetSeconds: 0, seconds: 330,
            script: .pal30, codes: [:], toolVersion: "", clockRate: 1, adapters: [])
        let ordered = newest.values.sorted { ($0.code, $0.beat.sequence) < ($1.code, $1.beat.sequence) }
        return (
            log,
            SessionRecord(
                info: info, phases: Self.spans, packets: [], beats: ordered, coherence: [], markers: [], links: [])
        )
    }

    @Test func heartsThatFollowOnePacerMoveTogetherInBothPhasesAndTheSameLiveAsAfterwards() throws {
        let (log, record) = try live(4)
        let after = GroupRhythmLog(of: record, replays: record.replays()).rhythms
        #expect(after.map(\.phase) == ["practice-1", "practice-2"])
        #expect(after.map(\.pacerRate) == [6, 5])
        for rhythm in after {
            #expect(rhythm.codes == 4 && rhythm.updates >= 12, "\(rhythm)")
            #expect(try #require(rhythm.locking) > 0.98, "\(rhythm)")
            #expect(try #require(rhythm.resultant) > 0.5, "\(rhythm)")
        }
        for (live, replayed) in zip(log.rhythms, after) {
            #expect(abs(try #require(live.locking) - (try #require(replayed.locking))) < 1e-9)
            #expect(live.updates == replayed.updates && live.codes == replayed.codes)
        }
    }

    @Test func twoHeartsAreNoGroup() throws {
        let (log, _) = try live(2)
        #expect(log.rhythms.allSatisfy { $0.locking == nil && $0.resultant == nil })
        #expect(log.rhythms.map(\.reason) == Array(repeating: "needs 3 straps with clean beats, has 2", count: 2))
    }

    @Test func theScreenIsToldHowLongItTakesAndThatAStrapTooFewIsLeft() throws {
        let (log, _) = try live(3)
        #expect(log.rhythm(at: 150, straps: 3) == nil, "a rest has no pacer")
        #expect(try #require(log.rhythm(at: 128, straps: 3)).locking != nil)
        var early = GroupRhythmLog()
        early.set([PhaseSequence.Span(phase: Self.phase("practice-1", Pacer(rate: 6)), start: 10)])
        #expect(early.rhythm(at: 20, straps: 3)?.reason == "needs 84 s more")
        #expect(early.rhythm(at: 20, straps: 2)?.reason == "needs 3 straps with clean beats, 0 now")
        #expect(early.rhythm(at: 200, straps: 3)?.reason == "needs 3 straps with clean beats, 0 now")
    }

    @Test func aPacerCountsFromHalfAMinuteAfterItsPhaseBegan() {
        let timeline = PacerTimeline(Self.spans)
        let expected: [(Double, Double?)] = [
            (0, nil), (29.9, nil), (30, 0.1), (159, 0.1), (160, nil), (229, nil), (230, 5.0 / 60), (1000, 5.0 / 60),
        ]
        for (t, frequency) in expected { #expect(timeline.frequency(at: t) == frequency, "\(t)") }
    }
}
