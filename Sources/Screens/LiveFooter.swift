internal import Practice
internal import Terminal

/// What stands below the table: the group as a whole, the next phase, the newest events, whom to help, and the keys.
struct LiveFooter {
    let view: LiveView
    let controls: LiveControls
    let rows: LiveRows

    func draw(on screen: inout Screen) {
        guard controls.mode != .help else { return drawKeys(on: &screen) }
        if let row = rows.rule { screen.fill("─", columns: 0..<screen.size.columns, row: row, style: Look.rule) }
        if let row = rows.group, let rhythm = view.rhythm {
            let at = screen.write("Group ", column: 1, row: row, style: Look.label)
            let text = GroupRhythmText.line(rhythm)
            let style = rhythm.locking == nil ? Look.absent : .plain
            screen.write(
                DisplayWidth.fit(text, columns: screen.size.columns - 1 - at), column: at, row: row, style: style)
        }
        if let row = rows.next { drawNext(row: row, on: &screen) }
        drawEvents(on: &screen)
        drawCare(on: &screen)
        drawKeys(on: &screen)
    }

    static func title(of next: LiveView.NextPhase) -> String {
        next.prompt.isEmpty ? next.title : "\(next.title) · \(next.prompt)"
    }

    static func length(of next: LiveView.NextPhase) -> String {
        next.length.map(Figures.clock) ?? "open"
    }

    private func drawNext(row: Int, on screen: inout Screen) {
        let at = screen.write("Next: ", column: 1, row: row, style: Look.label)
        guard let next = view.next else {
            screen.write("end of the session", column: at, row: row)
            return
        }
        let length = Self.length(of: next)
        let title = DisplayWidth.fit(Self.title(of: next), columns: screen.size.columns - at - length.count - 4)
        let end = screen.write(title, column: at, row: row)
        screen.write(length, column: end + 3, row: row)
    }

    private func drawEvents(on screen: inout Screen) {
        let lines = view.log.suffix(rows.events.count)
        let scopeWidth = max(6, lines.map { DisplayWidth.of($0.scope) }.max() ?? 0)
        for (row, line) in zip(rows.events, lines) {
            let at = screen.write(line.time, column: 1, row: row, style: Look.label)
            screen.write(line.scope, column: at + 2, row: row)
            let start = at + 2 + scopeWidth + 2
            screen.write(DisplayWidth.fit(line.text, columns: screen.size.columns - 1 - start), column: start, row: row)
        }
    }

    /// Whom to help, and a question to the coach.
    private func drawCare(on screen: inout Screen) {
        let question = controls.question(in: view)
        if question == nil || rows.question != rows.attention {
            for (row, line) in zip(rows.attention, lines(view.attention, rows.attention, on: screen)) {
                screen.write(line, column: 1, row: row, style: Look.care)
            }
        }
        guard let question else { return }
        // A long one may take the row above as well, whatever stands there.
        let room = min(rows.question.lowerBound, rows.keys - 2)..<rows.question.upperBound
        let asked = lines(question, room, on: screen)
        for (row, line) in zip(room.suffix(asked.count), asked) {
            screen.fill(" ", columns: 0..<screen.size.columns, row: row)
            screen.write(line, column: 1, row: row, style: Look.care)
        }
    }

    /// Two sentences stand two blanks apart, as long as they fit on one line.
    private func lines(_ text: String, _ rows: Range<Int>, on screen: Screen) -> [String] {
        let width = screen.size.columns - 2
        return DisplayWidth.of(text) <= width ? [text] : Wrapping.lines(text, columns: width, atMost: rows.count)
    }

    private func drawKeys(on screen: inout Screen) {
        let hints = controls.hints(in: view)
        // Keys without a word need little room and are always there.
        var reserved = hints.filter(\.action.isEmpty).reduce(0) { $0 + $1.key.count + 1 }
        var at = 1
        for hint in hints {
            let text = hint.action.isEmpty ? "" : " " + hint.action
            let length = DisplayWidth.of(hint.key + text)
            if text.isEmpty { reserved -= hint.key.count + 1 }
            guard at + length + (text.isEmpty ? 0 : reserved + 1) <= screen.size.columns else { continue }
            let keyEnd = screen.write(hint.key, column: at, row: rows.keys, style: Look.title)
            at = screen.write(text, column: keyEnd, row: rows.keys, style: Look.label) + (text.isEmpty ? 1 : 2)
        }
    }
}
