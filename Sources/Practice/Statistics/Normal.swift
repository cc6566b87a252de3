import Glibc

/// The standard normal distribution.
enum Normal {
    /// The share below `z`.
    static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

    /// The share further from 0 than `z`, on both sides.
    static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

    /// The value below which the share `share` lies; infinite at 0 and 1.
    static func quantile(_ share: Double) -> Double {
        guard share > 0 else { return -.infinity }
        guard share < 1 else { return .infinity }
        var (low, high) = (-40.0, 40.0)
        while true {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { return middle }
            if cumulative(middle) < share { low = middle } else { high = middle }
        }
    }
}
