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
        var sum = Self.sum(density, first...last)
        sum = (sum - (density[first] + density[last]) / 2) * grid
        sum += (Double(first) * grid - low) * (atLow + density[first]) / 2
        sum += (high - Double(last) * grid) * (density[last] + atHigh) / 2
        return sum
    }

    /// The sum over grid points, as four side by side, for each addition waits for the one before it.
    @inline(__always)
    private static func sum(_ density: UnsafeBufferPointer<Double>, _ range: ClosedRange<Int>) -> Double {
        var sums = SIMD4<Double>.zero
        var k = range.lowerBound
        while k + 3 <= range.upperBound {
            sums += SIMD4(density[k], density[k + 1], density[k + 2], density[k + 3])
            k += 4
        }
        var sum = sums.sum()
        while k <= range.upperBound {
            sum += density[k]
            k += 1
        }
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
