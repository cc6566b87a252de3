/// First quartile, median and third quartile by linear interpolation between order statistics (type 7 of Hyndman & Fan
/// 1996).
public struct Quartiles: Sendable, Hashable {
    /// A quarter lies below.
    public let first: Double
    /// The middle.
    public let median: Double
    /// A quarter lies above.
    public let third: Double

    /// The quartiles of these values; nil of none, and where one is no number.
    public init?(_ values: [Double]) {
        guard !values.isEmpty, values.allSatisfy(\.isFinite) else { return nil }
        let sorted = values.sorted()
        first = Self.quantile(0.25, of: sorted)
        median = Self.quantile(0.5, of: sorted)
        third = Self.quantile(0.75, of: sorted)
    }

    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}
