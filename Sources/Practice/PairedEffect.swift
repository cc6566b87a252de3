import Glibc

/// The size of a change in a group measured twice: Cohen's dz, the mean of the differences over their standard deviation
/// (n - 1), with its exact 95 % confidence interval.
///
/// The interval holds every dz for which a noncentral t with n - 1 degrees of freedom leaves at least 2.5 % on either side
/// of the t that was found (Cumming & Finch 2001).
public struct PairedEffect: Sendable, Hashable {
    /// How many pairs.
    public let count: Int
    /// Mean over standard deviation of the differences.
    public let dz: Double
    /// The lower end of the 95 % interval.
    public let low: Double
    /// The upper end.
    public let high: Double

    /// The effect of these differences; nil for fewer than three, or when all are alike.
    public init?(differences: [Double]) {
        let count = differences.count
        guard count >= 3, differences.allSatisfy(\.isFinite) else { return nil }
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
}

/// Student's t about a centre that is not 0.
private struct NoncentralT {
    let freedom: Double
    /// Points of the scale `sqrt(chi^2 / freedom)` with the weight of each in Simpson's rule.
    private let points: [(scale: Double, weight: Double)]

    init(freedom: Double) {
        self.freedom = freedom
        let steps = 2000
        let last = 1 + 12 / freedom.squareRoot()
        let width = last / Double(steps)
        let half = freedom / 2
        let constant = log(2) + half * log(half) - lgamma(half)
        points = (1...steps).map { step in
            let scale = Double(step) * width
            let density = exp(constant + (freedom - 1) * log(scale) - half * scale * scale)
            let factor = step == steps ? 1.0 : step % 2 == 1 ? 4.0 : 2.0
            return (scale, density * factor * width / 3)
        }
    }

    /// The share below `t` when the centre is `noncentrality`.
    private func share(below t: Double, noncentrality: Double) -> Double {
        points.reduce(0) { sum, point in
            sum + point.weight * erfc((noncentrality - t * point.scale) / 2.0.squareRoot()) / 2
        }
    }

    /// The centre that leaves so large a share below `t`.
    func noncentrality(t: Double, below wanted: Double) -> Double {
        var (low, high) = (-abs(t) * 3 - 20, abs(t) * 3 + 20)
        while high - low > 1e-9 {
            let middle = (low + high) / 2
            if share(below: t, noncentrality: middle) > wanted { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }
}
