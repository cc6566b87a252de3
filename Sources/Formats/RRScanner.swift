/// Goes through the bytes of a file of intervals once, without making a string of any line.
struct RRScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var line = 0
    private var result = RRScan()

    /// - Parameter bytes: the file; only valid while its owner lends it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        if bytes.count >= 3, bytes[0] == 0xef, bytes[1] == 0xbb, bytes[2] == 0xbf { position = 3 }
        result.first.reserveCapacity(bytes.count / 5)
        result.second.reserveCapacity(bytes.count / 5)
        result.lines.reserveCapacity(bytes.count / 5)
    }

    mutating func scan() -> RRScan {
        while position < bytes.count {
            line += 1
            scanLine()
        }
        return result
    }

    // MARK: - Lines

    private mutating func scanLine() {
        let start = position
        skipSpaces()
        guard position < bytes.count, !atLineEnd else {
            endLine()
            return
        }
        if bytes[position] == UInt8(ascii: "#") {
            result.commentLines += 1
            endLine()
            return
        }
        let one = scanNumber(lineStart: start)
        guard let one, skipSeparator() else {
            passOver(from: start)
            return
        }
        guard position < bytes.count, !atLineEnd else {
            keep(one, .nan, columns: 1)
            return
        }
        guard let two = scanNumber(lineStart: start), skipSeparator(), position >= bytes.count || atLineEnd else {
            passOver(from: start)
            return
        }
        keep(one, two, columns: 2)
    }

    private mutating func keep(_ one: Double, _ two: Double, columns: Int) {
        if columns == 1 { result.oneColumn += 1 } else { result.twoColumns += 1 }
        if one.isFinite, columns == 1 || two.isFinite {
            result.add(one, two, line: line)
        } else {
            result.leaveOut(.notFinite, line: line)
            result.add(.nan, .nan, line: line)
        }
        endLine()
    }

    /// A line that is neither numbers nor a comment: the heading when nothing stood before it.
    private mutating func passOver(from start: Int) {
        position = start
        let isFirst = result.lines.isEmpty && result.header == nil
        while position < bytes.count, !atLineEnd {
            let byte = bytes[position]
            if byte < 0x09 || (0x0e...0x1f).contains(byte), result.binaryLine == nil { result.binaryLine = line }
            position += 1
        }
        if isFirst {
            let shown = UnsafeBufferPointer(rebasing: bytes[start..<min(position, start + 80)])
            result.header = String(decoding: shown, as: UTF8.self)
            result.headerLine = line
        } else {
            result.leaveOut(.noNumber, line: line)
            result.add(.nan, .nan, line: line)
        }
        endLine()
    }

    private var atLineEnd: Bool { bytes[position] == 0x0a || bytes[position] == 0x0d }

    /// Passes LF, CR LF or CR.
    private mutating func endLine() {
        while position < bytes.count, !atLineEnd { position += 1 }
        guard position < bytes.count else { return }
        let isReturn = bytes[position] == 0x0d
        position += 1
        if isReturn, position < bytes.count, bytes[position] == 0x0a { position += 1 }
    }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }

    /// Passes what parts two columns; false when the number is followed by something else.
    private mutating func skipSeparator() -> Bool {
        let before = position
        skipSpaces()
        guard position < bytes.count, !atLineEnd else { return true }
        if bytes[position] == UInt8(ascii: ";") || bytes[position] == UInt8(ascii: ",") {
            position += 1
            skipSpaces()
        }
        return position > before
    }

    // MARK: - Numbers

    /// The number at the position; nil when there is none.
    ///
    /// NaN and infinity are numbers here.
    private mutating func scanNumber(lineStart: Int) -> Double? {
        let start = position
        let isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
        if isNegative || (position < bytes.count && bytes[position] == UInt8(ascii: "+")) { position += 1 }
        var mantissa: UInt64 = 0
        var digits = scanDigits(into: &mantissa)
        let whole = digits
        if position < bytes.count, isDecimalMark(bytes[position], lineStart: lineStart) {
            position += 1
            digits += scanDigits(into: &mantissa)
        }
        guard digits > 0 else {
            position = start
            return scanWord()
        }
        let hasExponent = position < bytes.count && bytes[position] | 0x20 == UInt8(ascii: "e")
        let decimals = digits - whole
        guard !hasExponent, digits <= 18, mantissa < 1 << 53, decimals < Self.powers.count else {
            return slowNumber(from: start)
        }
        let value = Double(mantissa) / Self.powers[decimals]
        return isNegative ? -value : value
    }

    /// Powers of ten that a double holds exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    private mutating func scanDigits(into mantissa: inout UInt64) -> Int {
        var count = 0
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            position += 1
            count += 1
        }
        return count
    }

    /// A number with an exponent or more digits than a double holds.
    private mutating func slowNumber(from start: Int) -> Double? {
        let marks = Array("0123456789+-.,eE".utf8)
        position = start
        var text = ""
        while position < bytes.count, marks.contains(bytes[position]), position - start < 400 {
            text.unicodeScalars.append(Unicode.Scalar(bytes[position] == UInt8(ascii: ",") ? 0x2e : bytes[position]))
            position += 1
        }
        return Double(text)
    }

    /// NaN and infinity, as programs write them.
    private mutating func scanWord() -> Double? {
        let start = position
        if position < bytes.count, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
            position += 1
        }
        for (word, value) in [("nan", Double.nan), ("infinity", .infinity), ("inf", .infinity)] {
            let letters = Array(word.utf8)
            guard position + letters.count <= bytes.count,
                letters.indices.allSatisfy({ bytes[position + $0] | 0x20 == letters[$0] })
            else { continue }
            position += letters.count
            return value
        }
        position = start
        return nil
    }

    /// A point always; a comma where the line has no point, and either is its only comma or has another separator.
    private func isDecimalMark(_ byte: UInt8, lineStart: Int) -> Bool {
        if byte == UInt8(ascii: ".") { return true }
        guard byte == UInt8(ascii: ",") else { return false }
        var commas = 0
        var hasOtherSeparator = false
        var place = lineStart
        while place < bytes.count, bytes[place] != 0x0a, bytes[place] != 0x0d {
            switch bytes[place] {
            case UInt8(ascii: "."): return false
            case UInt8(ascii: ","): commas += 1
            case UInt8(ascii: ";"), 0x09, 0x20: hasOtherSeparator = true
            default: break
            }
            place += 1
        }
        return commas == 1 || hasOtherSeparator
    }
}
