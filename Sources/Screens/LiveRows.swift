/// How the rows of a live screen are shared out.
///
/// The head, the codes, the attention line and the keys come first; then, as far as rows are left: a rule, the
/// group as a whole, the next phase, the newest events, and blanks between them.
struct LiveRows: Equatable {
    /// The row of the first code.
    static let firstCode = 4

    /// Codes that have a row.
    let shownCodes: Int
    /// The row that says how many codes have none; nil when all have.
    let overflow: Int?
    /// The row of the rule below the table.
    let rule: Int?
    /// The row of the group as a whole.
    let group: Int?
    /// The row of the next phase.
    let next: Int?
    /// The rows of the newest events.
    let events: Range<Int>
    /// The rows of the attention line.
    let attention: Range<Int>
    /// The rows of a question to the coach: just above the keys that answer it.
    let question: Range<Int>
    /// The row of the keys, always the last.
    let keys: Int

    /// Shares out `height` rows among so many codes.
    ///
    /// - Parameters:
    ///   - height: rows of the window, at least those of the smallest screen.
    ///   - codes: codes in the session.
    ///   - showsNext: whether the next phase has a row of its own.
    ///   - showsGroup: whether there is something to say of the group as a whole.
    init(height: Int, codes: Int, showsNext: Bool, showsGroup: Bool = false) {
        keys = height - 1
        let room = height - Self.firstCode - 2
        shownCodes = codes <= room ? codes : room - 1
        overflow = codes <= room ? nil : Self.firstCode + shownCodes
        var row = Self.firstCode + min(codes, room)
        var left = room - min(codes, room)
        func take(_ wanted: Bool) -> Int? {
            guard wanted, left > 0 else { return nil }
            defer { row += 1 }
            left -= 1
            return row
        }
        rule = take(true)
        group = take(showsGroup)
        next = take(showsNext)
        let eventCount = left <= 2 ? left : left == 3 ? 2 : min(12, max(3, left - 5))
        events = row..<row + eventCount
        row += eventCount
        left -= eventCount
        _ = take(true)  // a blank before the attention line
        attention = row..<row + (left > 1 ? 2 : 1)
        // Where there is no room for both, the question takes the place of whom to help.
        question = attention.upperBound + 2 < keys ? keys - 2..<keys : attention
    }
}
