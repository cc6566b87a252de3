public import Practice
internal import Terminal

/// Surveys and what was compared in them, as text for people; at most 80 columns wide.
public enum SurveyText {
    private static let columns = 78

    /// Surveys by name, with how many answered.
    /// - Parameter surveys: instruments, and counts of responses by wave.
    /// - Returns: a line a survey, below a heading.
    public static func list(_ surveys: [(instrument: Instrument, counts: [String: Int])]) -> String {
        TextTable.text(
            ["Survey", "Waves", "Items", "Answers", "What for"],
            surveys.map { survey in
                let waves = survey.instrument.waves
                return [
                    survey.instrument.name, waves.joined(separator: ", "),
                    "\(Set(survey.instrument.items.map(\.name)).count)",
                    waves.map { "\($0) \(survey.counts[$0] ?? 0)" }.joined(separator: ", "),
                    DisplayWidth.fit(SafeText.line(survey.instrument.title), columns: 34),
                ]
            })
    }

    /// An instrument, wave by wave: names, questions and possible answers.
    public static func text(of instrument: Instrument) -> String {
        var lines = ["\(instrument.name) · \(SafeText.line(instrument.title))"]
        for wave in instrument.waves {
            lines.append("")
            lines.append("\(instrument.name)-\(wave)")
            for item in instrument.items(of: wave) {
                let rule = item.metRule.map { ", yes: \($0)" } ?? ""
                lines.append("  \(item.name)  \(item.kind.rawValue)\(rule)\(item.isReversed ? ", reversed" : "")")
                lines += indented(SafeText.line(item.text), by: 4)
                if !item.levelText.isEmpty { lines += indented(SafeText.line(item.levelText), by: 4) }
            }
        }
        return lines.map { $0.isEmpty ? "\n" : " \($0)\n" }.joined()
    }

    /// Two waves compared: pairs with tests and effects, or two groups side by side.
    public static func text(of comparison: SurveyComparison) -> String {
        let isPaired = comparison.linked > 0
        let (from, to) = (comparison.from, comparison.to)
        var lines = ["\(comparison.instrument) · \(from) to \(to) · \(comparison.linked) codes answered both"]
        if !isPaired {
            lines += Wrapping.lines(
                "Answers of \(from) and \(to) are not linked by code: nothing is paired and nothing tested. "
                    + "Below are two groups side by side, as median (quartiles).", columns: columns)
        }
        for item in comparison.items {
            lines.append("")
            lines.append(SafeText.line(item.label))
            let told = item.pairs > 0 ? paired(item, comparison) : unpaired(item, comparison)
            let nothing = comparison.leastCell == nil ? "nothing to compare" : "hidden: too few to be told apart"
            lines += (told.isEmpty ? [nothing] : told).flatMap {
                indented($0, by: 2)
            }
        }
        lines.append("")
        if isPaired { lines += pairedNotes(comparison).flatMap { Wrapping.lines($0, columns: columns) } }
        lines += Wrapping.lines(
            "No control group: this describes what people said, not what the session did to them.", columns: columns)
        return lines.map { $0.isEmpty ? "\n" : " \($0)\n" }.joined()
    }

    /// What raters found in answers in own words.
    public static func text(of table: ThemeTable, instrument: String) -> String {
        let raters = table.raters.isEmpty ? "nobody yet" : table.raters.joined(separator: ", ")
        let head =
            " \(instrument)-\(table.wave) · \(table.item) · \(table.answers) answers, \(table.rated) coded by \(raters)\n"
        let rows = table.rows.map { row in
            [
                SafeText.line(row.theme), count(row.count), percent(row.share),
                row.interval.map { "\(percent($0.lowerBound))–\(percent($0.upperBound))" } ?? Figures.absent,
                count(row.undecided), kappa(row.kappa),
            ]
        }
        let body = TextTable.text(["Theme", "n", "%", "95 % CI", "Differ", "Kappa (95 % CI)"], rows)
        let notes = [
            "% is of the \(table.rated) coded answers; a theme counts where all who coded the answer say so, or where "
                + "rater \(SurveyCoding.agreed) does.",
            table.raters.count == 2
                ? "Kappa: Cohen's, of \(raters), over answers both coded."
                : "Kappa is for two raters; there \(table.raters.count == 1 ? "is 1" : "are \(table.raters.count)").",
            table.leastCell.map(hidden) ?? "",
        ].flatMap { Wrapping.lines($0, columns: columns) }
        return head + (rows.isEmpty ? "" : body) + notes.map { " \($0)\n" }.joined()
    }

    static func withdrawn(_ count: Int) -> String {
        "\(count) \(count == 1 ? "answer of a code that has" : "answers of codes that have") withdrawn "
            + "\(count == 1 ? "is" : "are") left out."
    }

    // MARK: - Pieces

    private static func paired(_ item: SurveyComparison.Item, _ comparison: SurveyComparison) -> [String] {
        var lines: [String] = []
        if let before = item.beforeQuartiles, let after = item.afterQuartiles {
            lines.append(
                "\(item.pairs) pairs: median (quartiles) \(comparison.from) \(quartiles(before)), "
                    + "\(comparison.to) \(quartiles(after)).")
        }
        if let ranks = item.ranks {
            let change = item.change.map { change in
                let interval = change.interval.map { " (95 % CI \(figure($0.lowerBound)) to \(figure($0.upperBound)))" }
                return "typical change \(signed(change.estimate))\(interval ?? ""), "
            }
            let p = ranks.exactP.map { "\(probability($0)), exact" } ?? "\(probability(ranks.normalP)), by the normal"
            let effect = ranks.rankBiserial.map { value in
                let interval = ranks.rankBiserialInterval.map {
                    " (95 % CI \(Figures.fixed($0.lowerBound, places: 2)) to \(Figures.fixed($0.upperBound, places: 2)))"
                }
                let oneWay = abs(value) == 1 ? " (all that differ went one way)" : ""
                return "; rank-biserial \(Figures.fixed(value, places: 2))\(interval ?? oneWay)"
            }
            lines.append("Wilcoxon: \(change ?? "")\(p)\(effect ?? ""); \(ranks.nonzero) differ.")
        }
        if let changers = item.changers { lines.append(yesNo(item, changers, comparison)) }
        return lines
    }

    private static func yesNo(
        _ item: SurveyComparison.Item, _ changers: McNemar, _ comparison: SurveyComparison
    ) -> String {
        let effect = changers.oddsRatio.map { ratio in
            let interval = changers.oddsInterval.map { " (95 % CI \(odds($0)))" }
            return "; odds ratio \(ratio.isFinite ? Figures.fixed(ratio, places: 1) : "without limit")\(interval ?? "")"
        }
        return "McNemar: yes \(comparison.from) \(item.yesBefore ?? 0), \(comparison.to) \(item.yesAfter ?? 0) of "
            + "\(item.yesNoPairs ?? 0); "
            + "\(changers.gained) to yes, \(changers.lost) to no, \(probability(changers.exactP)), exact\(effect ?? "")."
    }

    private static func unpaired(_ item: SurveyComparison.Item, _ comparison: SurveyComparison) -> [String] {
        let before = item.beforeQuartiles.map { ": \(quartiles($0))" } ?? ""
        let after = item.afterQuartiles.map { ": \(quartiles($0))" } ?? ""
        return ["\(comparison.from) n = \(item.before)\(before); \(comparison.to) n = \(item.after)\(after)."]
    }

    private static func pairedNotes(_ comparison: SurveyComparison) -> [String] {
        var notes: [String] = []
        let (before, after) = (comparison.unlinkedBefore, comparison.unlinkedAfter)
        if before + after > 0 {
            notes.append(
                "Left out: \(before) answers of \(comparison.from) and \(after) of \(comparison.to) without a partner.")
        }
        if let least = comparison.leastCell { notes.append(hidden(below: least)) }
        notes.append(
            "Pairs without a difference are \(comparison.zeros == .wilcox ? "left out (wilcox)" : "ranked first (pratt)"). "
                + "p are two-sided and not corrected for the number of items.")
        return notes
    }

    private static func indented(_ text: String, by indent: Int) -> [String] {
        Wrapping.lines(text, columns: columns - indent).map { String(repeating: " ", count: indent) + $0 }
    }

    private static func quartiles(_ quartiles: Quartiles) -> String {
        "\(figure(quartiles.median)) (\(figure(quartiles.first)) to \(figure(quartiles.third)))"
    }

    private static func count(_ count: Int?) -> String { count.map(String.init) ?? Figures.absent }

    private static func hidden(below least: Int) -> String {
        "Counts below \(least) are hidden (–), and those that would tell them."
    }

    private static func kappa(_ kappa: Kappa?) -> String {
        guard let kappa, let value = kappa.kappa, let interval = kappa.interval else { return Figures.absent }
        let figures = [value, interval.lowerBound, interval.upperBound].map { Figures.fixed($0, places: 2) }
        return "\(figures[0]) (\(figures[1]) to \(figures[2]))"
    }

    private static func probability(_ p: Double) -> String {
        p < 0.001 ? "p < 0.001" : "p = \(Figures.fixed(p, places: 3))"
    }

    private static func odds(_ interval: ClosedRange<Double>) -> String {
        let low = Figures.fixed(interval.lowerBound, places: 1)
        return interval.upperBound.isFinite
            ? "\(low) to \(Figures.fixed(interval.upperBound, places: 1))" : "from \(low) up"
    }

    private static func signed(_ value: Double) -> String { (value > 0 ? "+" : "") + figure(value) }

    private static func figure(_ value: Double) -> String {
        let text = Figures.fixed(value, places: 2)
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text.hasSuffix("0") ? String(text.dropLast()) : text
    }

    private static func percent(_ share: Double?) -> String {
        share.map { Figures.fixed($0 * 100, places: 1) } ?? Figures.absent
    }
}
