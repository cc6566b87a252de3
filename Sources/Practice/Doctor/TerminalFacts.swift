/// What was seen of standard output.
public struct TerminalFacts: Sendable, Hashable {
    /// Its width in columns; nil when it is no terminal.
    public var columns: Int?
    /// Its height in rows; nil when it is no terminal.
    public var rows: Int?
    /// How many colours it is given: 256, or 0.
    public var colours: Int
    /// Whether the locale writes UTF-8.
    public var isUTF8: Bool

    /// Puts facts together.
    public init(columns: Int?, rows: Int?, colours: Int, isUTF8: Bool) {
        self.columns = columns
        self.rows = rows
        self.colours = colours
        self.isUTF8 = isUTF8
    }
}
