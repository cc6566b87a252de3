/// Reads numbers from the bytes of one line without making a string of it.
struct RRNumberCursor {
    let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0

    /// - Parameter bytes: one line without its end; only valid while its owner lends it.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }

    mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09 { position += 1 }
    }

    /// Passes what parts two columns; false when the number is followed by something else.
    mutating func skipSeparator() -> Bool {
        let before = position
        skipSpaces()
        guard !isAtEnd else { return true }
        if bytes[position] == UInt8(ascii: ";") || bytes[position] == UInt8(ascii: ",") {
            position += 1
            skipSpaces()
        }
        return position > before
    }

    /// The number at the position; nil when there is none.
    ///
    /// NaN and infinity are numbers here.
    mutating func number() -> Double? {
        let start = position
        let isNegative = !isAtEnd && bytes[position] == UInt8(ascii: "-")
        if isNegative || (!isAtEnd && bytes[position] == UInt8(ascii: "+")) { position += 1 }
        var mantissa: UInt64 = 0
        var digits = readDigits(into: &mantissa)
        let whole = digits
        if !isAtEnd, isDecimalMark(bytes[position]) {
            position += 1
            digits += readDigits(into: &mantissa)
        }
        guard digits > 0 else {
            position = start
            return word()
        }
        let hasExponent = !isAtEnd && bytes[position] | 0x20 == UInt8(ascii: "e")
        let decimals = digits - whole
        guard !hasExponent, digits <= 18, mantissa < 1 << 53, decimals < Self.powers.count else {
            return slowNumber(from: start)
        }
        let value = Double(mantissa) / Self.powers[decimals]
        return isNegative ? -value : value
    }

    /// The number that fills the whole line but for spaces; nil when it does not.
    static func only(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var cursor = RRNumberCursor(bytes)
        cursor.skipSpaces()
        guard let value = cursor.number() else { return nil }
        cursor.skipSpaces()
        return cursor.isAtEnd ? value : nil
    }

    /// Powers of ten that a double holds exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    private mutating func readDigits(into mantissa: inout UInt64) -> Int {
        let start = position
        while position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ UInt64(digit)
            position += 1
        }
        return position - start
    }

    /// A number with an exponent or more digits than a double holds.
    private mutating func slowNumber(from start: Int) -> Double? {
        let marks = Array("0123456789+-.,eE".utf8)
        position = start
        var text = ""
        while !isAtEnd, marks.contains(bytes[position]), position - start < 400 {
            if bytes[position] == UInt8(ascii: ","), !isDecimalMark(bytes[position]) { break }
            text.unicodeScalars.append(Unicode.Scalar(bytes[position] == UInt8(ascii: ",") ? 0x2e : bytes[position]))
            position += 1
        }
        return Double(text)
    }

    /// NaN and infinity, as programs write them.
    private mutating func word() -> Double? {
        let start = position
        if !isAtEnd, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") { position += 1 }
        for (letters, value) in Self.words {
            guard position + letters.count <= bytes.count,
                letters.indices.allSatisfy({ bytes[position + $0] | 0x20 == letters[$0] })
            else { continue }
            position += letters.count
            return value
        }
        position = start
        return nil
    }

    private static let words: [(letters: [UInt8], value: Double)] = [
        (Array("nan".utf8), .nan), (Array("infinity".utf8), .infinity), (Array("inf".utf8), .infinity),
    ]

    /// A point always; a comma where the line has no point, and either is its only comma or has another separator.
    private func isDecimalMark(_ byte: UInt8) -> Bool {
        if byte == UInt8(ascii: ".") { return true }
        guard byte == UInt8(ascii: ",") else { return false }
        var commas = 0
        var hasOtherSeparator = false
        for other in bytes {
            switch other {
            case UInt8(ascii: "."): return false
            case UInt8(ascii: ","): commas += 1
            case UInt8(ascii: ";"), 0x09, 0x20: hasOtherSeparator = true
            default: break
            }
        }
        return commas == 1 || hasOtherSeparator
    }
}
