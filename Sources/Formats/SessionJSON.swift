import HRV
import HeartRate
import Practice
import Timekeeping

/// session.json: what a reader must know to repeat a session and its numbers.
enum SessionJSON {
    static let schema = "entrain.session/1"

    static func value(of record: SessionRecord) -> JSONValue {
        let info = record.info
        let isOfPresentCodes = { (change: Reassignment) in
            info.codes[change.from] != .withdrawn && info.codes[change.to] != .withdrawn
        }
        return [
            "schema": .string(schema),
            "tool": ["name": "entrain", "version": .string(info.toolVersion)],
            "session": .string(info.name),
            "group": .string(info.group.text),
            "started": .string(info.started.rfc3339),
            "zone": ["offset_s": .integer(info.zoneOffsetSeconds)],
            "seconds": JSONValue(info.seconds),
            "codes": .array(
                info.presentCodes.map {
                    ["code": .string($0.description), "consent": JSONValue(info.codes[$0]?.rawValue)]
                }),
            "withdrawn": .integer(info.withdrawnCount),
            "corrections": .array(record.reassignments.filter(isOfPresentCodes).map(correction)),
            "imports": .array(record.imports.map(imported)),
            "script": script(info.script),
            "phases": .array(record.phases.map(span)),
            "algorithms": Algorithms.value,
            "devices": .array(devices(of: record)),
            "adapters": .array(info.adapters.map { .string($0) }),
            "clock": ["rate": .number(info.clockRate), "t_s": "seconds of session time from the session's start"],
            "wellness": .string(
                "For learning and well-being practice; not a medical device; does not diagnose, treat or monitor any "
                    + "condition; values are estimates from a consumer strap."),
        ]
    }

    private static func imported(_ recording: ImportRecord) -> JSONValue {
        [
            "code": .string(recording.code.description), "format": .string(recording.format),
            "sha256": recording.digest.isEmpty ? .null : .string(recording.digest),
            "start_s": .number(recording.start), "beats": .integer(recording.beats),
            "remarks": .array(recording.remarks.map { .string($0) }), "made": .string(recording.made.rfc3339),
        ]
    }

    private static func correction(_ change: Reassignment) -> JSONValue {
        [
            "from": .string(change.from.description), "to": .string(change.to.description),
            "start_s": .number(change.start), "end_s": JSONValue(change.end.isFinite ? change.end : nil),
            "exchange": .bool(change.isExchange), "made": .string(change.made.rfc3339),
        ]
    }

    private static func script(_ script: Script) -> JSONValue {
        [
            "name": .string(script.name), "purpose": .string(script.purpose),
            "phases": .array(script.phases.map(phase)), "text": .string(ScriptFile.text(of: script)),
        ]
    }

    private static func phase(_ phase: Phase) -> JSONValue {
        [
            "key": .string(phase.key), "title": .string(phase.title), "seconds": JSONValue(phase.seconds),
            "feedback": .string(phase.feedback.rawValue), "pacer": pacer(phase.pacer),
            "posture": phase.posture.isEmpty ? .null : .string(phase.posture),
            "er": phase.regulation.isEmpty ? .null : .string(phase.regulation), "prompt": .string(phase.prompt),
            "analyse": .bool(phase.isAnalysed), "skippable": .bool(phase.isSkippable),
            "unattended_end": .string(phase.unattendedEnd.rawValue),
        ]
    }

    private static func pacer(_ pacer: Pacer?) -> JSONValue {
        guard let pacer else { return .null }
        return [
            "rate": .number(pacer.rate), "in_s": .number(pacer.inSeconds), "hold_s": .number(pacer.holdSeconds),
            "out_s": .number(pacer.outSeconds),
        ]
    }

    private static func span(_ span: PhaseSequence.Span) -> JSONValue {
        [
            "phase": .string(span.phase.key), "start_s": .number(span.start), "end_s": JSONValue(span.end),
            "pacer": pacer(span.phase.pacer),
        ]
    }

    /// Which strap was whose, by label; addresses stay on this machine.
    private static func devices(of record: SessionRecord) -> [JSONValue] {
        var labels: [Code: [String]] = [:]
        for (code, label) in record.links.map({ ($0.code, $0.strap) }) + record.packets.map({ ($0.code, $0.strap) }) {
            let shown = StrapLabel.withoutAddress(label)
            if labels[code]?.contains(shown) != true { labels[code, default: []].append(shown) }
        }
        let descriptions = Dictionary(
            record.straps.map { (StrapLabel.withoutAddress($0.key), $0.value) }, uniquingKeysWith: { first, _ in first }
        )
        return labels.keys.sorted().map { code in
            [
                "code": .string(code.description),
                "straps": .array((labels[code] ?? []).map { strap($0, descriptions[$0]) }),
            ]
        }
    }

    private static func strap(_ label: String, _ description: StrapDescription?) -> JSONValue {
        [
            "label": .string(label), "manufacturer": JSONValue(description?.manufacturer),
            "model": JSONValue(description?.model), "firmware": JSONValue(description?.firmware),
            "location": JSONValue(description?.location?.word),
        ]
    }
}
