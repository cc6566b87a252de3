/// A table of text as other programs export it: RFC 4180, and what people's spreadsheets make of it.
///
/// Commas, semicolons or tabs; LF, CR LF or CR; UTF-8 with or without a byte order mark, else Windows-1252; quoted cells may
/// hold line ends and tabs, which become spaces.
package struct DelimitedText {
    /// A row and where it stands.
    package struct Row {
        /// Line of its first cell, from 1.
        package let line: Int
        package let cells: [String]
    }

    /// The rows that hold anything.
    package let rows: [Row]
    /// The line where a quotation mark opens a cell that never ends; nil in a whole file.
    let openLine: Int?

    package init(_ bytes: [UInt8]) {
        let mark: [UInt8] = [0xef, 0xbb, 0xbf]
        let body = bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...]
        var scan = Scan(separator: Self.separator(of: body))
        for byte in body { scan.take(byte) }
        openLine = scan.isOpen ? scan.rowLine : nil
        rows = scan.finish().filter { $0.cells.contains { !$0.isEmpty } }
    }

    /// The separator that the first line has most of.
    private static func separator(of bytes: ArraySlice<UInt8>) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if isQuoted { continue }
            if byte == 0x0a || byte == 0x0d { break }
            counts[byte, default: 0] += 1
        }
        let candidates: [UInt8] = [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09]
        return candidates.max { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) } ?? candidates[0]
    }

    private struct Scan {
        private static let tab = UInt8(ascii: "\t")
        private static let space = UInt8(ascii: " ")

        let separator: UInt8
        var rows: [Row] = []
        var cells: [String] = []
        var cell: [UInt8] = []
        var line = 1
        var rowLine = 1
        var isQuoted = false
        /// Whether the byte before was a quotation mark inside quotes: it ends them, or is the first of two.
        var hasMark = false
        var hasReturn = false

        var isOpen: Bool { isQuoted && !hasMark }

        init(separator: UInt8) { self.separator = separator }

        mutating func take(_ byte: UInt8) {
            defer { hasReturn = byte == 0x0d }
            let isEnd = byte == 0x0a || byte == 0x0d
            if byte == 0x0d || (byte == 0x0a && !hasReturn) { line += 1 }
            if hasMark {
                hasMark = false
                if byte == UInt8(ascii: "\"") {
                    cell.append(byte)
                    return
                }
                isQuoted = false
            }
            if isQuoted {
                if byte == UInt8(ascii: "\"") {
                    hasMark = true
                } else if !isEnd {
                    cell.append(byte == Self.tab ? Self.space : byte)
                } else if !(byte == 0x0a && hasReturn) {
                    cell.append(Self.space)
                }
            } else if byte == UInt8(ascii: "\""), cell.isEmpty {
                isQuoted = true
            } else if byte == separator {
                endCell()
            } else if isEnd {
                if !(byte == 0x0a && hasReturn) { endRow() }
            } else {
                cell.append(byte == Self.tab ? Self.space : byte)
            }
        }

        mutating func finish() -> [Row] {
            if !cell.isEmpty || !cells.isEmpty { endRow() }
            return rows
        }

        private mutating func endCell() {
            let text = RREncoding.text(cell).text
            cells.append(String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
            cell.removeAll(keepingCapacity: true)
        }

        private mutating func endRow() {
            endCell()
            rows.append(Row(line: rowLine, cells: cells))
            cells.removeAll()
            rowLine = line
        }
    }

    /// A cell without the mark that keeps table programs from taking it for a formula.
    static func unguarded(_ text: String) -> String {
        guard text.first == "'", let next = text.dropFirst().first, "=+-@\t\r".contains(next) else { return text }
        return String(text.dropFirst())
    }
}
