/// Rows cannot be written for the moment, can be again, or are lost.
public struct StoreTrouble: Sendable, Hashable, CustomStringConvertible {
    /// How it stands.
    public enum Kind: Sendable, Hashable {
        /// Writing fails; every row is kept in memory and tried again.
        case began
        /// Everything that waited is written.
        case over
        /// The session is closed, and these rows are in memory only.
        case unwritten
    }

    /// How it stands.
    public let kind: Kind
    /// Why.
    public let cause: StoreError
    /// How many rows wait, or waited.
    public let rows: Int

    /// Makes a report.
    public init(kind: Kind, cause: StoreError, rows: Int) {
        self.kind = kind
        self.cause = cause
        self.rows = rows
    }

    /// A sentence for people.
    public var description: String {
        let count = rows == 1 ? "1 row" : "\(rows) rows"
        return switch kind {
        case .began:
            "Beats cannot be written at the moment: \(reason) They are kept in memory and tried again every second; "
                + "nothing is lost as long as the program runs."
        case .over: "Beats are written again; \(count) that had to wait are safe."
        case .unwritten where rows == 0: "The end of the session could not be written. \(cause)"
        case .unwritten:
            "\(count) of this session are not written yet and are in memory only. \(cause)"
        }
    }

    private var reason: String {
        switch cause.kind {
        case .diskFull: "the disk that holds \(cause.subject) is full. Free some space."
        case .busy: "another program is using \(cause.subject). End that program."
        default: "\(cause.subject) does not take them\(cause.detail.isEmpty ? "" : " (\(cause.detail))")."
        }
    }
}
