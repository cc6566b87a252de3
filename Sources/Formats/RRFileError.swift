/// Why a file gives no RR intervals, or not enough to be believed.
public enum RRFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No line holds anything.
    case empty(name: String)
    /// The bytes are no text.
    case binary(name: String, line: Int)
    /// No line holds a number.
    case noNumber(name: String, line: Int)
    /// Most lines hold no interval.
    case mostlyUnusable(name: String, unusable: Int, of: Int, line: Int)
    /// Two columns, of which the first is not the time of the second.
    case unknownColumns(name: String, line: Int)
    /// Numbers that only rise, as times of beats do; they are no intervals.
    case beatTimes(name: String, line: Int)
    /// There are numbers, but none that can be a beat-to-beat interval.
    case noInterval(name: String, line: Int)

    /// What is wrong, at which line, and what to do.
    public var description: String {
        switch self {
        case .empty(let name):
            "\(name) is empty: there are no RR intervals in it. Choose a file with one interval a line, such as 812."
        case .binary(let name, let line):
            "\(name) is no text file (line \(line) holds bytes that no text has). "
                + "Export the recording as text with one interval a line, such as 812."
        case .noNumber(let name, let line):
            "\(name) holds no number; the first line that should be one is line \(line). "
                + "It needs one interval a line, in ms (812) or s (0.812)."
        case .mostlyUnusable(let name, let unusable, let count, let line):
            "\(unusable) of \(count) lines of \(name) are no RR interval, the first at line \(line). "
                + "Is it the right file? It needs one interval a line, in ms (812) or s (0.812)."
        case .unknownColumns(let name, let line):
            "\(name) has two columns from line \(line) on, and the first is not the time of the intervals in the second. "
                + "Keep only the column with the intervals."
        case .beatTimes(let name, let line):
            "The numbers of \(name) only rise from line \(line) on: they look like times of beats, not like intervals. "
                + "Export the intervals, one a line, in ms (812) or s (0.812)."
        case .noInterval(let name, let line):
            "\(name) holds no RR interval from \(Int(RRFile.shortest)) to \(Int(RRFile.longest)) ms; the first number "
                + "outside is at line \(line). It needs one interval a line, in ms (812) or s (0.812)."
        }
    }
}
