import Formats
import HRV
import Practice

/// A session's summary in JSON.
enum SummaryJSON {
    static func object(_ summary: SessionSummary) -> JSONValue {
        [
            "v": 1, "type": "summary", "session": .string(summary.session), "script": .string(summary.script),
            "seconds": JSONValue(summary.seconds, places: 3), "codes": .array(summary.rows.map(row)),
            "withdrawn": .integer(summary.withdrawn),
            "group": summary.group.map(group) ?? .null,
            "group_coherence": [
                "definition": .string(GroupCoherenceMeter.definition),
                "phases": .array(summary.rhythms.map { .object($0.json) }),
            ],
        ]
    }

    /// One code, phase by phase.
    static func object(_ code: Code, of session: String, _ phases: [PhaseSummary]) -> JSONValue {
        [
            "v": 1, "type": "code", "session": .string(session), "code": .string(code.description),
            "phases": .array(
                phases.map { phase in
                    [
                        "phase": .string(phase.phase), "seconds": JSONValue(phase.seconds, places: 3),
                        "beats": .integer(phase.beats), "gaps": .integer(phase.gaps), "clean": JSONValue(phase.clean),
                        "mean_hr": JSONValue(phase.meanHeartRate), "rmssd": JSONValue(phase.rmssd),
                        "coherence_mean": JSONValue(phase.coherenceMean), "peak_hz": JSONValue(phase.peakHz),
                        "reason": JSONValue(phase.reasons["coherence_mean"]),
                    ]
                }),
        ]
    }

    private static func group(_ group: SessionSummary.GroupChange) -> JSONValue {
        [
            "used": .integer(group.used), "of": .integer(group.of), "median_change": .number(group.medianChange),
            "up": .integer(group.up), "dz": JSONValue(group.effect?.dz), "dz_ci_lo": JSONValue(group.effect?.low),
            "dz_ci_hi": JSONValue(group.effect?.high),
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
