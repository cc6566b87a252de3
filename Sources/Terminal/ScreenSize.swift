/// The size of a screen in character cells.
public struct ScreenSize: Hashable, Sendable, CustomStringConvertible {
    /// Columns, 0 or more.
    public let columns: Int
    /// Rows, 0 or more.
    public let rows: Int

    /// Makes a size; what is below 0 counts as 0.
    public init(columns: Int, rows: Int) {
        self.columns = max(0, columns)
        self.rows = max(0, rows)
    }

    /// As people write it: `80×24`.
    public var description: String { "\(columns)×\(rows)" }

    /// Whether everything of `other` has room in this.
    public func holds(_ other: ScreenSize) -> Bool {
        columns >= other.columns && rows >= other.rows
    }
}
