public import Practice
public import Terminal

/// The findings of an examination, line by line, to print: the status, what was looked at, what was found, and below it
/// the next step.
public enum FindingsScreen {
    private static let subjectColumn = 7
    private static let textColumn = 32
    private static let narrowest = 80

    /// Draws findings with as many rows as they need.
    ///
    /// A next step stays on one line, so that a command in it can be copied.
    /// - Parameters:
    ///   - findings: what was found, in order.
    ///   - closing: what to say behind the count; nothing when empty.
    ///   - options: what a person asked of the screens.
    /// - Returns: a screen to print with `ANSIRenderer.lines(_:)`.
    public static func draw(
        _ findings: [Finding], closing: String = "", options: ScreenOptions = ScreenOptions()
    ) -> Screen {
        let blocks = findings.map { finding in
            (finding, Wrapping.lines(SafeText.line(finding.text), columns: narrowest - textColumn))
        }
        let steps = findings.compactMap { step(of: $0) }
        let last = closing.isEmpty ? count(of: findings) : "\(count(of: findings))  \(closing)"
        let texts = steps + blocks.flatMap(\.1)
        let columns = max(narrowest, (texts.map { DisplayWidth.of($0) }.max() ?? 0) + textColumn, last.count + 1)
        var screen = Screen(columns: columns, rows: blocks.reduce(0) { $0 + $1.1.count } + steps.count + 1)
        var row = 0
        for (finding, lines) in blocks {
            screen.write(finding.status.rawValue, column: 1, row: row, style: style(of: finding.status))
            screen.write(DisplayWidth.fit(finding.subject, columns: 24), column: subjectColumn, row: row)
            for line in lines {
                screen.write(line, column: textColumn, row: row)
                row += 1
            }
            if let step = step(of: finding) {
                screen.write(step, column: textColumn, row: row, style: Look.title)
                row += 1
            }
        }
        screen.write(last, column: 1, row: row, style: Look.label)
        return options.isASCII ? screen.ascii : screen
    }

    /// How many failures and warnings there are, as in `1 failure, 1 warning.`.
    public static func count(of findings: [Finding]) -> String {
        let parts = [(Finding.Status.failure, "failure"), (.warning, "warning")].compactMap { status, word in
            let number = findings.count(status)
            return number == 0 ? nil : "\(number) \(word)\(number == 1 ? "" : "s")"
        }
        return parts.isEmpty ? "All is well." : parts.joined(separator: ", ") + "."
    }

    private static func step(of finding: Finding) -> String? { finding.advice.map { "-> " + SafeText.line($0) } }

    private static func style(of status: Finding.Status) -> Style {
        switch status {
        case .ok: Look.label
        case .warning, .failure: Look.care
        }
    }
}
