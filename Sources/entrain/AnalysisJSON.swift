import Formats
import HRV

/// An analysis as the document `entrain.analysis/1`: numbers in full precision, null with a reason where there is none.
enum AnalysisJSON {
    static func document(_ analysis: Analysis) -> JSONValue {
        [
            "schema": "entrain.analysis/1", "beats": .integer(analysis.raw.count),
            "duration_s": .number(analysis.raw.duration),
            "artifacts": artifacts(analysis), "time": metrics(analysis.time.ordered),
            "frequency": metrics(analysis.frequency.ordered), "lomb": metrics(analysis.lomb.ordered),
            "nonlinear": metrics(analysis.nonlinear.ordered), "breathing": metrics(analysis.breathing.ordered),
            "stretch_s": .number(analysis.stretchSeconds), "coherence": coherence(analysis),
            "reasons": .object(
                analysis.reasons.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) }),
        ]
    }

    private static func artifacts(_ analysis: Analysis) -> JSONValue {
        func count(_ label: BeatLabel) -> JSONValue { .integer(analysis.counts[label] ?? 0) }
        return [
            "mode": .string(analysis.options.artifacts.rawValue), "missed": count(.missed), "extra": count(.extra),
            "ectopic": count(.ectopic), "long": count(.long), "short": count(.short),
            "share": JSONValue(analysis.artifactShare),
        ]
    }

    private static func metrics(_ ordered: [(name: String, value: Double?)]) -> JSONValue {
        .object(ordered.map { JSONValue.Member($0.name, JSONValue($0.value)) })
    }

    private static func coherence(_ analysis: Analysis) -> JSONValue {
        [
            "definition": .string(Coherence.definition), "mean": JSONValue(analysis.coherenceSummary.mean),
            "updates": .array(analysis.coherence.map(update)),
        ]
    }

    private static func update(_ update: CoherenceUpdate) -> JSONValue {
        [
            "t": .number(update.t), "t_end": .number(update.tEnd), "peak_hz": JSONValue(update.result?.peakHz),
            "pct": JSONValue(update.result?.pct), "ratio": JSONValue(update.result?.ratio),
            "ep": JSONValue(update.result?.ep), "score": JSONValue(update.result?.score),
            "edge": update.result.map { .bool($0.edge) } ?? .null, "clean": .number(update.clean),
            "reason": JSONValue(update.reason ?? update.note),
        ]
    }
}
