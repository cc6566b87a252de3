/// Agreement of two raters beyond chance (Cohen 1960).
public struct Kappa: Sendable, Hashable {
    /// How many things both rated.
    public let count: Int
    /// Share that both rated alike, 0 to 1.
    public let agreement: Double
    /// Kappa; nil when both used one and the same category only, so that chance agrees always.
    public let kappa: Double?
    /// Its 95 % interval by the large-sample standard error (Fleiss, Cohen & Everitt 1969), cut at -1 and 1.
    public let interval: ClosedRange<Double>?

    /// The agreement of pairs of ratings, each thing once; nil of none.
    public init?<Category: Hashable & Sendable>(_ ratings: [(first: Category, second: Category)]) {
        guard !ratings.isEmpty else { return nil }
        let n = Double(ratings.count)
        var first: [Category: Double] = [:]
        var second: [Category: Double] = [:]
        for rating in ratings {
            first[rating.first, default: 0] += 1 / n
            second[rating.second, default: 0] += 1 / n
        }
        count = ratings.count
        agreement = Double(ratings.count { $0.first == $0.second }) / n
        let chance = first.reduce(0) { $0 + $1.value * (second[$1.key] ?? 0) }
        guard chance < 1 - 1e-12 else {
            (kappa, interval) = (nil, nil)
            return
        }
        let kappa = (agreement - chance) / (1 - chance)
        self.kappa = kappa
        var alike = 0.0
        var unlike = 0.0
        for rating in ratings {
            if rating.first == rating.second {
                let sum = (first[rating.first] ?? 0) + (second[rating.first] ?? 0)
                let term = 1 - sum * (1 - kappa)
                alike += term * term / n
            } else {
                let sum = (second[rating.first] ?? 0) + (first[rating.second] ?? 0)
                unlike += sum * sum / n
            }
        }
        let rest = kappa - chance * (1 - kappa)
        let variance = alike + (1 - kappa) * (1 - kappa) * unlike - rest * rest
        let error = (max(0, variance) / n).squareRoot() / (1 - chance)
        let half = Normal.quantile(0.975) * error
        interval = max(-1, kappa - half)...min(1, kappa + half)
    }
}
