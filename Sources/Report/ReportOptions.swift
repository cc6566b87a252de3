/// What a report may tell beside the numbers.
public struct ReportOptions: Sendable, Hashable {
    /// Whether the day and the session's name, which holds the day, are told.
    public var tellsDay: Bool
    /// Tables that stand at the end of a group's report, such as a survey's.
    public var tables: [ReportTable]

    /// A report that tells times from the session's start only, unless asked otherwise.
    public init(tellsDay: Bool = false, tables: [ReportTable] = []) {
        self.tellsDay = tellsDay
        self.tables = tables
    }
}

/// A table made elsewhere.
public struct ReportTable: Sendable, Hashable {
    /// What it shows.
    public var caption: String
    /// The headings; the first column names the rows.
    public var head: [String]
    /// The rows, each as wide as `head`.
    public var rows: [[String]]
    /// Sentences below it.
    public var notes: [String]

    /// Makes a table.
    public init(caption: String, head: [String], rows: [[String]], notes: [String] = []) {
        self.caption = caption
        self.head = head
        self.rows = rows
        self.notes = notes
    }
}
