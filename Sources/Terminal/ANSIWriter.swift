/// Collects bytes for a terminal and knows where its cursor stands and how it writes.
struct ANSIWriter {
    private(set) var bytes: [UInt8] = []
    private let colouring: Colouring
    /// The looks the terminal writes in now.
    private var style = Style.plain
    /// Where the next character lands; nil where terminals may differ, so the next one needs a full move.
    private var place: (column: Int, row: Int)?

    init(colouring: Colouring) {
        self.colouring = colouring
        bytes.reserveCapacity(2048)
    }

    var hasWritten: Bool { !bytes.isEmpty }

    /// Clears the terminal in its own looks.
    mutating func clear() {
        append("\u{1B}[0m\u{1B}[2J")
        style = .plain
        place = nil
    }

    /// Goes to a cell, by the shortest way from where the cursor stands.
    mutating func move(toColumn column: Int, row: Int, over screen: Screen) {
        defer { place = (column, row) }
        guard let place, place.row == row, place.column <= column else { return park(column: column, row: row) }
        let between = place.column..<column
        // Up to three cells that stand there already cost no more to write again than to jump over.
        let same = between.allSatisfy { place in
            let cell = screen[place, row]
            return cell.character.isASCII && cell.width == 1 && cell.style.limited(to: colouring) == style
        }
        if between.count <= 3 && same {
            for place in between { write(screen[place, row]) }
        } else {
            append("\u{1B}[")
            if between.count > 1 { append(number: between.count) }
            append("C")
        }
    }

    /// Goes to a cell without regard to where the cursor stands.
    mutating func park(column: Int, row: Int) {
        append("\u{1B}[")
        append(number: row + 1)
        append(";")
        append(number: column + 1)
        append("H")
        place = (column, row)
    }

    mutating func eraseToEndOfLine() {
        set(.plain)
        append("\u{1B}[K")
    }

    mutating func newLine() {
        append("\n")
        place = nil
    }

    /// Writes one cell; the right half of a wide character writes nothing.
    mutating func write(_ cell: Cell) {
        guard cell.width > 0 else { return }
        set(cell.style.limited(to: colouring))
        bytes.append(contentsOf: cell.character.utf8)
        // Terminals disagree on the width of wide and composed characters: never count on where they leave the cursor.
        let certain = cell.width == 1 && cell.character.unicodeScalars.count == 1
        place = certain ? place.map { ($0.column + 1, $0.row) } : nil
    }

    /// Changes the looks, saying only what changes where that is possible.
    mutating func set(_ wanted: Style) {
        guard wanted != style else { return }
        defer { style = wanted }
        if wanted == .plain { return append("\u{1B}[0m") }
        let takesAway =
            !wanted.attributes.isSuperset(of: style.attributes)
            || (wanted.ink == nil && style.ink != nil) || (wanted.ground == nil && style.ground != nil)
        let from = takesAway ? .plain : style
        append("\u{1B}[")
        if takesAway { append("0;") }
        for (attribute, code) in Self.codes where wanted.attributes.subtracting(from.attributes).contains(attribute) {
            append(code)
        }
        if let ink = wanted.ink, ink != from.ink { append("38;5;", ink.index) }
        if let ground = wanted.ground, ground != from.ground { append("48;5;", ground.index) }
        bytes[bytes.count - 1] = UInt8(ascii: "m")  // in place of the last semicolon
    }

    private mutating func append(_ prefix: StaticString, _ index: UInt8) {
        append(prefix)
        append(number: Int(index))
        append(";")
    }

    private static let codes: [(Style.Attributes, StaticString)] = [
        (.bold, "1;"), (.dim, "2;"), (.underline, "4;"), (.reverse, "7;"),
    ]

    private mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func append(number: Int) {
        if number >= 10 { append(number: number / 10) }
        bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
    }
}
