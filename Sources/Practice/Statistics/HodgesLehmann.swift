import Glibc

/// The typical change within pairs: the median of the means of all pairs of differences, each with itself included
/// (Hodges & Lehmann 1963).
public struct HodgesLehmann: Sendable, Hashable {
    /// The estimate, in the unit of the differences.
    public let estimate: Double
    /// Its 95 % interval: the means that the exact distribution of the signed-rank sum without ties leaves in (Hollander
    /// & Wolfe 1999, 3.3), which ties make wider than needed; nil below six differences.
    public let interval: ClosedRange<Double>?

    /// The most differences for which the means are worked out.
    public static let most = 2000

    /// The estimate of these differences, zeros included; nil of none, of more than `most`, and where one is no number.
    public init?(differences: [Double]) {
        guard (1...Self.most).contains(differences.count), differences.allSatisfy(\.isFinite) else { return nil }
        var means: [Double] = []
        means.reserveCapacity(differences.count * (differences.count + 1) / 2)
        for (place, first) in differences.enumerated() {
            for second in differences[place...] { means.append((first + second) / 2) }
        }
        means.sort()
        let middle = means.count / 2
        estimate = means.count % 2 == 1 ? means[middle] : (means[middle - 1] + means[middle]) / 2
        let outside = Self.outside(count: differences.count)
        interval = outside > 0 ? means[outside - 1]...means[means.count - outside] : nil
    }

    /// How many means to leave out at either end: sums of ranks 1 to `count` whose share, with all below, is at most 2.5 %.
    private static func outside(count: Int) -> Int {
        guard count <= SignedRank.mostExact else {
            let n = Double(count)
            let deviation = (n * (n + 1) * (2 * n + 1) / 24).squareRoot()
            return max(0, Int((n * (n + 1) / 4 - Normal.quantile(0.975) * deviation).rounded(.down)))
        }
        // Means below half are never left out, so sums above it need not be counted.
        let half = count * (count + 1) / 4
        var shares = [Double](repeating: 0, count: half + 1)
        shares[0] = 1
        for rank in 1...count {
            for sum in stride(from: half, through: 0, by: -1) {
                shares[sum] = (shares[sum] + (sum >= rank ? shares[sum - rank] : 0)) / 2
            }
        }
        var below = 0.0
        for (sum, share) in shares.enumerated() {
            below += share
            if below > 0.025 { return sum }
        }
        return 0
    }
}
