/// How many columns a character takes on a terminal.
///
/// Source: Unicode Standard Annex 11 (East Asian Width: W and F take two columns) and Technical Standard 51 (emoji
/// presentation takes two). Ambiguous characters count as one, as terminals outside East Asia draw them.
public enum DisplayWidth {
    /// The columns of one character: 0 (a mark without a base, or a format control), 1 or 2.
    public static func of(_ character: Character) -> Int {
        var scalars = character.unicodeScalars.makeIterator()
        guard let first = scalars.next() else { return 0 }
        let base = width(of: first)
        guard base == 1 else { return base }
        while let next = scalars.next() {
            if next.value == 0xFE0F, first.properties.isEmoji { return 2 }
        }
        return base
    }

    /// Whether a scalar is always a character of its own, one column wide, and steers nothing.
    ///
    /// Printing ASCII, lines,
    /// blocks and braille, of which screens are mostly made.
    static func isSimple(_ scalar: Unicode.Scalar) -> Bool {
        (0x20...0x7E).contains(scalar.value) || (0x2500...0x25A0).contains(scalar.value)
            || (0x2800...0x28FF).contains(scalar.value) || scalar.value == 0xB7
    }

    /// The columns of a text on one line.
    public static func of(_ text: some StringProtocol) -> Int {
        if text.unicodeScalars.allSatisfy(isSimple) { return text.unicodeScalars.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// The text cut to at most `columns` columns, with `…` as its last column when something was cut.
    public static func fit(_ text: String, columns: Int) -> String {
        guard of(text) > columns else { return text }
        guard columns > 0 else { return "" }
        var kept = ""
        var used = 0
        for character in text {
            let width = of(character)
            guard used + width <= columns - 1 else { break }
            kept.append(character)
            used += width
        }
        while kept.last == " " { kept.removeLast() }
        return kept + "…"
    }

    private static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator: return 0
        default: break
        }
        if wide.contains(where: { $0.contains(scalar.value) }) { return 2 }
        return scalar.properties.isEmojiPresentation ? 2 : 1
    }

    /// The blocks of East Asian Width W and F; emoji are found by their property.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0xA4CF,
        0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x2FFFD,
        0x30000...0x3FFFD,
    ]
}
