/// Power of a density that is given on an even grid from 0 Hz.
enum SpectrumIntegral {
    /// The trapezoid integral from `low` to `high` (Hz), the ends interpolated linearly; 0 when `high` is not above `low`.
    @inline(__always)
    static func power(
        of density: UnsafeBufferPointer<Double>, grid: Double, from low: Double, to high: Double
    ) -> Double {
        guard high > low else { return 0 }
        let first = Int((low / grid).rounded(.up))
        let last = min(Int((high / grid).rounded(.down)), density.count - 1)
        let atLow = value(of: density, at: low / grid)
        let atHigh = value(of: density, at: high / grid)
        guard first <= last else { return (high - low) * (atLow + atHigh) / 2 }
        var sum = 0.0
        for k in first...last { sum += density[k] }
        sum = (sum - (density[first] + density[last]) / 2) * grid
        sum += (Double(first) * grid - low) * (atLow + density[first]) / 2
        sum += (high - Double(last) * grid) * (density[last] + atHigh) / 2
        return sum
    }

    /// The density between grid points, on a straight line; the last value beyond the grid.
    private static func value(of density: UnsafeBufferPointer<Double>, at place: Double) -> Double {
        let below = Int(place.rounded(.down))
        guard below + 1 < density.count else { return density[density.count - 1] }
        let part = place - Double(below)
        return density[below] + part * (density[below + 1] - density[below])
    }
}
