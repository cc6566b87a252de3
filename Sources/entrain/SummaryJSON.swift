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
            "group": summary.group.map { group($0, leftOut: summary.rows) } ?? .null,
            "changes": .array(summary.changes.map(change)), "effects": .array(summary.effects.map(effect)),
            "control": "none: a description of one session, not evidence that the exercise caused it",
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

    private static func group(_ group: SessionSummary.GroupChange, leftOut rows: [SessionSummary.Row]) -> JSONValue {
        [
            "used": .integer(group.used), "of": .integer(group.of), "median_change": .number(group.medianChange),
            "up": .integer(group.up), "down": .integer(group.down), "dz": JSONValue(group.effect?.dz),
            "dz_ci_lo": JSONValue(group.effect?.low), "dz_ci_hi": JSONValue(group.effect?.high),
            "g": JSONValue(group.effect?.g), "g_ci_lo": JSONValue(group.effect?.gInterval.lowerBound),
            "g_ci_hi": JSONValue(group.effect?.gInterval.upperBound),
            "rank_biserial": JSONValue(group.rankBiserial),
            "left_out": .array(
                rows.filter { $0.use != .yes }.map {
                    ["code": .string($0.code.description), "reason": JSONValue(words(of: $0.use).reason)]
                }),
        ]
    }

    private static func change(_ change: CodeChange) -> JSONValue {
        [
            "code": .string(change.code.description), "from": .string(change.from), "to": .string(change.to),
            "measure": .string(change.measure.rawValue), "before": JSONValue(change.before),
            "after": JSONValue(change.after), "delta": JSONValue(change.delta),
            "used": .string(words(of: change.use).used), "reason": JSONValue(change.reason),
        ]
    }

    private static func effect(_ effect: GroupEffect) -> JSONValue {
        [
            "measure": .string(effect.measure.rawValue), "n": .integer(effect.used), "of": .integer(effect.of),
            "median_delta": JSONValue(effect.medianDelta), "up": .integer(effect.up), "down": .integer(effect.down),
            "dz": JSONValue(effect.effect?.dz), "dz_ci_lo": JSONValue(effect.effect?.low),
            "dz_ci_hi": JSONValue(effect.effect?.high), "g": JSONValue(effect.effect?.g),
            "g_ci_lo": JSONValue(effect.effect?.gInterval.lowerBound),
            "g_ci_hi": JSONValue(effect.effect?.gInterval.upperBound), "rank_biserial": JSONValue(effect.rankBiserial),
        ]
    }

    private static func words(of use: SessionSummary.Use) -> (used: String, reason: String?) {
        switch use {
        case .yes: ("yes", nil)
        case .part(let reason): ("part", reason)
        case .no(let reason): ("no", reason)
        }
    }

    private static func row(_ row: SessionSummary.Row) -> JSONValue {
        let (used, reason) = words(of: row.use)
        return [
            "code": .string(row.code.description), "clean": JSONValue(row.clean), "used": .string(used),
            "baseline": JSONValue(row.baseline), "practice": JSONValue(row.practice), "change": JSONValue(row.change),
            "low": JSONValue(row.low), "medium": JSONValue(row.medium), "high": JSONValue(row.high),
            "recovery": JSONValue(row.recovery), "reason": JSONValue(reason),
        ]
    }
}
