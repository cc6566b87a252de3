import Glibc

/// Wilcoxon's signed-rank test of differences within pairs (Wilcoxon 1945), with ties at their mean rank.
public struct SignedRank: Sendable, Hashable {
    /// What becomes of pairs without a difference.
    public enum Zeros: String, Sendable, Hashable, CaseIterable {
        /// Left out before ranking (Wilcoxon 1945).
        case wilcox
        /// Ranked with the others, and their ranks left out afterwards (Pratt 1959).
        case pratt
    }

    /// How zeros were handled.
    public let zeros: Zeros
    /// How many pairs.
    public let pairs: Int
    /// How many pairs differ.
    public let nonzero: Int
    /// Sum of the ranks of those that went up.
    public let up: Double
    /// Sum of the ranks of those that went down.
    public let down: Double
    /// The normal deviate, with the variance that ties leave and without continuity correction; nil when no pair differs.
    public let z: Double?
    /// The two-sided p of the normal approximation; 1 when no pair differs.
    public let normalP: Double
    /// The two-sided p of the permutation distribution given the ranks, ties included; nil above `mostExact` pairs that
    /// differ.
    public let exactP: Double?

    /// The most pairs for which the permutation distribution is worked out.
    public static let mostExact = 400

    /// The test of these differences; nil of none, and where one is no number.
    public init?(differences: [Double], zeros: Zeros) {
        guard !differences.isEmpty, differences.allSatisfy(\.isFinite) else { return nil }
        self.zeros = zeros
        pairs = differences.count
        let kept = zeros == .wilcox ? differences.filter { $0 != 0 } : differences
        let ranks = Self.ranks(of: kept.map(abs))
        let signed = zip(kept, ranks).filter { $0.0 != 0 }
        nonzero = signed.count
        up = signed.reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) }
        down = signed.reduce(0) { $0 + ($1.0 < 0 ? $1.1 : 0) }
        let variance = signed.reduce(0) { $0 + $1.1 * $1.1 } / 4
        z = variance > 0 ? (up - (up + down) / 2) / variance.squareRoot() : nil
        normalP = z.map(Normal.twoSided) ?? 1
        exactP = nonzero <= Self.mostExact ? Self.exactP(ranks: signed.map(\.1), up: up) : nil
    }

    /// The matched-pairs rank-biserial correlation, -1 to 1: share of the rank sum that went up less the share that went
    /// down (Kerby 2014); nil when no pair differs.
    public var rankBiserial: Double? {
        up + down > 0 ? (up - down) / (up + down) : nil
    }

    /// Its 95 % interval by Fisher's transformation with the standard error of the rank sum, as the R package
    /// effectsize has it; nil with fewer than three pairs that differ, and at -1 and 1, where the transformation ends.
    public var rankBiserialInterval: ClosedRange<Double>? {
        guard let rankBiserial, nonzero >= 3, abs(rankBiserial) < 1 else { return nil }
        let n = Double(nonzero)
        let error = ((2 * n * n * n + 3 * n * n + n) / 6).squareRoot() / (n * (n + 1) / 2)
        let half = Normal.quantile(0.975) * error
        return tanh(atanh(rankBiserial) - half)...tanh(atanh(rankBiserial) + half)
    }

    /// The effect size r, z over the root of the number of pairs (Rosenthal 1991); nil when no pair differs.
    public var r: Double? { z.map { $0 / Double(pairs).squareRoot() } }

    /// Ranks from 1, ties at their mean.
    static func ranks(of values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start
            while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
            for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
            start = end + 1
        }
        return ranks
    }

    /// Every choice of signs is equally likely: doubled ranks are whole numbers, so sums are counted exactly.
    private static func exactP(ranks: [Double], up: Double) -> Double {
        let doubled = ranks.map { Int(($0 * 2).rounded()) }
        let total = doubled.reduce(0, +)
        var shares = [Double](repeating: 0, count: total + 1)
        shares[0] = 1
        var reached = 0
        for rank in doubled {
            reached += rank
            for sum in stride(from: reached, through: 0, by: -1) {
                let withRank = sum >= rank ? shares[sum - rank] : 0
                shares[sum] = (shares[sum] + withRank) / 2
            }
        }
        // The distribution is symmetric about half the total.
        let found = Int((up * 2).rounded())
        return min(1, 2 * shares[0...min(found, total - found)].reduce(0, +))
    }
}
