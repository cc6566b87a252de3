public import HRV

/// An analysis as the document `entrain.analysis/1`: numbers in full precision, null with a reason where there is none.
public enum AnalysisDocument {
    /// The name and version of the document.
    public static let schema = "entrain.analysis/1"

    /// The document.
    ///
    /// - Parameters:
    ///   - analysis: what to tell.
    ///   - file: the file it came from.
    ///   - window: the stretch of time it measures, seconds; nil for all.
    ///   - input: how the file was read, where that is wanted.
    /// - Returns: one object.
    public static func value(
        of analysis: Analysis, file: String, window: ClosedRange<Double>? = nil, input: RRFile? = nil
    ) -> JSONValue {
        var members: [JSONValue.Member] = [.init("schema", .string(schema)), .init("file", .string(file))]
        if let window {
            members.append(.init("from_s", .number(window.lowerBound)))
            members.append(.init("to_s", .number(window.upperBound)))
        }
        if let input { members.append(.init("input", self.input(input))) }
        let isWhole = window == nil
        members += [
            .init("beats", .integer(isWhole ? analysis.raw.count : analysis.counts.values.reduce(0, +))),
            .init("duration_s", .number(isWhole ? analysis.raw.duration : analysis.seconds)),
            .init("artifacts", artifacts(analysis)), .init("detrend", .string(analysis.options.detrending.rawValue)),
            .init("time", metrics(analysis.time.ordered)), .init("frequency", metrics(analysis.frequency.ordered)),
            .init("lomb", metrics(analysis.lomb.ordered)), .init("nonlinear", metrics(analysis.nonlinear.ordered)),
            .init("breathing", metrics(analysis.breathing.ordered)),
            .init("stretch_s", .number(analysis.stretchSeconds)), .init("coherence", coherence(analysis)),
            .init(
                "reasons",
                .object(analysis.reasons.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })),
        ]
        return .object(members)
    }

    private static func input(_ file: RRFile) -> JSONValue {
        [
            "format": .string(file.format.rawValue), "encoding": .string(file.encoding.rawValue),
            "unit": .string(file.unit.rawValue), "time": .string(file.layout.rawValue),
            "code": JSONValue(file.code),
            "gaps": .array(
                file.gaps.map {
                    ["before_beat": .integer($0.before + 1), "line": .integer($0.line), "seconds": .number($0.seconds)]
                }),
            "left_out": .array(
                file.leftOut.map {
                    [
                        "reason": .string($0.reason.rawValue), "count": .integer($0.count),
                        "first_lines": .array($0.firstLines.map(JSONValue.integer)),
                    ]
                }),
            "notes": .array(file.notes.map(JSONValue.string)),
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
