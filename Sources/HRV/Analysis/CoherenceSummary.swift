/// What the coherence updates of a stretch come to; only updates with a result count.
public struct CoherenceSummary: Sendable, Equatable {
    /// How many updates have a result.
    public let scored: Int
    /// How many were listed in all.
    public let listed: Int
    /// The mean score; nil when there was none.
    public let mean: Double?
    /// The highest score; nil when there was none.
    public let highest: Double?
    /// The mean share of the peak, 0 to 100 %; nil when there was none.
    public let meanPct: Double?
    /// The share of scores in each band, 0 to 1; empty when there was none.
    public let shares: [CoherenceBands.Band: Double]

    /// Sums up updates by the given bands.
    public init(_ updates: [CoherenceUpdate], bands: CoherenceBands = .standard) {
        let results = updates.compactMap(\.result)
        listed = updates.count
        scored = results.count
        guard !results.isEmpty else {
            (mean, highest, meanPct, shares) = (nil, nil, nil, [:])
            return
        }
        let count = Double(results.count)
        mean = results.reduce(0) { $0 + $1.score } / count
        highest = results.map(\.score).max()
        meanPct = results.reduce(0) { $0 + $1.pct } / count
        var shares: [CoherenceBands.Band: Double] = [:]
        for band in CoherenceBands.Band.allCases {
            shares[band] = Double(results.count { bands.band(of: $0.score) == band }) / count
        }
        self.shares = shares
    }
}
