/// Bars that lie along a row, made of block characters.
public enum BlockBar {
    /// A bar of whole cells: `full` of them filled, the rest dots, as in `███·······`.
    ///
    /// - Parameters:
    ///   - full: cells that are filled; cut to 0...`cells`.
    ///   - cells: the length of the whole bar.
    /// - Returns: `cells` columns of text.
    public static func steps(full: Int, of cells: Int) -> String {
        let cells = max(0, cells)
        let full = min(max(0, full), cells)
        return String(repeating: "█", count: full) + String(repeating: "·", count: cells - full)
    }

    /// A smooth bar that always shows both its edges, as in `▕████▏   `, in steps of an eighth of a cell.
    ///
    /// - Parameters:
    ///   - level: how full, 0 to 1; cut to that, and 0 where it is no number.
    ///   - cells: the length when full, between the edges.
    /// - Returns: `cells` + 2 columns of text.
    public static func smooth(level: Double, cells: Int) -> String {
        let cells = max(0, cells)
        let share = level.isNaN ? 0 : min(max(level, 0), 1)
        let eighths = Int((share * Double(cells) * 8).rounded())
        let edge = edges[eighths % 8]
        return "▕" + String(repeating: "█", count: eighths / 8) + edge
            + String(repeating: " ", count: cells - eighths / 8)
    }

    /// The right edge at 0 to 7 eighths; at 0 it is still one eighth, so that it never goes out.
    private static let edges = ["▏", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
}
