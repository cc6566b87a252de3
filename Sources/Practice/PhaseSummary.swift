public import HRV

/// The numbers of one code in one phase; every one may be absent, and then `reasons` says why.
public struct PhaseSummary: Sendable, Hashable {
    /// Whose it is.
    public var code: Code
    /// Key of the phase.
    public var phase: String
    /// Length of the phase, seconds.
    public var seconds: Double
    /// Beats that count (flushed ones do not).
    public var beats: Int
    /// Gaps inside the phase.
    public var gaps: Int
    /// Share of beats that are neither corrected nor irregular, 0 to 1.
    public var clean: Double?
    /// Mean NN, ms.
    public var meanNN: Double?
    /// Mean heart rate, beats a minute: 60000 / mean NN.
    public var meanHeartRate: Double?
    /// SDNN, ms.
    public var sdnn: Double?
    /// RMSSD, ms.
    public var rmssd: Double?
    /// Natural logarithm of RMSSD.
    public var lnRMSSD: Double?
    /// Mean coherence score over windows wholly inside the phase.
    public var coherenceMean: Double?
    /// Median of the same.
    public var coherenceMedian: Double?
    /// Mean share of the peak, per cent.
    public var pctMean: Double?
    /// Median peak frequency, Hz.
    public var peakHz: Double?
    /// Updates with a score by band.
    public var bandCounts: [CoherenceBand: Int]
    /// Whether the peak kept to the pacer (within 0.01 Hz); nil without pacer or peak.
    public var followsPacer: Bool?
    /// Why a number is absent, by its column name in summary.csv.
    public var reasons: [String: String]

    /// A summary with nothing in it yet.
    public init(code: Code, phase: String, seconds: Double, beats: Int, gaps: Int) {
        self.code = code
        self.phase = phase
        self.seconds = seconds
        self.beats = beats
        self.gaps = gaps
        bandCounts = [:]
        reasons = [:]
    }

    /// Share of the updates with a score that lie in `band`, 0 to 1; nil when there is none.
    public func share(of band: CoherenceBand) -> Double? {
        let total = bandCounts.values.reduce(0, +)
        return total == 0 ? nil : Double(bandCounts[band] ?? 0) / Double(total)
    }
}
