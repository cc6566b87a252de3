/// How an interval of a share is computed.
public enum ProportionInterval: String, Sendable, Hashable, CaseIterable {
    /// Wilson's score interval (Wilson 1927), without continuity correction.
    case wilson
    /// The exact interval of Clopper & Pearson (1934).
    case clopper

    /// Whom it is named after.
    public var words: String {
        switch self {
        case .wilson: "Wilson"
        case .clopper: "Clopper-Pearson"
        }
    }
}

/// A count of those that something holds for, of so many.
public struct Proportion: Sendable, Hashable {
    /// How many it holds for.
    public let count: Int
    /// Of how many.
    public let total: Int

    /// Makes a proportion.
    public init(count: Int, total: Int) {
        self.count = count
        self.total = total
    }

    /// Count over total, 0 to 1; nil of nobody.
    public var share: Double? { total > 0 ? Double(count) / Double(total) : nil }

    /// The 95 % confidence interval, 0 to 1; nil of nobody, and where the count is not from 0 to the total.
    public func interval(_ method: ProportionInterval) -> ClosedRange<Double>? {
        guard total > 0, (0...total).contains(count) else { return nil }
        return switch method {
        case .wilson: wilson
        case .clopper: clopper
        }
    }

    private var wilson: ClosedRange<Double> {
        let z = Normal.quantile(0.975)
        let n = Double(total)
        let share = Double(count) / n
        let scale = 1 + z * z / n
        let centre = (share + z * z / (2 * n)) / scale
        let half = z / scale * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return (count == 0 ? 0 : max(0, centre - half))...(count == total ? 1 : min(1, centre + half))
    }

    private var clopper: ClosedRange<Double> {
        let low =
            count == 0
            ? 0 : BetaDistribution(alpha: Double(count), beta: Double(total - count + 1)).quantile(0.025)
        let high =
            count == total
            ? 1 : BetaDistribution(alpha: Double(count + 1), beta: Double(total - count)).quantile(0.975)
        return low...high
    }
}
