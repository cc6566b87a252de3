public import HRV

/// An analysis as people read it: a line a metric, with its unit, and the reason where there is no number.
public enum AnalysisText {
    private static let units: [String: String] = [
        "mean_nn": "ms", "median_nn": "ms", "sdnn": "ms", "mean_hr": "/min", "min_hr": "/min", "max_hr": "/min",
        "rmssd": "ms", "ln_rmssd": "ln ms", "sdsd": "ms", "pnn50": "%", "pnn20": "%", "cvnn": "%", "range_nn": "ms",
        "tinn": "ms", "sdann": "ms", "sdnn_index": "ms", "vlf": "ms²", "lf": "ms²", "hf": "ms²", "total": "ms²",
        "lf_peak": "Hz", "hf_peak": "Hz", "lf_nu": "n.u.", "hf_nu": "n.u.", "sd1": "ms", "sd2": "ms", "area": "ms²",
        "rate_per_min": "/min", "swing_bpm": "/min",
    ]

    /// The text, ending in a line break.
    /// - Parameters:
    ///   - analysis: what to tell.
    ///   - name: the file it came from.
    /// - Returns: at most 80 columns, a line a metric.
    public static func text(_ analysis: Analysis, name: String) -> String {
        var lines = [head(analysis, name)]
        lines += section("Time domain", analysis.time.ordered, analysis)
        lines += section("Frequency, Welch", analysis.frequency.ordered, analysis)
        lines += section("Frequency, Lomb-Scargle", analysis.lomb.ordered, analysis)
        lines += section("Nonlinear", analysis.nonlinear.ordered, analysis)
        lines += section("Breathing, from the heart", analysis.breathing.ordered, analysis)
        lines += coherence(analysis)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func head(_ analysis: Analysis, _ name: String) -> String {
        let minutes = Figures.fixed(analysis.raw.duration / 60, places: 1)
        let odd = BeatLabel.allCases.filter { $0 != .normal }.reduce(0) { $0 + (analysis.counts[$1] ?? 0) }
        let share = analysis.artifactShare.map { Figures.fixed($0 * 100, places: 1) + " %" } ?? "–"
        let treatment = analysis.options.artifacts == .correct ? "corrected" : "kept"
        return " \(name): \(analysis.raw.count) beats, \(minutes) min, \(odd) odd beats (\(share)) \(treatment)"
    }

    private static func section(
        _ title: String, _ ordered: [(name: String, value: Double?)], _ analysis: Analysis
    ) -> [String] {
        let missing = ordered.filter { $0.value == nil }
        if missing.count == ordered.count, let reason = missing.first.flatMap({ analysis.reasons[$0.name] }) {
            return ["", " \(title): \(reason)"]
        }
        return ["", " \(title)"]
            + ordered.map { metric in
                guard let value = metric.value else {
                    return row(metric.name, "–", analysis.reasons[metric.name] ?? "")
                }
                return row(metric.name, number(value), units[metric.name] ?? "")
            }
    }

    private static func coherence(_ analysis: Analysis) -> [String] {
        let summary = analysis.coherenceSummary
        guard let mean = summary.mean else {
            return ["", " Coherence (\(Coherence.definition)): \(analysis.reasons["coherence"] ?? "no score")"]
        }
        let shares = CoherenceBands.Band.allCases.map { band in
            "\(band.rawValue) \(Figures.fixed((summary.shares[band] ?? 0) * 100, places: 0)) %"
        }
        return [
            "", " Coherence (\(Coherence.definition))", row("mean", number(mean), "\(summary.scored) updates"),
            row("bands", "", shares.joined(separator: ", ")),
        ]
    }

    private static func row(_ name: String, _ value: String, _ note: String) -> String {
        let gap = String(repeating: " ", count: max(1, 24 - name.count - value.count))
        return "   \(name)\(gap)\(value)  \(note)"
    }

    /// Four significant digits or so: people compare, files keep everything.
    private static func number(_ value: Double) -> String {
        let size = value.magnitude
        return Figures.fixed(value, places: size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4)
    }
}
