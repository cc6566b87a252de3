public import HRV

/// The RR intervals of a file, whatever program wrote it, and how it was read.
///
/// Nothing is dropped in silence: what was left out is counted and listed, and marks a gap.
public struct RRFile: Sendable, Hashable {
    /// In what the file counts.
    public enum Unit: String, Sendable, Hashable {
        /// Milliseconds.
        case milliseconds = "ms"
        /// Seconds.
        case seconds = "s"
    }

    /// What its numbers are.
    public enum Layout: String, Sendable, Hashable {
        /// Intervals alone.
        case intervals
        /// The time at which the interval ends, and the interval.
        case endTimes = "end"
        /// The time at which the interval begins, and the interval.
        case beginTimes = "begin"
        /// The time at which the interval arrived, and the interval.
        case arrival
        /// A running number, and the interval.
        case numbered
        /// The times of beats, whose differences are the intervals.
        case beatTimes = "beats"
    }

    /// Shortest interval that can lie between two beats, ms.
    public static let shortest = 100.0
    /// Longest interval that can lie between two beats, ms.
    public static let longest = 10_000.0

    /// The intervals in the order of the file, ms.
    public internal(set) var intervals: [Double] = []
    /// Where beats are missing, rising; no difference may be taken across.
    public internal(set) var gaps: [RRGap] = []
    /// When the first interval began, seconds; 0 unless the file counts from the start of a session.
    public internal(set) var startSeconds = 0.0
    /// When the first interval began, by the clock of whoever wrote the file; nil where it does not tell.
    public internal(set) var began: RRMoment?
    /// Whose file it looks like.
    public internal(set) var format = RRFormat.plain
    /// How its text is encoded.
    public internal(set) var encoding = RREncoding.ascii
    /// In what the file counts.
    public internal(set) var unit = Unit.milliseconds
    /// What its numbers are.
    public internal(set) var layout = Layout.intervals
    /// The heading, where there is one.
    public internal(set) var header: String?
    /// The columns taken from a table, in words.
    public internal(set) var columns: String?
    /// Lines that begin with `#`.
    public internal(set) var commentLines = 0
    /// What was left out, by reason.
    public internal(set) var leftOut: [RRLeftOut] = []
    /// Whose beats were taken, where the file names codes.
    public internal(set) var code: String?
    /// Why decisions were made, in words.
    var grounds = RRGrounds()

    init() {}

    /// Reads a file that is in memory; `RRReader` takes one in pieces.
    ///
    /// - Parameters:
    ///   - bytes: everything in it.
    ///   - name: what people call it, for sentences.
    ///   - code: whose beats are wanted, in a file of several people.
    /// - Returns: its intervals, and what was left out.
    /// - Throws: `RRFileError` when there is no interval, or more than half of the lines are none.
    public static func read(bytes: [UInt8], name: String, code: String? = nil) throws(RRFileError) -> RRFile {
        var reader = RRReader(name: name, code: code)
        let failure = bytes.withUnsafeBufferPointer { buffer -> RRFileError? in
            do throws(RRFileError) {
                try reader.read(buffer)
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
        return try reader.finish()
    }

    /// Indices into `intervals` before which something is missing, rising.
    public var breaks: [Int] { gaps.map(\.before) }

    /// The intervals on a time line that begins at `startSeconds`, in gap-free segments.
    public var series: BeatSeries {
        var lost = Dictionary(gaps.map { ($0.before, $0.seconds) }) { first, _ in first }
        if startSeconds > 0 { lost[0] = startSeconds }
        return BeatSeries(rr: intervals, gapsBefore: lost)
    }
}
