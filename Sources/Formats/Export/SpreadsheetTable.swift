/// Turns a table of RFC 4180 into what spreadsheets of a comma-decimal country open by a double click: a byte order mark,
/// semicolons between the cells, the same cells.
struct SpreadsheetTable {
    private static let comma = UInt8(ascii: ",")
    private static let semicolon = UInt8(ascii: ";")
    private static let quote = UInt8(ascii: "\"")

    private var isStart = true
    private var isQuoted = false
    private var hasSemicolon = false
    private var cell: [UInt8] = []

    /// The next piece, rewritten; it may end anywhere.
    mutating func rewritten(_ piece: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = isStart ? [0xef, 0xbb, 0xbf] : []
        bytes.reserveCapacity(piece.count + 3)
        isStart = false
        for byte in piece {
            switch byte {
            case Self.quote:
                isQuoted.toggle()
                cell.append(byte)
            case Self.comma where !isQuoted: end(with: Self.semicolon, into: &bytes)
            case 0x0a where !isQuoted: end(with: byte, into: &bytes)
            default:
                if byte == Self.semicolon { hasSemicolon = true }
                cell.append(byte)
            }
        }
        return bytes
    }

    private mutating func end(with separator: UInt8, into bytes: inout [UInt8]) {
        let needsQuotes = hasSemicolon && cell.first != Self.quote
        if needsQuotes { bytes.append(Self.quote) }
        bytes += cell
        if needsQuotes { bytes.append(Self.quote) }
        bytes.append(separator)
        cell.removeAll(keepingCapacity: true)
        hasSemicolon = false
    }
}
