internal import Terminal

/// What the keys do, in place of the table.
enum LiveHelp {
    static func draw(on screen: inout Screen) {
        for (index, hint) in LiveControls.help.enumerated() {
            screen.write(hint.key, column: 1, row: LiveRows.firstCode - 1 + index, style: Look.title)
            screen.write(hint.action, column: 9, row: LiveRows.firstCode - 1 + index)
        }
    }
}
