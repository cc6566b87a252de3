internal import HRV
public import Practice
public import Terminal

/// What a session was, as a table to print: code by code in the order of codes, then the group.
public enum SummaryScreen {
    /// Draws a summary with as many rows as it needs.
    ///
    /// - Parameters:
    ///   - summary: the session.
    ///   - columns: the width, at least 80; a wider window only gives longer lines of text below the table.
    ///   - options: what a person asked of the screens.
    /// - Returns: a screen to print with `ANSIRenderer.lines(_:)`.
    public static func draw(
        _ summary: SessionSummary, columns: Int = 80, options: ScreenOptions = ScreenOptions()
    ) -> Screen {
        let columns = max(80, columns)
        let notes = notes(on: summary, columns: columns - 2)
        var screen = Screen(columns: columns, rows: 2 + summary.rows.count + notes.count)
        let codes = summary.rows.count
        let title =
            "Session \(summary.session) · script \(summary.script) · \(Figures.spoken(summary.seconds)) · "
            + "\(codes) \(codes == 1 ? "code" : "codes")"
            + (summary.withdrawn > 0 ? " · \(summary.withdrawn) withdrawn" : "")
        screen.write(DisplayWidth.fit(title, columns: columns - 2), column: 1, row: 0, style: Look.title)
        let shift = max(0, (summary.rows.map { $0.code.description.count }.max() ?? 0) - 6)
        drawHead(shift: shift, on: &screen)
        for (index, row) in summary.rows.enumerated() {
            draw(row, at: 2 + index, shift: shift, on: &screen)
        }
        for (index, line) in notes.enumerated() {
            screen.write(line, column: 1, row: 2 + codes + index)
        }
        return options.isASCII ? screen.ascii : screen
    }

    /// The columns of numbers right of the use, each with the place it ends before.
    private static let numbers: [(head: String, end: Int)] = [
        ("Baseline", 31), ("Practice", 41), ("Change", 49), ("Low", 55), ("Med", 60), ("High", 66), ("Recovery", 76),
    ]

    private static func drawHead(shift: Int, on screen: inout Screen) {
        screen.write("Code", column: 1, row: 1, style: Look.label)
        screen.write("Clean", endingBefore: 14 + shift, row: 1, style: Look.label)
        screen.write("Used", column: 16 + shift, row: 1, style: Look.label)
        for column in numbers {
            screen.write(column.head, endingBefore: column.end + shift, row: 1, style: Look.label)
        }
    }

    private static func draw(_ row: SessionSummary.Row, at line: Int, shift: Int, on screen: inout Screen) {
        screen.write(row.code.description, column: 1, row: line)
        let clean = row.clean.map { Figures.percent($0) + " %" } ?? Figures.absent
        screen.write(clean, endingBefore: 14 + shift, row: line)
        let use: (word: String, reason: String?) =
            switch row.use {
            case .yes: ("yes", nil)
            case .part(let reason): ("part", reason)
            case .no(let reason): ("no", reason)
            }
        screen.write(use.word, column: 17 + shift, row: line)
        if let reason = use.reason {
            let start = 23 + shift
            let text = DisplayWidth.fit(reason, columns: screen.size.columns - 1 - start)
            screen.write(text, column: start, row: line, style: Look.absent)
            return
        }
        let texts = [
            score(row.baseline), score(row.practice), change(row.change), percent(row.low), percent(row.medium),
            percent(row.high), score(row.recovery),
        ]
        for (text, column) in zip(texts, numbers) {
            screen.write(text, endingBefore: column.end + shift, row: line)
        }
    }

    private static func notes(on summary: SessionSummary, columns: Int) -> [String] {
        let bands = CoherenceBands.standard
        let scale =
            "Mean coherence score (\(Coherence.definition), 64 s windows). "
            + "Low < \(Figures.fixed(bands.medium, places: 1)), high >= \(Figures.fixed(bands.high, places: 1)): "
            + "this tool's own bands. Low Med High = % of clean practice time."
        let group =
            summary.group.map { group in
                "Group, \(group.used) of \(group.of) with both phases: median change of the score "
                    + "\(change(group.medianChange)), \(group.up) of \(group.used) up. "
                    + effect(of: group)
                    + "No control group: this is a description of one session, not evidence that the exercise caused it."
            } ?? "No code has both a baseline and practice with enough clean beats, so nothing is said of the group."
        return Wrapping.lines(scale, columns: columns) + [""] + Wrapping.lines(group, columns: columns)
            + Wrapping.lines(further(on: summary), columns: columns) + rhythms(of: summary, columns: columns)
    }

    private static func effect(of group: SessionSummary.GroupChange) -> String {
        guard let effect = group.effect else { return "" }
        let figures = [effect.dz, effect.low, effect.high].map { Figures.fixed($0, places: 1) }
        return "Paired effect dz \(figures[0]) (95 % CI \(figures[1]) to \(figures[2])). "
    }

    /// Hedges' g, the direction of the changes, and who does not count; nothing without a group's change.
    private static func further(on summary: SessionSummary) -> String {
        guard let group = summary.group else { return "" }
        var parts = ["\(group.down) of \(group.used) down"]
        if let rankBiserial = group.rankBiserial {
            parts.append("rank-biserial \(Figures.fixed(rankBiserial, places: 2))")
        }
        if let effect = group.effect {
            let interval = effect.gInterval
            let figures = [effect.g, interval.lowerBound, interval.upperBound].map { Figures.fixed($0, places: 1) }
            parts.append("Hedges g \(figures[0]) (95 % CI \(figures[1]) to \(figures[2]))")
        }
        let leftOut = summary.rows.filter { $0.use != .yes }.map(\.code.description)
        let names = leftOut.isEmpty ? "Nobody is left out." : "Left out, for the reason above: "
        return parts.joined(separator: ", ") + ". " + names + leftOut.joined(separator: ", ")
            + (leftOut.isEmpty ? "" : ".")
    }

    /// How far the group moved together, with its definition; nothing without a phase with a pacer.
    private static func rhythms(of summary: SessionSummary, columns: Int) -> [String] {
        let told = GroupRhythmText.told(summary.rhythms)
        let lines = told.flatMap { Wrapping.lines("\($0.title): \(GroupRhythmText.line($0))", columns: columns) }
        guard !lines.isEmpty else { return [] }
        guard told.contains(where: { $0.locking != nil }) else { return [""] + lines }
        let meaning =
            "Together (\(GroupCoherenceMeter.definition)): 1 = heart rhythms keep their distance in the breath all the "
            + "time; in step: 1 = all at the same point of it. Short phases come out higher: compare equal lengths. "
            + "It says nothing of any one person."
        return [""] + lines + Wrapping.lines(meaning, columns: columns)
    }

    private static func score(_ value: Double?) -> String {
        value.map { Figures.fixed($0, places: 2) } ?? Figures.absent
    }

    private static func change(_ value: Double?) -> String {
        value.map { Figures.signed($0, places: 2) } ?? Figures.absent
    }

    private static func percent(_ share: Double?) -> String {
        share.map { Figures.fixed($0 * 100, places: 0) } ?? Figures.absent
    }
}
