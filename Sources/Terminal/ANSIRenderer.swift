/// Turns screens into the bytes that make a terminal show them.
///
/// Only what differs from the screen before is sent. Source of the sequences: ECMA-48 CUP, CUF, EL, ED and SGR.
public struct ANSIRenderer: Sendable {
    /// How much styling is sent.
    public let colouring: Colouring

    /// A renderer that sends so much styling.
    public init(colouring: Colouring) {
        self.colouring = colouring
    }

    /// The bytes that take a terminal from one screen to the next.
    ///
    /// - Parameters:
    ///   - new: the screen to show.
    ///   - old: what the terminal shows now. Without it, or after a change of size, everything is cleared and drawn.
    /// - Returns: nothing at all where the two are the same; otherwise looks are reset and the cursor is parked last.
    public func frame(_ new: Screen, after old: Screen?) -> [UInt8] {
        var writer = ANSIWriter(colouring: colouring)
        let before: Screen
        if let old, old.size == new.size {
            before = old
        } else {
            writer.clear()
            before = Screen(size: new.size)
        }
        for row in 0..<new.size.rows {
            Self.draw(row: row, of: new, over: before, into: &writer)
        }
        guard writer.hasWritten || before.cursor != new.cursor else { return [] }
        writer.set(.plain)
        writer.park(column: new.cursor.column, row: new.cursor.row)
        return writer.bytes
    }

    /// The screen as lines of text with their looks and no cursor movement, for output that is printed once.
    ///
    /// Empty rows at the end are left out; every line ends with a line feed.
    public func lines(_ screen: Screen) -> String {
        let texts = (0..<screen.size.rows).map { screen.text(row: $0) }
        let used = (texts.lastIndex { !$0.isEmpty } ?? -1) + 1
        var writer = ANSIWriter(colouring: colouring)
        for row in 0..<used {
            for column in 0..<DisplayWidth.of(texts[row]) {
                writer.write(screen[column, row])
            }
            writer.set(.plain)
            writer.newLine()
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func draw(row: Int, of new: Screen, over old: Screen, into writer: inout ANSIWriter) {
        let width = new.size.columns
        let start = row * width
        var column = 0
        while column < width {
            let cell = new.cells[start + column]
            if cell == old.cells[start + column] {
                column += 1
                continue
            }
            if cell == .blank, isBlank(new, from: start + column, to: start + width),
                !isBlank(old, from: start + min(column + 3, width), to: start + width)
            {
                writer.move(toColumn: column, row: row, over: new)
                writer.eraseToEndOfLine()
                return
            }
            writer.move(toColumn: column, row: row, over: new)
            writer.write(cell)
            column += max(1, Int(cell.width))
        }
    }

    private static func isBlank(_ screen: Screen, from start: Int, to end: Int) -> Bool {
        var place = end
        while place > start {
            guard screen.cells[place - 1] == .blank else { return false }
            place -= 1
        }
        return true
    }
}
