public import HRV

/// An analysis as tidy CSV: a line a metric, with the reason where it has no value.
public enum AnalysisTable {
    /// The names of the columns, as the first line.
    public static var header: [UInt8] {
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        return bytes
    }

    /// The lines of one analysis.
    ///
    /// - Parameters:
    ///   - analysis: what to tell.
    ///   - file: the file it came from.
    ///   - window: the stretch of time it measures, seconds.
    /// - Returns: a line a metric; those of the Lomb-Scargle spectrum have `lomb_` in front.
    public static func lines(of analysis: Analysis, file: String, window: ClosedRange<Double>) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries(of: analysis) {
            table.write(Row(file: file, window: window, entry: entry), into: &bytes)
        }
        return bytes
    }

    /// What a line says of one metric.
    struct Entry: Sendable {
        var metric: String
        var value: Double?
        var unit = ""
        var reason: String?
    }

    private struct Row: Sendable {
        let file: String
        let window: ClosedRange<Double>
        let entry: Entry
    }

    private static let table = Table<Row>(
        file: "analysis.csv",
        columns: [
            .text("file", "the file it came from") { $0.file },
            .number("from_s", unit: "s", "where the stretch that was measured begins") { $0.window.lowerBound },
            .number("to_s", unit: "s", "where it ends") { $0.window.upperBound },
            .text("metric", "the name of the metric") { $0.entry.metric },
            .number("value", "its value") { $0.entry.value },
            .text("unit", "the unit of the value") { $0.entry.unit },
            .text("reason", "why there is no value") { $0.entry.reason },
        ])

    static func entries(of analysis: Analysis) -> [Entry] {
        let odd = BeatLabel.allCases.filter { $0 != .normal }.reduce(0) { $0 + (analysis.counts[$1] ?? 0) }
        let raw = analysis.counts.values.reduce(0, +)
        var entries = [
            Entry(metric: "beats", value: Double(raw)), Entry(metric: "artifacts", value: Double(odd)),
            Entry(metric: "artifact_share", value: analysis.artifactShare, reason: raw == 0 ? "no beats" : nil),
            Entry(metric: "stretch_s", value: analysis.stretchSeconds, unit: "s"),
        ]
        entries += domain(analysis.time) + domain(analysis.frequency) + domain(analysis.lomb, prefix: "lomb_")
        entries += domain(analysis.nonlinear) + domain(analysis.breathing)
        let summary = analysis.coherenceSummary
        let reason = analysis.reasons["coherence"]
        entries.append(Entry(metric: "coherence", value: summary.mean, reason: reason))
        entries.append(Entry(metric: "coherence_pct", value: summary.meanPct, unit: "%", reason: reason))
        for band in CoherenceBands.Band.allCases {
            let share = summary.shares[band].map { $0 * 100 }
            entries.append(Entry(metric: "coherence_\(band.rawValue)", value: share, unit: "%", reason: reason))
        }
        entries.append(Entry(metric: "coherence_updates", value: Double(summary.scored)))
        return entries
    }

    private static func domain<Name: MetricName>(_ set: MetricSet<Name>, prefix: String = "") -> [Entry] {
        Name.allCases.map { name in
            Entry(
                metric: prefix + name.rawValue, value: set[name], unit: set[name] == nil ? "" : name.unit,
                reason: set.reason(for: name))
        }
    }
}
