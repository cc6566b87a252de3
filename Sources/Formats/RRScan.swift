/// What the lines of a file say before it is decided what the numbers mean.
struct RRScan {
    /// Whose file it looks like.
    var format = RRFormat.plain
    /// The first number of each row; NaN where the row gives none.
    ///
    /// With two columns it is the time.
    private(set) var first: [Double] = []
    /// The second number of each row, NaN where there is none; empty as long as no row had two.
    private(set) var second: [Double] = []
    /// The line of each row.
    private(set) var lines = RRLineNumbers()
    /// How many rows have one number.
    private(set) var oneColumn = 0
    /// How many rows have two.
    private(set) var twoColumns = 0
    /// Rows before which the file itself says that beats are missing, rising.
    var marks: [Int] = []
    /// Whether the times are seconds by their form, such as 16:02:41.5.
    var hasClockTimes = false
    /// The moment of the first row that tells one.
    var firstMoment: RRMoment?
    /// Lines that give no interval, by reason.
    var leftOut: [RRLeftOut.Reason: RRLeftOut] = [:]
    /// The heading, where there is one.
    var header: String?
    /// The line of the heading.
    var headerLine = 0
    /// The columns that were taken from a table, in words.
    var columns: String?
    /// Lines that begin with `#`.
    var commentLines = 0
    /// Rows of other things than beats, by what they are, in order of their first.
    var otherRows: [(kind: String, count: Int)] = []
    /// The first line with a byte that no text has.
    var binaryLine: Int?
    /// How the text is encoded.
    var encoding = RREncoding.ascii
    /// The codes that stand in the file, in order of their first beat.
    var codes: [String] = []

    /// Adds a row of one number.
    mutating func add(_ value: Double, line: Int) {
        first.append(value)
        if !second.isEmpty { second.append(.nan) }
        lines.append(line)
        oneColumn += 1
    }

    /// Adds a row of two numbers.
    mutating func add(time: Double, value: Double, line: Int) {
        if second.isEmpty, !first.isEmpty { second = [Double](repeating: .nan, count: first.count) }
        first.append(time)
        second.append(value)
        lines.append(line)
        twoColumns += 1
    }

    /// Adds a row that gives nothing, and why.
    mutating func leaveOut(_ reason: RRLeftOut.Reason, line: Int) {
        leftOut[reason, default: RRLeftOut(reason)].add(line: line)
        first.append(.nan)
        if !second.isEmpty { second.append(.nan) }
        lines.append(line)
    }

    /// Takes the numbers away from a row that was added.
    mutating func empty(row: Int, reason: RRLeftOut.Reason) {
        first[row] = .nan
        if !second.isEmpty { second[row] = .nan }
        leftOut[reason, default: RRLeftOut(reason)].add(line: lines[row])
    }

    /// Counts a row of something else.
    mutating func passOver(_ word: String) {
        let kind = word.isEmpty ? "no name" : String(word.prefix(40))
        if let place = otherRows.firstIndex(where: { $0.kind == kind }) {
            otherRows[place].count += 1
        } else if otherRows.count < 20 {
            otherRows.append((kind, 1))
        } else {
            otherRows[19] = ("others", otherRows[19].count + 1)
        }
    }
}
