/// A text file of RR intervals: one a line, in ms or s, as most programs write it; also two columns with the time first
/// (Kubios type 2, HRVAS, Polar Flow).
///
/// Nothing is dropped in silence: what was left out is counted and listed, and marks a break.
public struct RRFile: Sendable, Hashable {
    /// In what the file counts.
    public enum Unit: String, Sendable, Hashable {
        /// Milliseconds.
        case milliseconds = "ms"
        /// Seconds.
        case seconds = "s"
    }

    /// How its lines are made.
    public enum Layout: Sendable, Hashable {
        /// One interval a line.
        case intervals
        /// The time at which the interval ends, then the interval.
        case endTimes
        /// The time at which the interval begins, then the interval.
        case beginTimes
    }

    /// Shortest interval that can lie between two beats, ms.
    public static let shortest = 100.0
    /// Longest interval that can lie between two beats, ms.
    public static let longest = 10_000.0

    /// The intervals in the order of the file, ms.
    public internal(set) var intervals: [Double] = []
    /// Indices into `intervals` before which something is missing, rising.
    ///
    /// No difference may be taken across them.
    public internal(set) var breaks: [Int] = []
    /// In what the file counts.
    public internal(set) var unit = Unit.milliseconds
    /// How its lines are made.
    public internal(set) var layout = Layout.intervals
    /// The first line, where it is a heading.
    public internal(set) var header: String?
    /// Lines that begin with `#`.
    public internal(set) var commentLines = 0
    /// What was left out, by reason.
    public internal(set) var leftOut: [RRLeftOut] = []

    init() {}

    /// Reads a file.
    /// - Parameters:
    ///   - bytes: everything in it.
    ///   - name: what people call it, for sentences.
    /// - Returns: its intervals, and what was left out.
    /// - Throws: `RRFileError` when there is no interval, or more than half of the lines are none.
    public static func read(bytes: [UInt8], name: String) throws(RRFileError) -> RRFile {
        var scan = bytes.withUnsafeBufferPointer { buffer in
            var scanner = RRScanner(buffer)
            return scanner.scan()
        }
        return try RRAssembly(name: name).file(from: &scan)
    }

    /// What a reader should be told: the unit, the layout, a heading, and everything that was left out.
    public var notes: [String] {
        var notes = [unit == .seconds ? "read as seconds" : "read as milliseconds"]
        switch layout {
        case .intervals: break
        case .endTimes: notes.append("two columns: the time at which an interval ends, and the interval")
        case .beginTimes: notes.append("two columns: the time at which an interval begins, and the interval")
        }
        if let header { notes.append("heading '\(header)' passed over") }
        return notes + leftOut.map(\.description)
    }
}
