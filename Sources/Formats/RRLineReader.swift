/// Takes a file line by line: finds out how it is made and passes its numbers on.
struct RRLineReader {
    /// What the lines are taken for.
    private enum Mode {
        /// Numbers; a heading may still come as long as there is none.
        case numbers
        case table(RRTableReader)
        case annotations
    }

    let name: String
    let code: String?
    private(set) var scan = RRScan()
    /// How many lines were read.
    private(set) var line = 0
    private var mode = Mode.numbers

    init(name: String, code: String?) {
        (self.name, self.code) = (name, code)
    }

    /// Hands the rows over and keeps none.
    mutating func takeScan() -> RRScan {
        defer { scan = RRScan() }
        return scan
    }

    mutating func noteByteOrderMark() { scan.encoding = .utf8WithMark }

    /// Reads one line, without its end.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(RRFileError) {
        line += 1
        guard let first = bytes.first(where: { $0 != 0x20 && $0 != 0x09 }) else { return }
        if first == UInt8(ascii: "#") {
            scan.commentLines += 1
            return
        }
        switch mode {
        case .numbers: try readNumbers(bytes)
        case .table(var reader):
            mode = .numbers
            reader.read(bytes, number: line, into: &scan)
            mode = .table(reader)
        case .annotations: RRAnnotationReader.read(bytes, number: line, into: &scan)
        }
    }

    private mutating func readNumbers(_ bytes: UnsafeBufferPointer<UInt8>) throws(RRFileError) {
        var cursor = RRNumberCursor(bytes)
        cursor.skipSpaces()
        guard let one = cursor.number(), cursor.skipSeparator() else { return try readWords(bytes) }
        guard !cursor.isAtEnd else {
            if one.isFinite { scan.add(one, line: line) } else { scan.leaveOut(.notFinite, line: line) }
            return
        }
        guard let two = cursor.number(), cursor.skipSeparator(), cursor.isAtEnd else { return try readWords(bytes) }
        if one.isFinite, two.isFinite {
            scan.add(time: one, value: two, line: line)
        } else {
            scan.leaveOut(.notFinite, line: line)
        }
    }

    /// A line that is neither numbers nor a comment: a heading as long as no row was read, else left out.
    private mutating func readWords(_ bytes: UnsafeBufferPointer<UInt8>) throws(RRFileError) {
        if scan.binaryLine == nil, bytes.contains(where: { $0 < 0x09 || (0x0e...0x1f).contains($0) }) {
            scan.binaryLine = line
        }
        guard scan.oneColumn + scan.twoColumns == 0 else { return scan.leaveOut(.noNumber, line: line) }
        if RRAnnotationReader.annotation(bytes) != nil {
            scan.format = .annotations
            mode = .annotations
            return RRAnnotationReader.read(bytes, number: line, into: &scan)
        }
        switch RRTable.heading(bytes) {
        case .intervals(let table): begin(table, heading: bytes)
        case .others(let what, let advice): throw .otherContents(name: name, what: what, advice: advice)
        case nil where scan.header == nil: keepHeading(bytes)
        case nil: scan.leaveOut(.noNumber, line: line)
        }
    }

    private mutating func begin(_ table: RRTable, heading: UnsafeBufferPointer<UInt8>) {
        keepHeading(heading)
        scan.columns = table.taken
        scan.format = table.format
        // Empatica's heading is the time of its start and the word IBI; what follows are pairs.
        guard !Self.isEmpatica(heading) else {
            scan.format = .empatica
            var cursor = RRNumberCursor(heading)
            scan.firstMoment = cursor.number().map { RRMoment(secondsSince1970: $0, isUTC: true, row: nil) }
            return
        }
        scan.firstMoment = nil
        mode = .table(RRTableReader(table, code: code))
    }

    private static func isEmpatica(_ heading: UnsafeBufferPointer<UInt8>) -> Bool {
        var cursor = RRNumberCursor(heading)
        guard let start = cursor.number(), start.isFinite else { return false }
        return cursor.skipSeparator() && !cursor.isAtEnd
    }

    private mutating func keepHeading(_ bytes: UnsafeBufferPointer<UInt8>) {
        let (text, encoding) = RREncoding.text(bytes.prefix(80))
        scan.header = text
        scan.headerLine = line
        if scan.encoding == .ascii { scan.encoding = encoding }
    }
}
