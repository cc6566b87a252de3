/// The cells of one line of a table; storage is used again and again.
struct RRCells {
    private var ranges: [Range<Int>] = []

    var count: Int { ranges.count }

    /// Cuts a line at its separators; a cell in quotes (RFC 4180) may hold one.
    mutating func split(_ line: UnsafeBufferPointer<UInt8>, at separator: UInt8) {
        ranges.removeAll(keepingCapacity: true)
        var start = 0
        var isQuoted = false
        for (place, byte) in line.enumerated() {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                ranges.append(Self.trimmed(start..<place, of: line))
                start = place + 1
            }
        }
        ranges.append(Self.trimmed(start..<line.count, of: line))
    }

    /// The bytes of a cell, without quotes and spaces around it; nothing for a cell that is not there.
    func bytes(_ index: Int, of line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard ranges.indices.contains(index) else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(rebasing: line[ranges[index]])
    }

    /// A cell as text.
    func text(_ index: Int, of line: UnsafeBufferPointer<UInt8>) -> String {
        RREncoding.text(bytes(index, of: line)).text
    }

    private static func trimmed(_ range: Range<Int>, of line: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var range = range
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        while let last = range.last, isBlank(line[last]) { range = range.lowerBound..<last }
        while let first = range.first, isBlank(line[first]) { range = first + 1..<range.upperBound }
        if range.count >= 2, line[range.lowerBound] == UInt8(ascii: "\""),
            line[range.upperBound - 1] == UInt8(ascii: "\"")
        {
            range = range.lowerBound + 1..<range.upperBound - 1
        }
        return range
    }
}
