/// What stands on a person's terminal now: applies the few sequences the program sends to a grid without edges.
struct Picture {
    private let terminal: PseudoTerminal
    private var rows: [[Character]] = []
    private var place = (row: 0, column: 0)

    init(_ terminal: PseudoTerminal) { self.terminal = terminal }

    /// Its text, after all that was shown until this moment.
    var now: String {
        mutating get {
            apply(terminal.shown())
            return rows.map { String($0) }.joined(separator: "\n")
        }
    }

    /// Takes everything away, so that only what is drawn from now on counts.
    mutating func wipe() {
        apply(terminal.shown())
        rows = []
    }

    private mutating func apply(_ text: String) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}":
                rest = rest.dropFirst()
                let parameters = rest.prefix { $0.value < 0x40 }
                rest = rest.dropFirst(parameters.count)
                control(rest.popFirst() ?? "m", String(parameters).split(separator: ";").compactMap { Int($0) })
            case "\r": place.column = 0
            case "\n": place = (place.row + 1, 0)
            default: print(Character(scalar))
            }
        }
    }

    private mutating func control(_ final: Unicode.Scalar, _ parameters: [Int]) {
        switch final {
        case "H": place = ((parameters.first ?? 1) - 1, (parameters.dropFirst().first ?? 1) - 1)
        case "C": place.column += parameters.first ?? 1
        case "J": rows = []
        case "K": if rows.indices.contains(place.row) { rows[place.row] = Array(rows[place.row].prefix(place.column)) }
        default: break
        }
    }

    private mutating func print(_ character: Character) {
        while rows.count <= place.row { rows.append([]) }
        while rows[place.row].count <= place.column { rows[place.row].append(" ") }
        rows[place.row][place.column] = character
        place.column += 1
    }
}
