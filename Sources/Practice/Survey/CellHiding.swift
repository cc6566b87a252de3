/// Keeps small counts from pointing at people in tables that are shared.
///
/// A count below the least hides; so that it cannot be worked out from a total, others hide with it (complementary
/// suppression) until at least two are hidden and together they make up at least the least.
public struct CellHiding: Sendable, Hashable {
    /// Counts below this are hidden.
    public let least: Int

    /// Hides counts below `least`; 5 is usual, some states ask for 10 or 15.
    public init(least: Int) {
        self.least = least
    }

    /// Which of several counts that add up to a known total hide.
    /// - Parameter counts: the counts.
    /// - Returns: true for each that hides. A count of 0 is a small one too: it tells what nobody, so what everybody, said.
    public func hidden(_ counts: [Int]) -> [Bool] {
        var hidden = counts.map { $0 < least }
        guard hidden.contains(true) else { return hidden }
        while hidden.contains(false) {
            let places = counts.indices.filter { hidden[$0] }
            if places.count >= 2, places.reduce(0, { $0 + counts[$1] }) >= least { break }
            guard let next = counts.indices.filter({ !hidden[$0] }).min(by: { counts[$0] < counts[$1] }) else { break }
            hidden[next] = true
        }
        return hidden
    }

    /// Whether a split of some people in two hides: a side that somebody is on has fewer than the least.
    func hidesSplit(_ first: Int, _ second: Int) -> Bool { first < least || second < least }

    /// Whether the count of those without an answer hides; nobody is no secret.
    func hidesAbsent(_ count: Int) -> Bool { count > 0 && count < least }
}
