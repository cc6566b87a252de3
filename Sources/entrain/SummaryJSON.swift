import Formats
import Practice

/// A session's summary in JSON.
enum SummaryJSON {
    static func object(_ summary: SessionSummary) -> JSONValue {
        [
            "v": 1, "type": "summary", "session": .string(summary.session), "script": .string(summary.script),
            "seconds": JSONValue(summary.seconds, places: 3), "codes": .array(summary.rows.map(row)),
            "group": summary.group.map(group) ?? .null,
        ]
    }

    private static func group(_ group: SessionSummary.GroupChange) -> JSONValue {
        [
            "used": .integer(group.used), "of": .integer(group.of), "median_change": .number(group.medianChange),
            "up": .integer(group.up),
        ]
    }

    private static func row(_ row: SessionSummary.Row) -> JSONValue {
        let (used, reason) =
            switch row.use {
            case .yes: ("yes", nil as String?)
            case .part(let reason): ("part", reason)
            case .no(let reason): ("no", reason)
            }
        return [
            "code": .string(row.code.description), "clean": JSONValue(row.clean), "used": .string(used),
            "baseline": JSONValue(row.baseline), "practice": JSONValue(row.practice), "change": JSONValue(row.change),
            "low": JSONValue(row.low), "medium": JSONValue(row.medium), "high": JSONValue(row.high),
            "recovery": JSONValue(row.recovery), "reason": JSONValue(reason),
        ]
    }
}
