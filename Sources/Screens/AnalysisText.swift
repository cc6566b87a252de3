public import HRV
internal import Practice
internal import Terminal

/// An analysis as people read it: a line a metric, with its unit and what it is, or the reason where there is no number.
public enum AnalysisText {
    /// How wide the text is at most.
    public static let columns = 80

    /// The text, ending in a line break.
    ///
    /// - Parameters:
    ///   - analysis: what to tell.
    ///   - name: the file it came from.
    /// - Returns: at most 80 columns, a line a metric.
    public static func text(_ analysis: Analysis, name: String) -> String {
        var lines = head(analysis, name)
        lines += section("Time", over: "all beats, no difference across a gap", analysis.time)
        let stretch = "longest stretch without a gap, \(length(analysis.stretchSeconds))"
        let trend = analysis.options.detrending == .priors ? "smoothness priors" : "trend kept"
        lines += section("Frequency, Welch, \(trend)", over: stretch, analysis.frequency)
        lines += section("Frequency, Lomb-Scargle", over: stretch, analysis.lomb)
        lines += section("Nonlinear", over: stretch, analysis.nonlinear)
        lines += section("Breathing, as the heart shows it", over: stretch, analysis.breathing)
        lines += coherence(analysis)
        return lines.joined(separator: "\n") + "\n"
    }

    /// How a file was read, ending in a blank line.
    public static func explanation(_ lines: [String], name: String) -> String {
        let wrapped = lines.flatMap { line in
            Wrapping.lines(line, columns: columns - 5).enumerated().map {
                ($0.offset == 0 ? "   " : "     ") + $0.element
            }
        }
        return ([" How \(DisplayWidth.fit(name, columns: columns - 16)) was read"] + wrapped).joined(separator: "\n")
            + "\n\n"
    }

    private static func head(_ analysis: Analysis, _ name: String) -> [String] {
        let odd = BeatLabel.allCases.filter { $0 != .normal }.map { (label: $0, count: analysis.counts[$0] ?? 0) }
        let whole = odd.reduce(0) { $0 + $1.count }
        let share = analysis.artifactShare.map { Figures.fixed($0 * 100, places: 1) + " %" } ?? Figures.absent
        let treatment = analysis.options.artifacts == .correct ? "corrected" : "kept"
        let kinds = odd.filter { $0.count > 0 }.map { "\(word($0.label)) \($0.count)" }.joined(separator: ", ")
        let segments = analysis.raw.segments.count
        let gaps = segments > 1 ? ", \(segments - 1) gap\(segments == 2 ? "" : "s")" : ""
        return [
            " " + DisplayWidth.fit(name, columns: columns - 1),
            " \(analysis.raw.count) beats, \(length(analysis.raw.duration))\(gaps)",
            " odd beats: \(whole) (\(share)), \(treatment)\(kinds.isEmpty ? "" : ": \(kinds)")",
        ]
    }

    /// A length of time as `4 min 59 s`, from two hours on as `22 h 29 min`.
    private static func length(_ seconds: Double) -> String {
        guard seconds >= 7200, seconds < 1e12 else { return Figures.spoken(seconds) }
        let minutes = Int(seconds / 60)
        return "\(minutes / 60) h \(minutes % 60) min"
    }

    private static func word(_ label: BeatLabel) -> String {
        switch label {
        case .normal: "normal"
        case .ectopic: "out of turn"
        case .short: "short"
        case .long: "long"
        case .missed: "missed"
        case .extra: "extra"
        }
    }

    private static func section<Name: MetricName>(
        _ title: String, over what: String, _ set: MetricSet<Name>
    ) -> [String] {
        let reasons = Set(Name.allCases.map { set.reason(for: $0) })
        if reasons.count == 1, let reason = reasons.first.flatMap(\.self) { return ["", " \(title): \(reason)"] }
        let heading = " \(title)"
        let gap = columns - DisplayWidth.of(heading) - DisplayWidth.of(what)
        let lines = Name.allCases.map { name in
            guard let value = set[name] else {
                return row(name.rawValue, Figures.absent, "", set.reason(for: name) ?? "")
            }
            let text = MetricWords.counts.contains(name.rawValue) ? Figures.fixed(value, places: 0) : number(value)
            return row(name.rawValue, text, name.unit, MetricWords.meaning(name.rawValue))
        }
        return ["", gap > 1 ? heading + String(repeating: " ", count: gap) + what : heading] + lines
    }

    private static func coherence(_ analysis: Analysis) -> [String] {
        let summary = analysis.coherenceSummary
        let title = " Coherence, \(Coherence.definition)"
        guard let mean = summary.mean else {
            return ["", "\(title): \(analysis.reasons["coherence"] ?? "no score")"]
        }
        var lines = [
            "", title, row("mean", number(mean), "", "mean score of \(summary.scored) updates, one every 5 s"),
        ]
        if let highest = summary.highest { lines.append(row("highest", number(highest), "", "highest score")) }
        if let share = summary.meanPct { lines.append(row("pct", number(share), "%", "mean share of the peak")) }
        let bands = analysis.options.bands
        let limits = [
            "below \(bands.medium)", "from \(bands.medium) to below \(bands.high)", "from \(bands.high) on",
        ]
        for (band, limit) in zip(CoherenceBands.Band.allCases, limits) {
            let share = (summary.shares[band] ?? 0) * 100
            lines.append(row(band.rawValue, Figures.fixed(share, places: 1), "%", "of the updates, \(limit)"))
        }
        var withheld: [String: Int] = [:]
        for update in analysis.coherence { if let reason = update.reason { withheld[reason, default: 0] += 1 } }
        let early = withheld.filter { $0.key.hasPrefix("needs") }.values.reduce(0, +)
        if early > 0 { lines.append(row("no score", "\(early)", "", "updates too soon after a gap")) }
        for (reason, count) in withheld.sorted(by: { $0.key < $1.key }) where !reason.hasPrefix("needs") {
            lines.append(row("no score", "\(count)", "", "updates: \(reason)"))
        }
        return lines
    }

    private static func row(_ name: String, _ value: String, _ unit: String, _ note: String) -> String {
        let gap = String(repeating: " ", count: max(1, 25 - name.count - value.count))
        let start = "   \(name)\(gap)\(value)  " + unit + String(repeating: " ", count: max(1, 8 - unit.count))
        return DisplayWidth.fit(start + note, columns: columns)
    }

    /// Four significant digits or so: people compare, files keep everything.
    static func number(_ value: Double) -> String {
        let size = value.magnitude
        return Figures.fixed(value, places: size >= 1000 ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 4)
    }
}
