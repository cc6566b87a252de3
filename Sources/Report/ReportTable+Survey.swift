public import Practice

extension ReportTable {
    /// How many said yes in one wave of a survey, as a table of a page; nil when the wave has nothing to count.
    public init?(_ survey: SurveyTable) {
        guard !survey.rows.isEmpty, survey.respondents > 0 else { return nil }
        let isFew = survey.leastCell.map { survey.respondents < $0 } ?? false
        let count = isFew ? "fewer than \(survey.leastCell ?? 0)" : "\(survey.respondents)"
        var notes = [
            "Of codes of this session: \(count) answered. % is of valid answers. CI: \(survey.method.words)."
        ]
        if survey.rows.contains(where: { $0.option != nil }) {
            notes.append("Where several answers could be given, % need not add up to 100.")
        }
        if let least = survey.leastCell {
            notes.append("Counts below \(least) are hidden, and those that would tell them.")
        }
        self.init(
            caption: "Survey \(survey.instrument), \(survey.wave)",
            head: ["Item", "Yes", "Valid", "Missing", "%", "95 % CI"], rows: survey.rows.map(Self.row), notes: notes)
    }

    /// An en dash at which no line ends.
    private static let to = "\u{2060}–\u{2060}"

    private static func row(_ row: SurveyTable.Row) -> [String] {
        func percent(_ share: Double) -> String { Figures.fixed(share * 100, places: 1) }
        return [
            row.option.map { "\(row.label): \($0.label)" } ?? row.label,
            row.yes.map(String.init) ?? Figures.absent, row.valid.map(String.init) ?? Figures.absent,
            row.missing.map(String.init) ?? Figures.absent, row.share.map(percent) ?? Figures.absent,
            row.interval.map { "\(percent($0.lowerBound))\(Self.to)\(percent($0.upperBound))" } ?? Figures.absent,
        ]
    }
}
