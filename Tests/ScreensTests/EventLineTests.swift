import HRV
import HeartRate
import Practice
import Screens
import Testing

struct EventLineTests {
    @Test("events are lines of plain words")
    func lines() throws {
        let one = try Code("G1-01")
        let six = try Code("G1-06")
        let seven = try Code("G1-07")
        let phase = Phase(
            key: "practice-1", title: "Practice 1", seconds: 600, feedback: .own, pacer: Pacer(rate: 6), prompt: "")
        let fit = Phase(key: "fit", title: "Fit", seconds: nil, feedback: .signal, prompt: "")
        let scored = CoherenceReading(
            t: 311, score: 0.91, pct: 58.2, ratio: 1.4, peakHz: 0.0996, band: .medium, clean: 0.994, reason: nil,
            note: nil, heartRate: 68)
        let odd = CoherenceReading(
            t: 311, score: 2.4, pct: 70, ratio: 2, peakHz: 0.1, band: .high, clean: 0.93, reason: nil,
            note: "some odd beats", heartRate: nil)
        let none = CoherenceReading(
            t: 311, score: nil, pct: nil, ratio: nil, peakHz: nil, band: nil, clean: 0.719,
            reason: "too many odd beats", note: nil, heartRate: 77)
        let table: [(SessionEvent.Kind, String?)] = [
            (
                .started(session: "20260804-G1", group: "G1", codes: 8, script: "pal-30"),
                "session 20260804-G1 started, group G1, 8 codes, script pal-30"
            ),
            (.phaseBegan(phase), "phase practice-1 started, 10 min, pacer 6.0 a minute"),
            (.phaseBegan(fit), "phase fit started, open, no pacer"), (.phaseEnded(fit), "phase fit ended"),
            (.phasePaused(phase), "phase practice-1 paused"), (.phaseResumed(phase), "phase practice-1 goes on"),
            (.beat(one, rrMilliseconds: 811.5, flag: .ok, phase: "practice-1"), nil),
            (.coherence(one, scored), "G1-01 coherence medium 0.9, heart rate 68, clean 99 percent"),
            (.coherence(one, odd), "G1-01 coherence high 2.4, clean 93 percent, some odd beats"),
            (
                .coherence(six, none),
                "G1-06 no coherence score: too many odd beats, heart rate 77, clean 71 percent"
            ),
            (.strap(seven, .connected(label: "D401")), "G1-07 strap D401 connected"),
            (.strap(seven, .lost), "G1-07 strap lost, trying again"),
            (.strap(seven, .back(gapSeconds: 12.2)), "G1-07 strap back, gap of 12 s kept"),
            (.marker(nil, text: "door\u{1B}[2J"), "group mark: door?[2J"),
            (.marker(six, text: "coughed"), "G1-06 mark: coughed"),
            (.notice(six, text: "this device sends no beats"), "G1-06 this device sends no beats"),
            (.ended(stoppedByUser: true), "session stopped, data kept"),
            (.ended(stoppedByUser: false), "session ended"),
        ]
        for (kind, expected) in table {
            #expect(EventLine.text(of: kind, at: "16:02:41") == expected.map { "16:02:41 " + $0 })
        }
    }
}
