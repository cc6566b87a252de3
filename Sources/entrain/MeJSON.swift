import Formats
import HRV
import HeartRate
import Practice
import Timekeeping

/// A personal reading as JSON, one object a line, every one with `"v":1` and a `type`.
enum MeJSON {
    static func line(for event: PersonalEvent) -> JSONValue {
        let t = JSONValue(event.t, places: 3)
        let utc = JSONValue.string(event.utc.rfc3339)
        switch event.kind {
        case .began(let strap):
            return [
                "v": 1, "type": "reading", "event": "start", "t": t, "utc": utc, "strap": .string(strap),
            ]
        case .beat(let end, let milliseconds, let flag):
            return [
                "v": 1, "type": "beat", "t": JSONValue(end, places: 3), "rr_ms": JSONValue(milliseconds, places: 3),
                "flag": .string(flag.rawValue),
            ]
        case .update(let update): return coherence(update)
        case .lost: return ["v": 1, "type": "strap", "event": "lost", "t": t]
        case .back(let gap):
            return ["v": 1, "type": "strap", "event": "back", "t": t, "gap_s": JSONValue(gap, places: 3)]
        case .paused(let isPaused):
            return ["v": 1, "type": "pause", "event": isPaused ? "start" : "end", "t": t]
        case .pacer(let rate): return ["v": 1, "type": "pacer", "t": t, "rate": .number(rate)]
        case .notice(let text): return ["v": 1, "type": "notice", "t": t, "utc": utc, "text": .string(text)]
        }
    }

    /// The last line of a reading.
    static func end(_ summary: PersonalSummary, receipt: PersonalReceipt?, wasStopped: Bool) -> JSONValue {
        .object(
            [
                .init("v", 1), .init("type", "reading"), .init("event", "end"),
                .init("stopped_by_user", .bool(wasStopped)),
            ]
                + members(summary) + [.init("receipt", JSONValue(receipt?.text))])
    }

    /// A kept reading, whole.
    static func kept(_ record: PersonalRecord, _ summary: PersonalSummary, _ replay: CodeReplay) -> JSONValue {
        let labels = replay.labelsBySequence
        let beats = record.beats.map { beat -> JSONValue in
            [
                "t": JSONValue(beat.end, places: 3), "rr_1024": .integer(Int(beat.ticks)),
                "rr_ms": JSONValue(beat.milliseconds, places: 3), "flag": .string(beat.flag.rawValue),
                "label": JSONValue(labels[beat.sequence].map { String($0.rawValue) }),
            ]
        }
        return .object(
            [
                .init("v", 1), .init("type", "kept-reading"), .init("started", .string(record.started.rfc3339)),
                .init("definition", .string(Coherence.definition)),
            ] + members(summary) + [
                .init("intervals", .array(beats)),
                .init("coherence", .array(replay.updates.map { .object(coherence($0)) })),
            ])
    }

    private static func members(_ summary: PersonalSummary) -> [JSONValue.Member] {
        [
            .init("seconds", JSONValue(summary.seconds, places: 3)), .init("beats", .integer(summary.beats)),
            .init("mean_hr", JSONValue(summary.heartRate, places: 2)),
            .init("swing_bpm", JSONValue(summary.swing, places: 2)),
            .init("clean", JSONValue(summary.clean, places: 4)), .init("first", JSONValue(summary.first, places: 4)),
            .init("later", JSONValue(summary.later, places: 4)),
            .init("compared", JSONValue(summary.standing?.rawValue)), .init("reason", JSONValue(summary.reason)),
        ]
    }

    private static func coherence(_ update: PersonalUpdate) -> JSONValue {
        [
            "v": 1, "type": "coherence", "t": JSONValue(update.t, places: 3),
            "score": JSONValue(update.score, places: 4), "pct": JSONValue(update.pct, places: 2),
            "peak_hz": JSONValue(update.peakHz, places: 4), "clean": JSONValue(update.clean, places: 4),
            "reason": JSONValue(update.reason), "note": JSONValue(update.note),
            "compared": JSONValue(update.standing?.rawValue), "heart_rate": JSONValue(update.view.heartRate),
            "swing_bpm": JSONValue(update.view.swing, places: 1),
        ]
    }

    private static func coherence(_ update: CoherenceUpdate) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("t", JSONValue(update.t, places: 3)), .init("score", JSONValue(update.result?.score, places: 4)),
            .init("pct", JSONValue(update.result?.pct, places: 2)),
            .init("peak_hz", JSONValue(update.result?.peakHz, places: 4)),
            .init("clean", JSONValue(update.clean, places: 4)),
        ]
        if let reason = update.reason { members.append(.init("reason", .string(reason))) }
        if let note = update.note { members.append(.init("note", .string(note))) }
        return members
    }
}
