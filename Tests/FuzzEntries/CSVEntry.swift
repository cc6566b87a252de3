import Formats

/// The two readers of tables: ours, which takes back what was written, and the one of other people's files.
enum CSVEntry {
    static func take(_ bytes: [UInt8]) throws {
        try checkOwn(bytes)
        try checkForeign(bytes)
    }

    private static func checkOwn(_ bytes: [UInt8]) throws {
        guard let table = CSVTable(bytes) else { return }
        try claim(table.rows.allSatisfy { $0.count == table.columns.count }, "rows are as long as the heading")
        // The heading tells the separator: without a comma in its first line it would be another.
        guard table.columns.count > 1, !table.columns.contains(where: { $0.utf8.contains(0x0a) }),
            table.columns[0].unicodeScalars.first != "\u{FEFF}"
        else { return }
        var again: [UInt8] = []
        for row in [table.columns] + table.rows {
            for (place, cell) in row.enumerated() {
                if place > 0 { again.append(UInt8(ascii: ",")) }
                CSVCell.text(cell).write(into: &again)
            }
            again.append(0x0a)
        }
        let found = CSVTable(again)
        try claim(
            found?.columns == table.columns && found?.rows == table.rows, "what was read is written and read again")
    }

    private static func checkForeign(_ bytes: [UInt8]) throws {
        let rows = DelimitedText(bytes).rows
        let lines = 1 + bytes.count { $0 == 0x0a || $0 == 0x0d }
        try claim(rows.allSatisfy { $0.line >= 1 && $0.line <= lines }, "a row stands on a line of the file")
        try claim(zip(rows, rows.dropFirst()).allSatisfy { $0.line < $1.line }, "rows follow each other")
        try claim(rows.allSatisfy { $0.cells.contains { !$0.isEmpty } }, "a row holds something")
        for cell in rows.joined(by: \.cells) where !cell.isEmpty { try claimPrintable(cell) }
        let again = DelimitedText(rows.flatMap { quoted($0.cells) }).rows
        try claim(again.map(\.cells) == rows.map(\.cells), "cells in quotation marks are the same cells")
    }

    /// Separated by TAB, which a first line with one cell stands for.
    private static func quoted(_ cells: [String]) -> [UInt8] {
        Array(cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: "\t").utf8) + [0x0a]
    }
}

extension [DelimitedText.Row] {
    fileprivate func joined(by cells: (DelimitedText.Row) -> [String]) -> [String] { flatMap(cells) }
}
