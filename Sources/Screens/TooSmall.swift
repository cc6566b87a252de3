internal import Terminal

/// What stands on a window that is too small for a screen.
enum TooSmall {
    static func draw(on screen: inout Screen, needed: ScreenSize) {
        let text = "make the window larger (now \(screen.size), need \(needed))"
        for (row, line) in Wrapping.lines(text, columns: screen.size.columns).enumerated() {
            screen.write(line, column: 0, row: row)
        }
    }
}
