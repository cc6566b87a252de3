/// A table of RFC 4180 as this program writes it, read back: with commas, or with a byte order mark and semicolons.
package struct CSVTable {
    /// The names of the columns.
    package let columns: [String]
    /// Every row has as many cells as there are columns.
    package let rows: [[String]]
    private let places: [String: Int]

    /// - Returns: nil when quotes do not close or a row has another length than the heading.
    package init?(_ bytes: [UInt8]) {
        var bytes = bytes[...]
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
        let heading = bytes.prefix { $0 != 0x0a }
        let separator = heading.contains(UInt8(ascii: ",")) ? UInt8(ascii: ",") : UInt8(ascii: ";")
        guard let lines = Self.lines(bytes, separator), let first = lines.first else { return nil }
        guard lines.allSatisfy({ $0.count == first.count }) else { return nil }
        columns = first
        rows = Array(lines.dropFirst())
        places = Dictionary(first.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// A cell; empty where there is no such column.
    func cell(_ column: String, _ row: [String]) -> String { places[column].map { row[$0] } ?? "" }

    /// A text as it was before it was guarded against being taken for a formula.
    static func unguarded(_ text: String) -> String {
        guard text.first == "'", let second = text.dropFirst().utf8.first,
            [0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d].contains(second)
        else { return text }
        return String(text.dropFirst())
    }

    private static func lines(_ bytes: ArraySlice<UInt8>, _ separator: UInt8) -> [[String]]? {
        var lines: [[String]] = []
        var line: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var place = bytes.startIndex
        func end() {
            line.append(unguarded(String(decoding: cell, as: UTF8.self)))
            cell.removeAll(keepingCapacity: true)
        }
        while place < bytes.endIndex {
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\"") where isQuoted && place < bytes.endIndex && bytes[place] == byte:
                cell.append(byte)
                place += 1
            case UInt8(ascii: "\""): isQuoted.toggle()
            case separator where !isQuoted: end()
            case 0x0a where !isQuoted:
                end()
                lines.append(line)
                line = []
            default: cell.append(byte)
            }
        }
        return isQuoted || !cell.isEmpty || !line.isEmpty ? nil : lines
    }
}
