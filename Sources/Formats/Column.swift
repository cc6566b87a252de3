/// A column of an exported file: one declaration gives its header, its cells and its line in codebook.csv.
struct Column<Row: Sendable>: Sendable {
    /// What stands in a column.
    enum Kind: String, Sendable {
        case text
        case integer
        case number
    }

    /// Its name in the header.
    let name: String
    /// What stands in it.
    let kind: Kind
    /// Its unit; empty when it has none.
    let unit: String
    /// The values it may have.
    let range: String
    /// What it says.
    let meaning: String
    /// Its cell in a row.
    let cell: @Sendable (Row) -> CSVCell

    static func text(
        _ name: String, range: String = "", _ meaning: String, _ cell: @escaping @Sendable (Row) -> String?
    ) -> Column {
        Column(name: name, kind: .text, unit: "", range: range, meaning: meaning) { .optional(cell($0)) }
    }

    static func integer(
        _ name: String, unit: String = "", range: String = "", _ meaning: String,
        _ cell: @escaping @Sendable (Row) -> Int?
    ) -> Column {
        Column(name: name, kind: .integer, unit: unit, range: range, meaning: meaning) { .optional(cell($0)) }
    }

    static func number(
        _ name: String, unit: String = "", range: String = "", _ meaning: String,
        _ cell: @escaping @Sendable (Row) -> Double?
    ) -> Column {
        Column(name: name, kind: .number, unit: unit, range: range, meaning: meaning) { .optional(cell($0)) }
    }

    /// Seconds or milliseconds with three decimals.
    static func thousandths(
        _ name: String, unit: String, range: String = "", _ meaning: String,
        _ cell: @escaping @Sendable (Row) -> Double?
    ) -> Column {
        Column(name: name, kind: .number, unit: unit, range: range, meaning: meaning) { .thousandths(cell($0)) }
    }
}

/// A file of the bundle and its columns.
struct Table<Row: Sendable>: Sendable {
    /// Name of the file.
    let file: String
    /// Its columns, in order.
    let columns: [Column<Row>]

    /// The names of the columns, as the first line of the file.
    func writeHeader(into bytes: inout [UInt8]) { writeLine(columns.map { .text($0.name) }, into: &bytes) }

    /// One row as a line.
    func write(_ row: Row, into bytes: inout [UInt8]) {
        for (index, column) in columns.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            column.cell(row).write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
    }

    /// The lines of this file in codebook.csv.
    var entries: [CodebookEntry] {
        columns.map {
            CodebookEntry(
                file: file, column: $0.name, type: $0.kind.rawValue, unit: $0.unit, range: $0.range,
                meaning: $0.meaning)
        }
    }

    private func writeLine(_ cells: [CSVCell], into bytes: inout [UInt8]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            cell.write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "\n"))
    }
}

/// A line of codebook.csv.
struct CodebookEntry: Sendable, Hashable {
    let file: String
    let column: String
    let type: String
    let unit: String
    let range: String
    let meaning: String

    static let table = Table<CodebookEntry>(
        file: "codebook.csv",
        columns: [
            .text("file", "the file a column stands in") { $0.file },
            .text("column", "its name") { $0.column },
            .text("type", range: "text|integer|number", "what stands in it") { $0.type },
            .text("unit", "its unit; empty when it has none") { $0.unit },
            .text("range", "the values it may have; an empty cell always means: not available") { $0.range },
            .text("meaning", "what it says") { $0.meaning },
        ])
}
