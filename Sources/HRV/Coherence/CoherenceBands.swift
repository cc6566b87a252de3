/// Where low, medium and high coherence begin; the limits are ours, can be set, and are named in every file.
public struct CoherenceBands: Sendable, Equatable, CustomStringConvertible {
    /// One of the three bands.
    public enum Band: String, Sendable, CaseIterable {
        /// Below the lower limit.
        case low
        /// From the lower limit to below the upper.
        case medium
        /// From the upper limit on.
        case high
    }

    /// The score at which medium begins.
    public let medium: Double
    /// The score at which high begins.
    public let high: Double

    /// Low below 0.6, medium from 0.6, high from 2.1 (level 2 in Balaji 2025).
    public static let standard = CoherenceBands(uncheckedMedium: 0.6, high: 2.1)

    /// Limits of one's own; nil unless both are finite and `0 < medium < high`.
    public init?(medium: Double, high: Double) {
        guard medium.isFinite, high.isFinite, medium > 0, medium < high else { return nil }
        self.init(uncheckedMedium: medium, high: high)
    }

    private init(uncheckedMedium medium: Double, high: Double) {
        self.medium = medium
        self.high = high
    }

    /// The band of a score.
    public func band(of score: Double) -> Band {
        if score >= high { return .high }
        return score >= medium ? .medium : .low
    }

    /// The limits in words, as in "low < 0.6, medium 0.6 to 2.1, high >= 2.1".
    public var description: String { "low < \(medium), medium \(medium) to \(high), high >= \(high)" }
}
