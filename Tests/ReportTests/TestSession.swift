import Glibc
import HeartRate
import Practice
import Timekeeping

/// A session made of formulas: a baseline at rest and a practice in which hearts swing with the pacer.
struct TestSession {
    /// Codes G1-01 and so on.
    var codes: [Code]
    var consents: [Code: Consent]
    var beats: [BeatRecord] = []
    var seconds = 600.0

    init(_ count: Int) throws {
        let group = try GroupName("G1")
        codes = try (1...count).map { try Code(group: group, place: $0) }
        consents = Dictionary(uniqueKeysWithValues: codes.map { ($0, .study) })
        for code in codes { beats += Self.beats(of: code) }
    }

    static let spans = [
        PhaseSequence.Span(
            phase: Phase(key: "baseline", title: "Baseline", seconds: 240, feedback: .hidden, prompt: ""), start: 0,
            end: 240),
        PhaseSequence.Span(
            phase: Phase(key: "select", title: "Select", seconds: 60, feedback: .off, prompt: "", isAnalysed: false),
            start: 240, end: 300),
        PhaseSequence.Span(
            phase: Phase(
                key: "practice-1", title: "Practice <1>", seconds: 300, feedback: .own, pacer: Pacer(rate: 6),
                prompt: ""),
            start: 300, end: 600),
    ]

    /// Swings of several rates at rest, of the pacer's in practice; every code differs a little.
    private static func beats(of code: Code) -> [BeatRecord] {
        var t = 0.0
        var beats: [BeatRecord] = []
        let place = Double(code.place)
        while t < 599 {
            let wave =
                t < 300
                ? 0.03 * sin(2 * .pi * 0.09 * t + place) + 0.04 * sin(2 * .pi * 0.21 * t)
                    + 0.03 * sin(2 * .pi * (0.13 + place / 500) * t)
                : (0.03 + place / 200) * sin(2 * .pi * 0.1 * t) + 0.01 * sin(2 * .pi * 0.23 * t)
            let ticks = UInt16(0.85 * (1 + wave) * 1024)
            t += Double(ticks) / 1024
            beats.append(
                BeatRecord(
                    code: code,
                    beat: Beat(
                        sequence: beats.count + 1, ticks: ticks, end: t, contact: .yes, flag: .ok, segment: 1,
                        packet: beats.count + 1)))
        }
        return beats
    }

    /// Cuts a code's beats at `t`: what ends in the `gap` seconds after it is lost, and a new segment begins.
    mutating func cut(_ code: Code, at t: Double, gap: Double) {
        beats.removeAll { $0.code == code && $0.beat.end.map { $0 > t && $0 < t + gap } == true }
        for index in beats.indices where beats[index].code == code && (beats[index].beat.end ?? 0) > t {
            let isFirst = beats[index].beat.segment == 1 && beats[index - 1].beat.segment == 1
            beats[index].beat.segment = 2
            if isFirst { beats[index].beat.flag = .gapBefore }
        }
    }

    var record: SessionRecord {
        get throws {
            SessionRecord(
                info: SessionInfo(
                    name: "20260804-G1", group: try GroupName("G1"),
                    started: UTC(nanosecondsSince1970: 1_785_852_000 * 1_000_000_000),
                    zoneOffsetSeconds: 7200, seconds: seconds,
                    script: Script(name: "two & three", purpose: "", phases: Self.spans.map(\.phase)), codes: consents,
                    toolVersion: "0", clockRate: 1, adapters: ["hci0"]),
                phases: Self.spans, packets: [], beats: beats, coherence: [], markers: [], links: [])
        }
    }
}
