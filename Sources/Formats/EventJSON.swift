import HRV
import HeartRate
public import Practice
import Timekeeping

/// The stream of a running session as JSON, one object a line, every one with `"v":1` and a `type`.
public enum EventJSON {
    /// Version of the shapes.
    static let version = 1

    /// The line of an event, without a line break at its end.
    public static func line(for event: SessionEvent) -> String { value(for: event).line }

    static func value(for event: SessionEvent) -> JSONValue {
        let t = JSONValue(event.t, places: 3)
        return switch event.kind {
        case .started(let session, let group, let codes, let script):
            [
                "v": .integer(version), "type": "session", "t": t, "utc": .string(event.utc.rfc3339),
                "event": "start", "session": .string(session), "group": .string(group), "codes": .integer(codes),
                "script": .string(script),
            ]
        case .ended(let stoppedByUser):
            [
                "v": .integer(version), "type": "session", "t": t, "utc": .string(event.utc.rfc3339), "event": "end",
                "stopped_by_user": .bool(stoppedByUser),
            ]
        case .phaseBegan(let phase): Self.phase(phase, "start", t, event.utc)
        case .phasePaused(let phase): Self.phase(phase, "pause", t, event.utc)
        case .phaseResumed(let phase): Self.phase(phase, "resume", t, event.utc)
        case .phaseEnded(let phase): Self.phase(phase, "end", t, event.utc)
        case .beat(let code, let milliseconds, let flag, let phase):
            [
                "v": .integer(version), "type": "beat", "code": .string(code.description), "t": t,
                "rr_ms": JSONValue(milliseconds, places: 3), "flag": .string(flag.rawValue), "phase": .string(phase),
            ]
        case .coherence(let code, let reading): coherence(reading, of: code)
        case .group(let rhythm): group(rhythm, t)
        case .strap(let code, let change): strap(change, of: code, t)
        case .marker(let code, let text): note("marker", code, text, t, event.utc)
        case .notice(let code, let text): note("notice", code, text, t, event.utc)
        }
    }

    private static func phase(_ phase: Phase, _ event: JSONValue, _ t: JSONValue, _ utc: UTC) -> JSONValue {
        [
            "v": .integer(version), "type": "phase", "t": t, "utc": .string(utc.rfc3339), "phase": .string(phase.key),
            "event": event,
        ]
    }

    private static func coherence(_ reading: CoherenceReading, of code: Code) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("v", .integer(version)), .init("type", "coherence"), .init("code", .string(code.description)),
            .init("t", JSONValue(reading.t, places: 3)), .init("score", JSONValue(reading.score, places: 4)),
            .init("pct", JSONValue(reading.pct, places: 2)), .init("peak_hz", JSONValue(reading.peakHz, places: 4)),
            .init("band", JSONValue(reading.band?.rawValue)), .init("clean", JSONValue(reading.clean, places: 4)),
        ]
        if let reason = reading.reason { members.append(.init("reason", .string(reason))) }
        if let note = reading.note { members.append(.init("note", .string(note))) }
        return .object(members)
    }

    private static func group(_ rhythm: GroupRhythm, _ t: JSONValue) -> JSONValue {
        var value = rhythm.json
        value.insert(contentsOf: [.init("v", .integer(version)), .init("type", "group"), .init("t", t)], at: 0)
        return .object(value)
    }

    private static func strap(_ change: SessionEvent.StrapChange, of code: Code, _ t: JSONValue) -> JSONValue {
        let begin: [JSONValue.Member] = [
            .init("v", .integer(version)), .init("type", "strap"), .init("code", .string(code.description)),
            .init("t", t),
        ]
        return switch change {
        case .connected(let label):
            .object(
                begin + [.init("event", "connected"), .init("strap", .string(StrapLabel.withoutAddress(label)))])
        case .lost: .object(begin + [.init("event", "lost")])
        case .back(let gap):
            .object(begin + [.init("event", "back"), .init("gap_s", JSONValue(gap, places: 3))])
        }
    }

    private static func note(_ type: JSONValue, _ code: Code?, _ text: String, _ t: JSONValue, _ utc: UTC) -> JSONValue
    {
        [
            "v": .integer(version), "type": type, "scope": code == nil ? "group" : "code",
            "code": JSONValue(code?.description), "t": t, "utc": .string(utc.rfc3339), "text": .string(text),
        ]
    }
}
