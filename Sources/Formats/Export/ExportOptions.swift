public import Practice

/// What leaves the house, and in what form.
///
/// An export is *shared* when codes are replaced by study IDs. Then dates are shifted, strap IDs and free text are left
/// out and small cells of group tables are hidden, unless it is asked for otherwise.
public struct ExportOptions: Sendable, Hashable {
    /// How moments are told.
    public enum Dates: String, Sendable, Hashable, CaseIterable {
        /// Shifted: the first session of the export begins on 1 January 1900 at 00:00, the others as much later as they
        /// were.
        case relative
        /// As they were.
        case absolute
    }

    /// The smallest group that a shared export tells of, unless it is said otherwise.
    public static let usualMinCell = 5

    /// What is written.
    public var formats: [ExportFormat]
    /// Whether codes were replaced by study IDs.
    public var isRecoded: Bool
    /// How moments are told.
    public var dates: Dates
    /// Whether the IDs printed on straps stay.
    public var hasStrapIDs: Bool
    /// Whether free text of marks and notes, and answers in own words, stay.
    public var hasText: Bool
    /// Whether corrected intervals stand beside the raw ones.
    public var isClean: Bool
    /// Cells of group tables that rest on fewer codes are hidden; 0 hides none.
    public var minCell: Int
    /// Whether tables are for a spreadsheet that wants semicolons.
    public var isForExcel: Bool
    /// The one code that is wanted; nil for all.
    public var only: Code?

    /// The facilitator's own copy, or with `isRecoded` a shared one; everything may be changed afterwards.
    public init(formats: [ExportFormat] = [.csv], isRecoded: Bool = false) {
        self.formats = formats
        self.isRecoded = isRecoded
        dates = isRecoded ? .relative : .absolute
        hasStrapIDs = !isRecoded
        hasText = !isRecoded
        isClean = false
        minCell = isRecoded ? Self.usualMinCell : 0
        isForExcel = false
        only = nil
    }
}
