/// A grid of styled cells that text is drawn into.
///
/// Rows and columns count from 0 at the top left. Drawing outside the grid is cut off, never an error. Nothing that
/// could steer a terminal gets into a cell: control characters become `?`, and characters without a width of their
/// own (direction marks, zero-width spaces) are left out, so text from outside can be drawn as it comes.
public struct Screen: Equatable, Sendable {
    /// The size in cells.
    public let size: ScreenSize
    /// All cells, row by row.
    public private(set) var cells: [Cell]
    /// Where the cursor is parked after drawing; it stays visible, so that a screen reader has a place to stand.
    public var cursor: (column: Int, row: Int)

    /// A blank screen with the cursor in the first column of the last row.
    public init(size: ScreenSize) {
        self.size = size
        cells = Array(repeating: .blank, count: size.columns * size.rows)
        cursor = (0, max(0, size.rows - 1))
    }

    /// A blank screen with the cursor in the first column of the last row.
    public init(columns: Int, rows: Int) {
        self.init(size: ScreenSize(columns: columns, rows: rows))
    }

    /// The cell at a place; a blank outside the grid.
    public subscript(column: Int, row: Int) -> Cell {
        guard contains(column: column, row: row) else { return .blank }
        return cells[row * size.columns + column]
    }

    /// Writes text on one row, cut off at the right edge or after `width` columns.
    ///
    /// - Parameters:
    ///   - text: one line of text.
    ///   - column: where its first character goes; may lie left of the grid.
    ///   - row: the row.
    ///   - style: its looks.
    ///   - width: the most columns it may take, or as many as there are.
    /// - Returns: the column after the last one written.
    @discardableResult
    public mutating func write(
        _ text: some StringProtocol,
        column: Int,
        row: Int,
        style: Style = .plain,
        width: Int? = nil,
    ) -> Int {
        let end = min(size.columns, width.map { column + $0 } ?? size.columns)
        var at = column
        if text.unicodeScalars.allSatisfy(DisplayWidth.isSimple) {
            for scalar in text.unicodeScalars {
                guard at < end else { break }
                put(Character(scalar), column: at, row: row, style: style)
                at += 1
            }
            return at
        }
        for character in text {
            let columns = DisplayWidth.of(character)
            guard columns > 0 else { continue }
            guard at + columns <= end else { break }
            put(character, columns: columns, column: at, row: row, style: style)
            at += columns
        }
        return at
    }

    /// Writes text so that it ends just before `column`, cut off at the left edge of the grid.
    public mutating func write(_ text: String, endingBefore column: Int, row: Int, style: Style = .plain) {
        write(text, column: column - DisplayWidth.of(text), row: row, style: style)
    }

    /// Fills a stretch of one row with a character that is one column wide.
    public mutating func fill(_ character: Character, columns: Range<Int>, row: Int, style: Style = .plain) {
        for column in columns.clamped(to: 0..<size.columns) {
            put(character, column: column, row: row, style: style)
        }
    }

    /// One row's text, trailing blanks cut.
    public func text(row: Int) -> String {
        guard (0..<size.rows).contains(row) else { return "" }
        var line = ""
        for cell in cells[row * size.columns..<(row + 1) * size.columns] where cell.width > 0 {
            line.append(cell.character)
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    /// The whole screen's text: rows joined by line feeds, trailing blanks of each row cut.
    public var text: String {
        (0..<size.rows).map { text(row: $0) }.joined(separator: "\n")
    }

    /// The same screen in ASCII alone, for consoles without block glyphs; see ``ASCIIFallback``.
    public var ascii: Screen {
        var copy = self
        for (place, cell) in cells.enumerated() where !cell.character.isASCII || cell.width != 1 {
            copy.cells[place] = Cell(cell.width == 0 ? " " : ASCIIFallback.character(for: cell.character), cell.style)
        }
        return copy
    }

    /// Compares size, cells and the cursor's place.
    public static func == (left: Screen, right: Screen) -> Bool {
        left.size == right.size && left.cursor == right.cursor && left.cells == right.cells
    }

    private func contains(column: Int, row: Int) -> Bool {
        column >= 0 && column < size.columns && row >= 0 && row < size.rows
    }

    /// Puts a character of one column in its place.
    private mutating func put(_ character: Character, column: Int, row: Int, style: Style) {
        guard contains(column: column, row: row) else { return }
        let place = row * size.columns + column
        guard cells[place].width == 1 else {
            return put(character, columns: 1, column: column, row: row, style: style)
        }
        cells[place] = Cell(character, style)
    }

    /// Puts one character in its place, and blanks the halves of wide characters that it tears apart.
    private mutating func put(_ character: Character, columns: Int, column: Int, row: Int, style: Style) {
        guard contains(column: column, row: row), contains(column: column + columns - 1, row: row) else { return }
        let place = row * size.columns + column
        if cells[place].width == 0 { cells[place - 1] = Cell(" ", cells[place - 1].style) }
        let last = place + columns - 1
        if cells[last].width == 2, last + 1 < (row + 1) * size.columns {
            cells[last + 1] = Cell(" ", cells[last + 1].style)
        }
        if columns == 2, cells[place].width == 2 { cells[last] = .blank }
        cells[place] = Cell(SafeText.character(character), style, width: UInt8(columns))
        if columns == 2 { cells[last] = Cell(" ", style, width: 0) }
    }
}
