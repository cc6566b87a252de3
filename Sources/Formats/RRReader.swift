/// Reads a file of intervals in pieces as they come, whatever program wrote it.
///
/// The text itself is not kept, so that memory goes with the beats and not with the file.
public struct RRReader {
    /// The most rows that are taken for one recording: three years of beats.
    public static let mostRows = 100_000_000
    /// The longest line that a text of numbers may have, bytes.
    static let longestLine = 65_536

    private var lines: RRLineReader
    private var rest: [UInt8] = []
    private var isStart = true
    private var endedInReturn = false

    /// A reader of one file.
    ///
    /// - Parameters:
    ///   - name: what people call the file, for sentences.
    ///   - code: whose beats are wanted, in a beats.csv that holds those of several.
    public init(name: String, code: String? = nil) {
        lines = RRLineReader(name: name, code: code)
    }

    /// Reads the next piece, which may end anywhere.
    ///
    /// - Throws: `RRFileError` as soon as it is clear that these are no intervals.
    public mutating func read(_ piece: UnsafeBufferPointer<UInt8>) throws(RRFileError) {
        var start = 0
        if isStart {
            // The first four bytes say whether it is text at all, and of what kind.
            if rest.count + piece.count < 4 {
                rest += piece
                return
            }
            if !rest.isEmpty {
                let whole = rest + piece
                rest = []
                return try Self.withBytes(whole) { bytes throws(RRFileError) in try read(bytes) }
            }
            start = try begin(piece)
        }
        try readLines(piece, from: start)
        try judgeEarly()
    }

    /// Reads what is left and decides what the numbers mean.
    ///
    /// - Throws: `RRFileError` when there is no interval, or more than half of the lines are none.
    public mutating func finish() throws(RRFileError) -> RRFile {
        if isStart, !rest.isEmpty {
            let whole = rest
            rest = []
            try Self.withBytes(whole) { bytes throws(RRFileError) in
                try readLines(bytes, from: try begin(bytes))
            }
        }
        if !rest.isEmpty { try readRest() }
        var scan = lines.takeScan()
        return try RRAssembly(name: lines.name, code: lines.code).file(from: &scan)
    }

    // MARK: - Pieces

    /// Looks at the first bytes of the file; answers where its text begins.
    private mutating func begin(_ bytes: UnsafeBufferPointer<UInt8>) throws(RRFileError) -> Int {
        isStart = false
        let first = Array(bytes.prefix(4)) + [0xff, 0xff, 0xff, 0xff]
        let isWide = first[0] == 0xff && first[1] == 0xfe || first[0] == 0xfe && first[1] == 0xff
        let isHalfZero =
            first[1] == 0 && first[3] == 0 && first[0] > 0 || first[0] == 0 && first[2] == 0 && first[1] > 0
        if bytes.count >= 2, isWide || bytes.count >= 4 && isHalfZero { throw .utf16(name: lines.name) }
        if first[0] == 0x1f, first[1] == 0x8b { throw .compressed(name: lines.name, with: "gzip", command: "zcat") }
        if first[0] == 0x28, first[1] == 0xb5, first[2] == 0x2f, first[3] == 0xfd {
            throw .compressed(name: lines.name, with: "zstd", command: "zstdcat")
        }
        guard first[0] == 0xef, first[1] == 0xbb, first[2] == 0xbf else { return 0 }
        lines.noteByteOrderMark()
        return 3
    }

    /// Passes whole lines on and keeps the beginning of the last one.
    private mutating func readLines(_ piece: UnsafeBufferPointer<UInt8>, from start: Int) throws(RRFileError) {
        var start = start
        if endedInReturn, start < piece.count {
            endedInReturn = false
            if piece[start] == 0x0a { start += 1 }
        }
        var place = start
        while place < piece.count {
            let byte = piece[place]
            guard byte == 0x0a || byte == 0x0d else {
                place += 1
                continue
            }
            let line = UnsafeBufferPointer(rebasing: piece[start..<place])
            if rest.isEmpty {
                try lines.read(line)
            } else {
                rest += line
                try readRest()
            }
            place += 1
            if byte == 0x0d {
                if place == piece.count { endedInReturn = true } else if piece[place] == 0x0a { place += 1 }
            }
            start = place
        }
        rest += piece[start...]
        if rest.count > Self.longestLine { throw .binary(name: lines.name, line: lines.line + 1) }
    }

    private mutating func readRest() throws(RRFileError) {
        let line = rest
        rest.removeAll(keepingCapacity: true)
        try Self.withBytes(line) { bytes throws(RRFileError) in try lines.read(bytes) }
    }

    /// Stops where it is hopeless, or endless.
    private func judgeEarly() throws(RRFileError) {
        if lines.scan.first.count > Self.mostRows { throw .endless(name: lines.name, rows: Self.mostRows) }
        guard let line = lines.scan.binaryLine, lines.line > 1000 else { return }
        if (lines.scan.oneColumn + lines.scan.twoColumns) * 10 < lines.line {
            throw .binary(name: lines.name, line: line)
        }
    }

    private static func withBytes(
        _ bytes: [UInt8], _ work: (UnsafeBufferPointer<UInt8>) throws(RRFileError) -> Void
    ) throws(RRFileError) {
        let result = bytes.withUnsafeBufferPointer { buffer -> RRFileError? in
            do throws(RRFileError) {
                try work(buffer)
                return nil
            } catch {
                return error
            }
        }
        if let result { throw result }
    }
}
