/// A natural cubic spline through uneven knots, evaluated on an even grid; its storage is used again and again.
struct NaturalSpline: Sendable {
    private var curvatures: [Double] = []
    private var upper: [Double] = []

    /// Writes the spline's values at `start + k * step` for every place k of `samples`.
    ///
    /// The points must lie between the first and the last knot; what lies outside follows the outermost cubic.
    /// - Parameters:
    ///   - times: knots, rising, at least one.
    ///   - values: as many as `times`.
    ///   - range: the knots to use.
    ///   - start: the first point.
    ///   - step: from one point to the next.
    ///   - samples: as many points as it has places.
    mutating func sample(
        times: [Double], values: [Double], range: Range<Int>,
        start: Double, step: Double, into samples: inout [Double]
    ) {
        guard range.count > 1 else {
            for k in samples.indices { samples[k] = values[range.lowerBound] }
            return
        }
        times.withUnsafeBufferPointer { times in
            values.withUnsafeBufferPointer { values in
                let knots = UnsafeBufferPointer(rebasing: times[range])
                let heights = UnsafeBufferPointer(rebasing: values[range])
                solve(knots, heights)
                evaluate(knots, heights, start: start, step: step, into: &samples)
            }
        }
    }

    /// Second derivatives at the knots, by elimination of the tridiagonal system; 0 at both ends.
    private mutating func solve(_ knots: UnsafeBufferPointer<Double>, _ heights: UnsafeBufferPointer<Double>) {
        let count = knots.count
        if curvatures.count < count {
            curvatures = [Double](repeating: 0, count: count + count / 2)
            upper = curvatures
        }
        curvatures.withUnsafeMutableBufferPointer { curvature in
            upper.withUnsafeMutableBufferPointer { upper in
                curvature[0] = 0
                upper[0] = 0
                var step = knots[1] - knots[0]
                var slope = (heights[1] - heights[0]) / step
                var last = 0.0
                var lastUpper = 0.0
                for i in 1..<(count - 1) {
                    let nextStep = knots[i + 1] - knots[i]
                    let nextSlope = (heights[i + 1] - heights[i]) / nextStep
                    let pivot = 1 / (2 * (step + nextStep) - step * lastUpper)
                    last = (6 * (nextSlope - slope) - step * last) * pivot
                    lastUpper = nextStep * pivot
                    curvature[i] = last
                    upper[i] = lastUpper
                    step = nextStep
                    slope = nextSlope
                }
                curvature[count - 1] = 0
                for i in stride(from: count - 2, to: 0, by: -1) {
                    curvature[i] -= upper[i] * curvature[i + 1]
                }
            }
        }
    }

    private func evaluate(
        _ knots: UnsafeBufferPointer<Double>, _ heights: UnsafeBufferPointer<Double>,
        start: Double, step: Double, into samples: inout [Double]
    ) {
        let last = knots.count - 2
        curvatures.withUnsafeBufferPointer { curvature in
            samples.withUnsafeMutableBufferPointer { samples in
                var piece = 0
                var k = 0
                while k < samples.count {
                    let point = start + Double(k) * step
                    while piece < last, knots[piece + 1] < point { piece += 1 }
                    let end = piece < last ? knots[piece + 1] : .infinity
                    let left = knots[piece]
                    let width = knots[piece + 1] - left
                    let low = curvature[piece]
                    let high = curvature[piece + 1]
                    let slope = (heights[piece + 1] - heights[piece]) / width - width * (2 * low + high) / 6
                    let cubic = (high - low) / (6 * width)
                    while k < samples.count {
                        let point = start + Double(k) * step
                        guard point <= end else { break }
                        let x = point - left
                        samples[k] = heights[piece] + x * (slope + x * (low / 2 + x * cubic))
                        k += 1
                    }
                }
            }
        }
    }
}
