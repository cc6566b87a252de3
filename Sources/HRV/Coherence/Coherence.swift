/// The coherence of one 64-s window by the definition `open-coherence-1`.
///
/// An open definition from public sources (McCraty et al. 2006; US patent 6,358,201; Balaji et al. 2025).
public struct Coherence: Sendable, Equatable {
    /// The name and version of the definition; every file that holds a score states it.
    public static let definition = "open-coherence-1"

    /// The frequency of the highest point of the spectrum from 0.04 to 0.26 Hz; nil when there is no variation.
    public var peakHz: Double?
    /// Power within 0.015 Hz of the peak, in ms^2.
    public var pp: Double
    /// Power below the peak, from 0.0033 Hz, in ms^2.
    public var pb: Double
    /// Power above the peak, to 0.4 Hz, in ms^2.
    public var pa: Double
    /// Whole power, `pp + pb + pa`, in ms^2.
    public var tp: Double
    /// The share of the peak in the whole, 0 to 100 %.
    public var pct: Double
    /// The peak against all else, `pp / (tp - pp)`.
    public var ratio: Double
    /// The entrainment parameter, `(pp / pb) * (pp / pa)`.
    public var ep: Double
    /// The score, `ln(1 + ep)`, or 0 when `edge`; a pure sine reaches about 5.9.
    public var score: Double
    /// Whether the highest point is the first or last of its band, and so no peak.
    public var edge: Bool

    /// A result from its parts, as a file holds them.
    public init(
        peakHz: Double?, pp: Double, pb: Double, pa: Double, tp: Double, pct: Double, ratio: Double, ep: Double,
        score: Double, edge: Bool
    ) {
        (self.peakHz, self.edge) = (peakHz, edge)
        (self.pp, self.pb, self.pa, self.tp) = (pp, pb, pa, tp)
        (self.pct, self.ratio, self.ep, self.score) = (pct, ratio, ep, score)
    }

    /// The score that stands before the guard against peaks at the edge: `ln(1 + ep)`.
    public var rawScore: Double { edge ? Numerics.logarithm(1 + ep) : score }

    /// No variation: everything 0 and no peak.
    static let none = Coherence(
        peakHz: nil, pp: 0, pb: 0, pa: 0, tp: 0, pct: 0, ratio: 0, ep: 0, score: 0, edge: false
    )

    /// Whether the heart swings at the pacer's rate: the peak is less than 0.01 Hz from it.
    ///
    /// - Parameter pacer: breaths per second.
    /// - Returns: false too when there is no peak.
    public func isLocked(toPacer pacer: Double) -> Bool {
        peakHz.map { abs($0 - pacer) < 0.01 } ?? false
    }
}
