public import Practice
internal import Terminal

/// How answers spread over the levels of items: ordered ones as bars on both sides of a middle line, less to the left.
public enum SurveyBars {
    private static let labelColumns = 23
    /// Cells on either side of the line: what all answers together take.
    private static let side = 22

    /// The bars of all items that have levels, and what their cells mean; ends in a line break.
    /// - Parameters:
    ///   - distributions: what was answered.
    ///   - isASCII: whether to draw with ASCII alone.
    /// - Returns: lines of at most 80 columns.
    public static func text(_ distributions: [SurveyDistribution], isASCII: Bool) -> String {
        var lines: [String] = []
        var scale: [String] = []
        for distribution in distributions where distribution.isOrdered && !distribution.levels.isEmpty {
            let words = distribution.levels.map(\.label)
            if words != scale, words != scale.reversed() {
                lines += (scale.isEmpty ? [] : [""]) + legend(distribution, isASCII: isASCII)
                scale = words
            }
            lines.append(bar(of: distribution, isASCII: isASCII))
        }
        for distribution in distributions where !distribution.isOrdered {
            let several =
                distribution.isMultiple ? distribution.valid.map { " (several; n \($0))" } ?? " (several)" : ""
            lines +=
                ["", " " + fitted(distribution.label, isASCII: isASCII) + several]
                + shares(distribution, isASCII: isASCII)
        }
        return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
    }

    /// From the outermost level inwards, then the middle one.
    private static func glyphs(isASCII: Bool) -> (outer: [Character], middle: Character, line: Character) {
        isASCII ? (["#", "=", "-"], ".", "|") : (["█", "▓", "▒"], "░", "│")
    }

    private static func glyph(_ place: Int, of count: Int, isASCII: Bool) -> Character {
        let glyphs = glyphs(isASCII: isASCII)
        if count % 2 == 1, place == count / 2 { return glyphs.middle }
        return glyphs.outer[min(min(place, count - 1 - place), glyphs.outer.count - 1)]
    }

    private static func legend(_ distribution: SurveyDistribution, isASCII: Bool) -> [String] {
        let count = distribution.levels.count
        let words = distribution.levels.enumerated().map { place, level in
            "\(glyph(place, of: count, isASCII: isASCII)) \(SafeText.line(level.label))"
        }
        let text = words.joined(separator: ", ") + "; left of the line less, right of it more"
        return Wrapping.lines(text, columns: 78).map {
            " " + (isASCII ? ASCIIFallback.text($0) : $0)
        }
    }

    private static func bar(of distribution: SurveyDistribution, isASCII: Bool) -> String {
        let label = fitted(distribution.label, isASCII: isASCII)
        let head = " " + label + String(repeating: " ", count: labelColumns - DisplayWidth.of(label) + 1)
        let counts = distribution.levels.compactMap(\.count)
        guard counts.count == distribution.levels.count else { return head + "hidden: too few to be told apart" }
        let total = counts.reduce(0, +)
        guard total > 0 else { return head + "nobody answered" }
        let line = glyphs(isASCII: isASCII).line
        // The running sum from the middle outwards is rounded, so that a bar is as long as its levels together.
        let left = half(Array(counts.enumerated()), total, isASCII: isASCII)
        let right = half(Array(counts.enumerated().reversed()), total, isASCII: isASCII)
        let blank = String(repeating: " ", count: side - left.count)
        let rest = String(repeating: " ", count: side - right.count)
        return head + blank + String(left) + String(line) + String(right.reversed()) + rest + " n \(total)"
    }

    /// One side, from its outermost cell to the line; of a middle level it has half.
    private static func half(
        _ counts: [(offset: Int, element: Int)], _ total: Int, isASCII: Bool
    ) -> [Character] {
        let levels = counts.count
        var cells: [Character] = []
        var sum = 0.0
        for (place, level) in counts.prefix((levels + 1) / 2).enumerated().reversed() {
            let isMiddle = levels % 2 == 1 && place == levels / 2
            sum += Double(level.element) * (isMiddle ? 0.5 : 1) / Double(total)
            let end = Int((sum * Double(side)).rounded())
            cells += repeatElement(glyph(level.offset, of: levels, isASCII: isASCII), count: end - cells.count)
        }
        return cells.reversed()
    }

    private static func shares(_ distribution: SurveyDistribution, isASCII: Bool) -> [String] {
        let total =
            distribution.isMultiple
            ? distribution.valid ?? 0 : distribution.levels.compactMap(\.count).reduce(0, +)
        return distribution.levels.map { level in
            let label = fitted(level.label, isASCII: isASCII)
            let head = "   " + label + String(repeating: " ", count: labelColumns - DisplayWidth.of(label) + 1)
            guard let count = level.count, total > 0 else { return head + (isASCII ? "-" : Figures.absent) }
            let cells = Int((Double(count) / Double(total) * Double(2 * side)).rounded())
            let glyph = glyphs(isASCII: isASCII).outer[0]
            return head + String(repeating: glyph, count: cells) + (cells > 0 ? " " : "") + "\(count)"
        }
    }

    private static func fitted(_ label: String, isASCII: Bool) -> String {
        let text = DisplayWidth.fit(SafeText.line(label), columns: labelColumns)
        return isASCII ? ASCIIFallback.text(text) : text
    }
}
