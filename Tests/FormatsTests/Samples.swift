import Formats
import HRV
import HeartRate
import Practice
import Timekeeping

/// A small session whose files are written out in the tests.
enum Samples {
    /// 2026-08-04T20:02:41.852Z.
    static let started = UTC(nanosecondsSince1970: 1_785_873_761_852_000_000)
    static let session = "20260804-G1"

    static func utc(_ t: Double) -> UTC { started.advanced(by: .milliseconds(Int((t * 1000).rounded()))) }

    static func info() throws -> SessionInfo {
        SessionInfo(
            name: session, group: try GroupName("G1"), started: started, zoneOffsetSeconds: -14_400, seconds: 20.5,
            script: Script(
                name: "short", purpose: "a test",
                phases: [
                    Phase(
                        key: "baseline", title: "Baseline", seconds: 4, feedback: .hidden, prompt: "sit, \"quietly\""),
                    Phase(
                        key: "practice-1", title: "Practice 1", seconds: nil, feedback: .own, pacer: Pacer(rate: 6.4),
                        regulation: "response modulation", prompt: "breathe"),
                ]), codes: [try Code("G1-01"): .study, try Code("G1-02"): .study], toolVersion: "0.1.0", clockRate: 1,
            adapters: ["hci0"])
    }

    static func packet(_ code: String, _ number: Int, _ t: Double, _ strap: String, _ bytes: [UInt8]) throws
        -> PacketRecord
    {
        PacketRecord(code: try Code(code), number: number, t: t, utc: utc(t), strap: strap, bytes: bytes)
    }

    static func beat(
        _ code: String, _ sequence: Int, _ ticks: UInt16, _ end: Double?, contact: Contact = .unknown,
        flag: Beat.Flag = .ok, segment: Int = 1, packet: Int = 1
    ) throws -> BeatRecord {
        BeatRecord(
            code: try Code(code),
            beat: Beat(
                sequence: sequence, ticks: ticks, end: end, contact: contact, flag: flag, segment: segment,
                packet: packet))
    }

    static func record() throws -> SessionRecord {
        let first = try Code("G1-01")
        let second = try Code("G1-02")
        let info = try info()
        return SessionRecord(
            info: info,
            phases: [
                PhaseSequence.Span(phase: info.script.phases[0], start: 0, end: 4),
                PhaseSequence.Span(phase: info.script.phases[1], start: 4),
            ],
            packets: [
                try packet("G1-01", 1, 2.4, "Polar H10 A1B2C3D4", [0x16, 74, 0x3f, 0x03, 0x29, 0x03]),
                try packet("G1-01", 2, 3.4, "Polar H10 A1B2C3D4", [0x19, 72, 0, 7, 0, 0x3c]),
                try packet("G1-02", 1, 2.5, "A0:9E:1A:B2:C3:D4", [0x01]),
            ],
            beats: [
                try beat("G1-01", 1, 900, nil, flag: .flushed), try beat("G1-01", 2, 831, 0.812, contact: .yes),
                try beat("G1-01", 3, 824, 4, packet: 2), try beat("G1-02", 1, 8, 30, flag: .gapBefore, segment: 2),
            ],
            coherence: [
                CoherenceRecord(
                    code: first,
                    reading: CoherenceReading(
                        t: 69, score: 0.91, pct: 58.25, ratio: 1.395, peakHz: 0.099609375, band: .medium, clean: 0.93,
                        reason: nil, note: "some odd beats", heartRate: 68)),
                CoherenceRecord(
                    code: second,
                    reading: CoherenceReading(
                        t: 69, score: nil, pct: nil, ratio: .infinity, peakHz: .nan, band: nil, clean: 0.5,
                        reason: "too many odd beats", note: nil, heartRate: nil)),
            ],
            markers: [
                MarkerRecord(t: 2, code: nil, kind: "mark", text: "=cmd, \"door\"\nagain"),
                MarkerRecord(t: 4, code: second, kind: "notice", text: "-3 °C"),
            ],
            links: [
                LinkRecord(
                    code: first, segment: 1, strap: "Polar H10 A1B2C3D4", event: .connect, t: 0.0625, rssi: -61,
                    battery: nil),
                LinkRecord(
                    code: second, segment: 1, strap: "a0:9e:1a:b2:c3:d4", event: .lost, t: 9.5, rssi: nil, battery: 80),
            ])
    }

    static func labels() throws -> SessionBundle.Labels { [try Code("G1-01"): [2: .normal, 3: .ectopic]] }

    static func summaries() throws -> [PhaseSummary] {
        var baseline = PhaseSummary(code: try Code("G1-01"), phase: "baseline", seconds: 4, beats: 1, gaps: 0)
        baseline.clean = 0.5
        baseline.reasons = ["rmssd": "needs 56 s more", "coherence_mean": "too short", "extra": "told last"]
        var practice = PhaseSummary(code: try Code("G1-01"), phase: "practice-1", seconds: 300, beats: 330, gaps: 1)
        practice.clean = 0.99
        practice.meanNN = 900.5
        practice.meanHeartRate = 60_000 / 900.5
        practice.sdnn = 50.25
        practice.rmssd = 40
        practice.lnRMSSD = 3.75
        practice.coherenceMean = 1.5
        practice.coherenceMedian = 1.25
        practice.pctMean = 61
        practice.peakHz = 0.1
        practice.bandCounts = [.low: 1, .medium: 2, .high: 1]
        practice.followsPacer = true
        return [baseline, practice]
    }
}
