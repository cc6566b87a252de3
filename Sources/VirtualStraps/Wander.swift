import Glibc

/// Slow 1/f wandering of the heart rate (Kobayashi and Musha 1982, IEEE TBME 29:456), as a sum of relaxations whose time
/// constants lie a factor of three apart.
struct Wander: Sendable {
    /// Time constants, seconds: 1/f from about 0.0005 Hz to 0.05 Hz.
    static let timeConstants = [3.0, 9, 27, 81, 243]

    private var parts: [Double]

    /// A wandering of standard deviation 1.
    init(random: inout SplitMix64) {
        parts = []
        for _ in Self.timeConstants { parts.append(random.normal()) }
    }

    /// Goes on by `seconds`.
    mutating func advance(by seconds: Double, _ random: inout SplitMix64) -> Double {
        var sum = 0.0
        for index in parts.indices {
            let keep = exp(-seconds / Self.timeConstants[index])
            parts[index] = keep * parts[index] + (1 - keep * keep).squareRoot() * random.normal()
            sum += parts[index]
        }
        return sum / Double(parts.count).squareRoot()
    }
}
