/// How far a group swings together: the phases of its members against one pacer, over several updates.
public struct GroupCoherence: Sendable, Equatable {
    /// The fewest members that make a group.
    public static let leastMembers = 3
    /// The fewest updates that make a figure.
    public static let leastUpdates = 6

    /// The mean over pairs of `|mean over updates of exp(i(a - b))|`, 0 to 1; nil where too little is known.
    public let locking: Double?
    /// The mean over updates of `|mean over members of exp(i phase)|`, 0 to 1; nil where too little is known.
    public let resultant: Double?

    /// The coherence of a group.
    ///
    /// - Parameter phases: one row for each update, in it one phase (`PacedSwing.phase`) for each member, nil where that
    ///   member has no result. A pair counts from six updates in which both are there, an update from three members.
    public init(phases: [[Double?]]) {
        locking = Self.locking(phases)
        resultant = Self.resultant(phases)
    }

    private static func locking(_ phases: [[Double?]]) -> Double? {
        let members = phases.map(\.count).max() ?? 0
        var pairs: [Double] = []
        var paired: Set<Int> = []
        for a in 0..<members {
            for b in (a + 1)..<max(a + 1, members) {
                let differences = phases.compactMap { row -> Double? in
                    guard b < row.count, let first = row[a], let second = row[b] else { return nil }
                    return first - second
                }
                guard differences.count >= leastUpdates else { continue }
                pairs.append(length(differences))
                paired.formUnion([a, b])
            }
        }
        return paired.count >= leastMembers ? Moments(pairs).mean : nil
    }

    private static func resultant(_ phases: [[Double?]]) -> Double? {
        let lengths = phases.map { $0.compactMap(\.self) }.filter { $0.count >= leastMembers }.map(length)
        return lengths.count >= leastUpdates ? Moments(lengths).mean : nil
    }

    /// The length of the mean of unit vectors at these angles.
    private static func length(_ angles: [Double]) -> Double {
        let x = angles.reduce(0) { $0 + Numerics.cosine($1) }
        let y = angles.reduce(0) { $0 + Numerics.sine($1) }
        return (x * x + y * y).squareRoot() / Double(angles.count)
    }
}
