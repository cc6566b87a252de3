/// What the bytes of a file say, line by line, before it is decided what the numbers mean.
struct RRScan {
    /// One number a line that holds any, with two columns the first; NaN where the line gives none.
    var first: [Double] = []
    /// The second number of each such line; NaN where there is none.
    var second: [Double] = []
    /// The line each stands in, counted from 1.
    var lines: [Int32] = []
    /// How many lines have one number.
    var oneColumn = 0
    /// How many lines have two.
    var twoColumns = 0
    /// Lines without a number, and with NaN or infinity.
    var leftOut: [RRLeftOut.Reason: RRLeftOut] = [:]
    /// The first line, where it is no number.
    var header: String?
    /// The line of the heading.
    var headerLine = 0
    /// Lines that begin with `#`.
    var commentLines = 0
    /// The first line with a byte that no text has.
    var binaryLine: Int?

    mutating func add(_ one: Double, _ two: Double, line: Int) {
        first.append(one)
        second.append(two)
        lines.append(Int32(truncatingIfNeeded: line))
    }

    mutating func leaveOut(_ reason: RRLeftOut.Reason, line: Int) {
        leftOut[reason, default: RRLeftOut(reason)].add(line: line)
    }
}
