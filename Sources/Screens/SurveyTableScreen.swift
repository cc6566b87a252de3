public import Practice
public import Terminal

/// How many said yes, item by item, as a table to print.
public enum SurveyTableScreen {
    private static let columns = 80
    private static let labelColumns = 23

    /// Draws a table with as many rows as it needs.
    /// - Parameters:
    ///   - table: the counts.
    ///   - showsInterval: whether the 95 % interval has a column.
    ///   - options: what a person asked of the screens.
    /// - Returns: a screen to print with `ANSIRenderer.lines(_:)`.
    public static func draw(
        _ table: SurveyTable, showsInterval: Bool, options: ScreenOptions = ScreenOptions()
    ) -> Screen {
        let notes = notes(on: table, showsInterval: showsInterval)
        let lines = Self.lines(of: table)
        var screen = Screen(columns: columns, rows: 1 + lines.count + notes.count)
        // Without the interval the columns right of it move into its place.
        let shift = showsInterval ? 0 : -12
        drawHead(table, shift: shift, showsInterval: showsInterval, on: &screen)
        for (index, line) in lines.enumerated() {
            let label = DisplayWidth.fit(SafeText.line(line.label), columns: labelColumns)
            screen.write(label, column: 1, row: index + 1)
            guard let row = line.row else { continue }
            draw(row, of: table, line: index + 1, shift: shift, showsInterval: showsInterval, on: &screen)
        }
        for (index, note) in notes.enumerated() {
            screen.write(note, column: 1, row: 1 + lines.count + index)
        }
        return options.isASCII ? screen.ascii : screen
    }

    /// Every row under its label; levels of which several may be chosen stand below the name of their item.
    private static func lines(of table: SurveyTable) -> [(label: String, row: SurveyTable.Row?)] {
        var lines: [(label: String, row: SurveyTable.Row?)] = []
        var item = ""
        for row in table.rows {
            guard let option = row.option else {
                lines.append((row.label, row))
                item = row.item
                continue
            }
            if item != row.item { lines.append((row.label, nil)) }
            item = row.item
            lines.append(("  \(option.label)", row))
        }
        return lines
    }

    private static func drawHead(_ table: SurveyTable, shift: Int, showsInterval: Bool, on screen: inout Screen) {
        screen.write("Item", column: 1, row: 0, style: Look.label)
        for (head, end) in [("yes", 28), ("valid", 36), ("missing", 45), ("%", 51)] {
            screen.write(head, endingBefore: end, row: 0, style: Look.label)
        }
        if showsInterval { screen.write("95 % CI", column: 54, row: 0, style: Look.label) }
        screen.write("of \(table.respondents)", endingBefore: 71 + shift, row: 0, style: Look.label)
        if let cohort = table.cohort {
            screen.write("of \(cohort)", endingBefore: 79 + shift, row: 0, style: Look.label)
        }
    }

    private static func draw(
        _ row: SurveyTable.Row, of table: SurveyTable, line: Int, shift: Int, showsInterval: Bool,
        on screen: inout Screen
    ) {
        for (count, end) in [(row.yes, 28), (row.valid, 36), (row.missing, 45)] {
            screen.write(count.map(String.init) ?? Figures.absent, endingBefore: end, row: line)
        }
        screen.write(percent(row.share), endingBefore: 52, row: line)
        if showsInterval {
            let text = row.interval.map { "\(percent($0.lowerBound))–\(percent($0.upperBound))" }
            screen.write(text ?? Figures.absent, column: 55, row: line)
        }
        screen.write(percent(row.ofRespondents), endingBefore: 72 + shift, row: line)
        if table.cohort != nil { screen.write(percent(row.ofCohort), endingBefore: 80 + shift, row: line) }
    }

    private static func notes(on table: SurveyTable, showsInterval: Bool) -> [String] {
        let answered = table.answered.map { "\($0.wave) \(count($0, of: table))" }.joined(separator: ", ")
        let interval = showsInterval ? " CI: \(table.method.words)." : ""
        let others = SurveyTable.Denominator.allCases.filter { $0 != table.denominator }.map(\.rawValue)
        let base =
            switch table.denominator {
            case .valid: "valid answers"
            case .respondents: "the \(table.respondents) respondents"
            case .cohort: "the \(table.cohort ?? 0) who were asked"
            }
        var notes = [
            "Answered: \(answered).\(interval)",
            "% is of \(base). --denominator \(others.joined(separator: "|")) changes it.",
        ]
        if table.rows.isEmpty {
            notes.insert(
                "No item of \(table.instrument)-\(table.wave) says what counts as yes (met_rule). --plot shows how answers "
                    + "spread.", at: 0)
        }
        if table.rows.contains(where: { $0.option != nil }) {
            notes.append("Where several answers could be given, % need not add up to 100.")
        }
        if let least = table.leastCell {
            notes.append("Counts below \(least) are hidden (–), and those that would tell them.")
        }
        if table.withdrawn > 0 { notes.append(SurveyText.withdrawn(table.withdrawn)) }
        return notes.flatMap { Wrapping.lines($0, columns: columns - 2) }
    }

    private static func count(_ answered: SurveyTable.Answered, of table: SurveyTable) -> String {
        guard let cohort = table.cohort else { return "\(answered.count)" }
        if answered.isHidden { return "nearly all of \(cohort)" }
        return "\(answered.count) of \(cohort) (\(percent(Proportion(count: answered.count, total: cohort).share)) %)"
    }

    private static func percent(_ share: Double?) -> String {
        share.map { Figures.fixed($0 * 100, places: 1) } ?? Figures.absent
    }
}
