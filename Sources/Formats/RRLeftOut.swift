/// Lines of a file that give no interval, or before which beats are missing.
public struct RRLeftOut: Sendable, Hashable, CustomStringConvertible {
    /// Why a line gives none.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// There is no number in it, or more than its columns.
        case noNumber
        /// NaN or infinity.
        case notFinite
        /// Zero.
        case zero
        /// Below zero.
        case negative
        /// An interval, but in seconds where the file counts ms, or the other way round.
        case otherUnit
        /// Below 100 or above 10000 ms.
        case outOfRange
        /// The sensor itself does not trust it.
        case distrusted
        /// Older than the connection: outside the time line.
        case flushed
        /// The time in front of it does not follow from the one before: beats are missing, though the interval stands.
        case timeJump
        /// The file says that beats are missing before it, though the interval stands.
        case markedGap

        /// Whether the line's interval stands all the same.
        var isKept: Bool { self == .timeJump || self == .markedGap }
        /// Whether the line is as its program meant it, and no sign of a wrong file.
        var isMeant: Bool { isKept || self == .distrusted || self == .flushed }
    }

    /// How many line numbers are kept.
    static let listed = 5

    /// Why.
    public let reason: Reason
    /// How many lines.
    public internal(set) var count = 0
    /// The first of them, counted from 1.
    public internal(set) var firstLines: [Int] = []

    init(_ reason: Reason) { self.reason = reason }

    mutating func add(line: Int) {
        count += 1
        if firstLines.count < Self.listed { firstLines.append(line) }
    }

    /// A sentence for people.
    public var description: String {
        let lines = count == 1 ? "1 line" : "\(count) lines"
        let more = count > firstLines.count ? " ..." : ""
        let numbers = firstLines.map(\.description).joined(separator: ", ")
        let place = "(\(firstLines.count == 1 ? "line" : "lines") \(numbers)\(more))"
        return switch reason {
        case .noNumber: "left out \(lines) without an interval \(place)"
        case .notFinite: "left out \(lines) with NaN or infinity \(place)"
        case .zero: "left out \(lines) with an interval of 0 \(place)"
        case .negative: "left out \(lines) with an interval below 0 \(place)"
        case .otherUnit: "left out \(lines) in another unit than the rest of the file \(place)"
        case .outOfRange:
            "left out \(lines) with an interval outside \(Int(RRFile.shortest)) to \(Int(RRFile.longest)) ms \(place)"
        case .distrusted: "left out \(lines) that the sensor itself marks as not usable \(place)"
        case .flushed: "left out \(lines) with beats from before the connection \(place)"
        case .timeJump: "the time jumps before \(lines) \(place): a gap is kept there"
        case .markedGap: "the file marks missing beats before \(lines) \(place): a gap is kept there"
        }
    }
}
