import Terminal

/// A terminal small enough to be trusted: it applies the sequences the renderer may send to a grid of its own.
///
/// Anything it does not know is kept in `unknown`, so a test can insist that there was nothing.
struct TinyTerminal {
    struct Place: Equatable {
        var character: Character = " "
        var style = Style.plain
        var isRightHalf = false
    }

    let columns: Int
    let rows: Int
    private(set) var grid: [Place]
    private(set) var column = 0
    private(set) var row = 0
    private(set) var unknown: [String] = []
    private var style = Style.plain

    init(columns: Int, rows: Int, junk: Character = " ") {
        self.columns = columns
        self.rows = rows
        grid = Array(repeating: Place(character: junk), count: columns * rows)
    }

    mutating func apply(_ bytes: [UInt8]) {
        var rest = Substring(String(decoding: bytes, as: UTF8.self))
        while let character = rest.popFirst() {
            guard character == "\u{1B}" else {
                print(character)
                continue
            }
            guard rest.popFirst() == "[" else { return unknown.append("ESC without [") }
            let parameters = rest.prefix { $0.isNumber || $0 == ";" }
            rest = rest.dropFirst(parameters.count)
            guard let final = rest.popFirst() else { return unknown.append("cut off") }
            control(final, parameters.split(separator: ";").compactMap { Int($0) })
        }
    }

    /// The grid as the renderer's screens say it, right halves left out.
    func matches(_ screen: Screen) -> Bool {
        for row in 0..<rows {
            for column in 0..<columns {
                let cell = screen[column, row]
                let place = grid[row * columns + column]
                guard place.isRightHalf == (cell.width == 0) else { return false }
                guard place.isRightHalf || (place.character == cell.character && place.style == cell.style) else {
                    return false
                }
            }
        }
        return screen.cursor == (column, row)
    }

    private mutating func print(_ character: Character) {
        let width = DisplayWidth.of(character)
        guard column + width <= columns else { return unknown.append("wrote past the edge") }
        let place = row * columns + column
        tear(place)
        if width == 2 { tear(place + 1) }
        grid[place] = Place(character: character, style: style)
        if width == 2 { grid[place + 1] = Place(character: " ", style: style, isRightHalf: true) }
        column += width
    }

    /// Overwriting half of a wide character blanks its other half.
    private mutating func tear(_ place: Int) {
        if grid[place].isRightHalf { grid[place - 1].character = " " }
        if (place + 1) % columns != 0, grid[place + 1].isRightHalf { grid[place + 1] = Place() }
        grid[place].isRightHalf = false
    }

    private mutating func control(_ final: Character, _ parameters: [Int]) {
        switch final {
        case "H":
            row = (parameters.first ?? 1) - 1
            column = (parameters.dropFirst().first ?? 1) - 1
        case "C": column += parameters.first ?? 1
        case "J" where parameters == [2]: grid = Array(repeating: Place(style: style), count: columns * rows)
        case "K" where parameters.isEmpty:
            for column in column..<columns {
                tear(row * columns + column)
                grid[row * columns + column] = Place(style: style)
            }
        case "m": select(parameters)
        default: unknown.append("\(parameters)\(final)")
        }
    }

    private mutating func select(_ parameters: [Int]) {
        var rest = parameters[...]
        while let code = rest.popFirst() {
            switch code {
            case 0: style = .plain
            case 1: style.attributes.insert(.bold)
            case 2: style.attributes.insert(.dim)
            case 4: style.attributes.insert(.underline)
            case 7: style.attributes.insert(.reverse)
            case 38, 48:
                guard rest.popFirst() == 5, let index = rest.popFirst() else { return unknown.append("colour") }
                if code == 38 {
                    style.ink = Colour(index: UInt8(index))
                } else {
                    style.ground = Colour(index: UInt8(index))
                }
            default: unknown.append("m \(code)")
            }
        }
    }
}
