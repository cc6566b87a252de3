import HRV
import HeartRate
import Practice
import Timekeeping

/// A session that fills every column.
enum Samples {
    static let started = UTC(nanosecondsSince1970: 1_785_873_761_852_123_456)

    static func code(_ text: String = "G1-01") throws -> Code { try Code(text) }

    static func info(
        name: String = "20260804-G1", codes: [String: Consent] = ["G1-01": .study, "G1-02": .study]
    ) throws -> SessionInfo {
        var consents: [Code: Consent] = [:]
        for (text, consent) in codes { consents[try Code(text)] = consent }
        return SessionInfo(
            name: name, group: try GroupName("G1"), started: started, zoneOffsetSeconds: -14_400, seconds: nil,
            script: .pal30, codes: consents, toolVersion: "0.1.0", clockRate: 1, adapters: ["hci0", "hci1"])
    }

    static func packet(_ code: String, _ number: Int, t: Double) throws -> PacketRecord {
        PacketRecord(
            code: try Code(code), number: number, t: t, utc: started.advanced(by: .nanoseconds(Int64(t * 1e9))),
            strap: "Polar H10 A1B2C3D4", bytes: [0x10, 72, 0x3c, UInt8(truncatingIfNeeded: number)])
    }

    static func beat(
        _ code: String, _ sequence: Int, end: Double?, flag: Beat.Flag = .ok, segment: Int = 1
    ) throws -> BeatRecord {
        BeatRecord(
            code: try Code(code),
            beat: Beat(
                sequence: sequence, ticks: 831, end: end, contact: .unknown, flag: flag, segment: segment, packet: 1))
    }

    static func record() throws -> SessionRecord {
        let first = try code("G1-01")
        let second = try code("G1-02")
        var record = SessionRecord(
            info: try info(), phases: [], packets: [], beats: [], coherence: [], markers: [], links: [])
        record.phases = [
            PhaseSequence.Span(phase: Script.pal30.phases[0], start: 0, end: 0.1 + 0.2),
            PhaseSequence.Span(phase: Script.pal30.phases[4], start: 0.1 + 0.2),
        ]
        record.packets = [
            try packet("G1-01", 1, t: 1.0 / 3), try packet("G1-01", 2, t: 1.3), try packet("G1-02", 1, t: 0.7),
        ]
        record.packets[1].bytes = []
        record.packets[2].strap = "Other 7"
        record.beats = [
            try beat("G1-01", 1, end: nil, flag: .flushed), try beat("G1-01", 2, end: 812.0 / 1024),
            try beat("G1-02", 1, end: 5, flag: .gapBefore, segment: 2),
        ]
        record.beats[2].beat.contact = .no
        record.beats[2].beat.ticks = 65_535
        record.coherence = [
            CoherenceRecord(
                code: first,
                reading: CoherenceReading(
                    t: 69, score: 0.9100000000000001, pct: 58.2, ratio: 1.39, peakHz: 0.0996, band: .medium,
                    clean: 0.93,
                    reason: nil, note: "some odd beats", heartRate: 68)),
            CoherenceRecord(
                code: second,
                reading: CoherenceReading(
                    t: 69, score: nil, pct: nil, ratio: nil, peakHz: nil, band: nil, clean: 0.5,
                    reason: "too many odd beats", note: nil, heartRate: nil)),
        ]
        record.markers = [
            MarkerRecord(t: 2, code: nil, kind: "mark", text: "door, \"loud\"\nagain"),
            MarkerRecord(t: 3, code: second, kind: "notice", text: "é"),
        ]
        record.links = [
            LinkRecord(
                code: first, segment: 1, strap: "Polar H10 A1B2C3D4", event: .connect, t: 0.1, rssi: -61, battery: 80),
            LinkRecord(
                code: first, segment: 1, strap: "Polar H10 A1B2C3D4", event: .lost, t: 9.5, rssi: nil, battery: nil),
        ]
        return record
    }
}
