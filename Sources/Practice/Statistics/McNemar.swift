import Glibc

/// The exact test of McNemar (1947) of a yes or no that the same people gave twice.
///
/// Only those who changed count: under the null hypothesis each of them went either way with probability one half.
public struct McNemar: Sendable, Hashable {
    /// How many went from no to yes.
    public let gained: Int
    /// How many went from yes to no.
    public let lost: Int

    /// Makes a test from the two counts of those who changed.
    public init(gained: Int, lost: Int) {
        self.gained = gained
        self.lost = lost
    }

    /// The two-sided p value, twice the smaller tail of the binomial distribution and at most 1.
    public var exactP: Double {
        let count = gained + lost
        guard count > 0 else { return 1 }
        let all = lgamma(Double(count) + 1) - Double(count) * log(2)
        var tail = 0.0
        for part in 0...min(gained, lost) {
            tail += exp(all - lgamma(Double(part) + 1) - lgamma(Double(count - part) + 1))
        }
        return min(1, 2 * tail)
    }

    /// The odds of a change to yes against a change to no; infinite when nobody went to no, nil when nobody changed.
    public var oddsRatio: Double? {
        gained + lost > 0 ? Double(gained) / Double(lost) : nil
    }

    /// The exact 95 % interval of the odds ratio: that of the share who went to yes among those who changed (Clopper and
    /// Pearson), as odds; nil when nobody changed.
    public var oddsInterval: ClosedRange<Double>? {
        let share = Proportion(count: gained, total: gained + lost).interval(.clopper)
        return share.map { Self.odds($0.lowerBound)...Self.odds($0.upperBound) }
    }

    private static func odds(_ share: Double) -> Double { share < 1 ? share / (1 - share) : .infinity }
}
