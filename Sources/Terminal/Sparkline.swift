/// A curve in one row of text: values as blocks of eight heights, gaps left open.
public enum Sparkline {
    /// Draws one character for each value.
    ///
    /// - Parameters:
    ///   - values: oldest first; nil, or a number that is not finite, is a gap and becomes a blank.
    ///   - range: the values of the lowest and of the highest block; what lies outside is drawn at the edge. Without
    ///     it, the values' own least and greatest. A range of one value is drawn at middle height.
    /// - Returns: as many columns of text as there are values.
    public static func text(_ values: [Double?], range: ClosedRange<Double>? = nil) -> String {
        let present = values.compactMap { $0.flatMap { $0.isFinite ? $0 : nil } }
        guard let least = present.min(), let greatest = present.max() else {
            return String(repeating: " ", count: values.count)
        }
        let range = range ?? least...greatest
        let span = range.upperBound - range.lowerBound
        let marks = values.reduce(into: "".unicodeScalars) { text, value in
            guard let value, value.isFinite else { return text.append(" ") }
            guard span > 0 else { return text.append(heights[3]) }
            let share = (value - range.lowerBound) / span
            text.append(heights[Int(min(max(share * 8, 0), 7))])
        }
        return String(marks)
    }

    private static let heights: [Unicode.Scalar] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
