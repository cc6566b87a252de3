import Testing

/// A CSV file of RFC 4180 with a header.
struct Table {
    var columns: [String]
    var rows: [[String: String]]

    /// Reads a file's text, strictly: LF ends every line, and every row has as many cells as the header.
    init(_ text: String) throws {
        var lines: [[String]] = []
        var line: [String] = []
        var cell = ""
        var rest = Substring(text).unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"" where cell.isEmpty: cell = try Self.quoted(&rest)
            case ",":
                line.append(cell)
                cell = ""
            case "\n":
                lines.append(line + [cell])
                line = []
                cell = ""
            default: cell.unicodeScalars.append(scalar)
            }
        }
        try #require(line.isEmpty && cell.isEmpty, "the last line has no end")
        columns = try #require(lines.first)
        let header = columns
        rows = try lines.dropFirst().map { line in
            try #require(line.count == header.count, "\(line)")
            return Dictionary(uniqueKeysWithValues: zip(header, line))
        }
    }

    /// The cells of a column.
    func cells(_ column: String) -> [String] { rows.map { $0[column] ?? "" } }

    /// The rows by what stands in a column, in their order.
    func rows(by column: String) -> [String: [[String: String]]] { Dictionary(grouping: rows) { $0[column] ?? "" } }

    /// What stands between quotation marks, which are doubled inside.
    private static func quoted(_ rest: inout Substring.UnicodeScalarView) throws -> String {
        var text = ""
        while let scalar = rest.popFirst() {
            guard scalar == "\"" else {
                text.unicodeScalars.append(scalar)
                continue
            }
            guard rest.first == "\"" else { return text }
            text.unicodeScalars.append("\"")
            rest = rest.dropFirst()
        }
        throw Unclosed()
    }

    /// A quotation that never ends.
    struct Unclosed: Error {}
}
