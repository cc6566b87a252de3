import Glibc

/// The size of a change in a group measured twice: Cohen's dz, the mean of the differences over their standard deviation
/// (n - 1), and Hedges' g, with their exact 95 % confidence intervals.
///
/// The interval holds every dz for which a noncentral t with n - 1 degrees of freedom leaves at least 2.5 % on either side
/// of the t that was found (Cumming & Finch 2001). Hedges' g is dz without its bias in small groups (Hedges 1981), and its
/// interval is that of dz times the same factor.
public struct PairedEffect: Sendable, Hashable {
    /// The fewest pairs that have an effect.
    public static let leastPairs = 3

    /// How many pairs.
    public let count: Int
    /// Mean over standard deviation of the differences.
    public let dz: Double
    /// The lower end of the 95 % interval of dz.
    public let low: Double
    /// The upper end.
    public let high: Double

    /// The effect of these differences; nil for fewer than three, or when all are alike.
    public init?(differences: [Double]) {
        let count = differences.count
        guard count >= Self.leastPairs, differences.allSatisfy(\.isFinite) else { return nil }
        let mean = differences.reduce(0, +) / Double(count)
        let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let deviation = (squares / Double(count - 1)).squareRoot()
        guard deviation > 1e-12 * max(1, abs(mean)) else { return nil }
        self.init(count: count, dz: mean / deviation)
    }

    private init(count: Int, dz: Double) {
        self.count = count
        self.dz = dz
        let root = Double(count).squareRoot()
        let t = NoncentralT(freedom: Double(count - 1))
        low = t.noncentrality(t: dz * root, below: 0.975) / root
        high = t.noncentrality(t: dz * root, below: 0.025) / root
    }

    /// Hedges' g: dz times the correction.
    public var g: Double { dz * correction }
    /// The 95 % interval of g.
    public var gInterval: ClosedRange<Double> { low * correction...high * correction }

    /// Hedges' exact correction for n - 1 degrees of freedom, below 1.
    public var correction: Double {
        let freedom = Double(count - 1)
        return exp(lgamma(freedom / 2) - log(freedom / 2) / 2 - lgamma((freedom - 1) / 2))
    }
}
