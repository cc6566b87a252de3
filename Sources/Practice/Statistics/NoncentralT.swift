import Glibc

/// Student's t about a centre that is not 0: `(Z + noncentrality) / sqrt(chi^2 / freedom)`.
struct NoncentralT {
    /// Degrees of freedom, at least 1.
    let freedom: Double

    /// The share below `t`, to about 1e-10: the normal distribution of Z averaged over the scale by Simpson's rule.
    func cumulative(_ t: Double, noncentrality: Double) -> Double {
        Self.share(below: t, noncentrality: noncentrality, over: points(for: t))
    }

    /// The centre for which the share `share` lies below `t`, to about 1e-9.
    func noncentrality(t: Double, below share: Double) -> Double {
        let points = points(for: t)
        var (low, high) = (-abs(t) * 3 - 20, abs(t) * 3 + 20)
        while high - low > 1e-10 * max(1, abs(t)) {
            let middle = (low + high) / 2
            if Self.share(below: t, noncentrality: middle, over: points) > share { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// Points of the scale with the density there times the weight of each.
    ///
    /// A large t makes the normal's step across the scale steep, so that more points are needed.
    private func points(for t: Double) -> [(scale: Double, weight: Double)] {
        let last = 1 + 12 / freedom.squareRoot()
        let steps = 2 * Int(max(1000, min(200_000, last * abs(t) * 20)).rounded(.up))
        let width = last / Double(steps)
        let half = freedom / 2
        let constant = log(2) + half * log(half) - lgamma(half)
        return (0...steps).compactMap { step in
            // At 0 the density is 0 but for one degree of freedom.
            if step == 0, freedom > 1 { return nil }
            let scale = Double(step) * width
            let power = step == 0 ? 0 : (freedom - 1) * log(scale)
            let density = exp(constant + power - half * scale * scale)
            let factor = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4.0 : 2.0
            return (scale, density * factor * width / 3)
        }
    }

    private static func share(
        below t: Double, noncentrality: Double, over points: [(scale: Double, weight: Double)]
    ) -> Double {
        points.reduce(0) { sum, point in
            sum + point.weight * Normal.cumulative(t * point.scale - noncentrality)
        }
    }
}
