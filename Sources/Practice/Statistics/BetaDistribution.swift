import Glibc

/// The beta distribution with two shape parameters above 0.
struct BetaDistribution {
    let alpha: Double
    let beta: Double

    /// The share below `x`: the regularised incomplete beta function by its continued fraction (DLMF 8.17.22).
    func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        let front = exp(
            lgamma(alpha + beta) - lgamma(alpha) - lgamma(beta) + alpha * log(x) + beta * log1p(-x))
        // The fraction converges fast on the near side of the mean only; the other side is its mirror image.
        return x < (alpha + 1) / (alpha + beta + 2)
            ? front * Self.fraction(x, alpha, beta) / alpha
            : 1 - front * Self.fraction(1 - x, beta, alpha) / beta
    }

    /// The value below which the share `share` lies, 0 to 1.
    func quantile(_ share: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        while true {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high || high - low < 1e-15 { return middle }
            if cumulative(middle) < share { low = middle } else { high = middle }
        }
    }

    /// Lentz's method.
    private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        var c = 1.0
        var d = 1 / kept(1 - (a + b) * x / (a + 1), tiny)
        var value = d
        for step in 1...10_000 {
            let m = Double(step)
            for term in [
                m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
            ] {
                d = 1 / kept(1 + term * d, tiny)
                c = kept(1 + term / c, tiny)
                value *= c * d
            }
            if abs(c * d - 1) < 1e-16 { break }
        }
        return value
    }

    private static func kept(_ value: Double, _ tiny: Double) -> Double { abs(value) < tiny ? tiny : value }
}
