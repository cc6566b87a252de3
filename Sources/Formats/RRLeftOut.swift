/// Lines of a file that give no interval.
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
        /// Below 100 or above 10000 ms.
        case outOfRange
        /// The time in front of it does not follow from the one before: beats are missing, though the interval stands.
        case timeJump
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
        let place = (firstLines.count == 1 ? "line " : "lines ") + firstLines.map(\.description).joined(separator: ", ")
        let more = count > firstLines.count ? " ..." : ""
        return switch reason {
        case .noNumber: "left out \(lines) without an interval (\(place)\(more))"
        case .notFinite: "left out \(lines) with NaN or infinity (\(place)\(more))"
        case .zero: "left out \(lines) with an interval of 0 (\(place)\(more))"
        case .negative: "left out \(lines) with an interval below 0 (\(place)\(more))"
        case .outOfRange:
            "left out \(lines) with an interval outside \(Int(RRFile.shortest)) to \(Int(RRFile.longest)) ms "
                + "(\(place)\(more))"
        case .timeJump: "the time jumps before \(lines) (\(place)\(more)): a gap is kept there"
        }
    }
}
