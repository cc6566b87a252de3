/// Detrended fluctuation analysis (Peng 1995).
enum DetrendedFluctuation {
    /// The scaling exponent over boxes of `boxes` beats, every integer; boxes do not overlap and begin at the first beat.
    ///
    /// - Returns: nil when a box of the largest size does not fit, or when the series does not vary.
    static func exponent(of intervals: [Double], boxes: ClosedRange<Int>) -> Double? {
        guard intervals.count >= boxes.upperBound else { return nil }
        let mean = Moments(intervals).mean
        var profile: [Double] = []
        profile.reserveCapacity(intervals.count)
        var sum = 0.0
        for interval in intervals {
            sum += interval - mean
            profile.append(sum)
        }
        var points: [(x: Double, y: Double)] = []
        for size in boxes {
            let fluctuation = meanSquare(of: profile, box: size)
            guard fluctuation > 0 else { return nil }
            points.append((Numerics.logarithm(Double(size)), Numerics.logarithm(fluctuation) / 2))
        }
        return slope(of: points)
    }

    /// The mean square about the straight lines through all whole boxes.
    private static func meanSquare(of profile: [Double], box: Int) -> Double {
        let middle = Double(box - 1) / 2
        let spread = Double(box) * (Double(box) * Double(box) - 1) / 12
        let whole = profile.count / box
        var total = 0.0
        profile.withUnsafeBufferPointer { profile in
            var start = 0
            for _ in 0..<whole {
                // Measured from the box's first point, so that no digits are lost to the height of the profile.
                let base = profile[start]
                var (sum, moment, square) = (0.0, 0.0, 0.0)
                var place = -middle
                for k in start..<(start + box) {
                    let value = profile[k] - base
                    sum += value
                    moment += value * place
                    square += value * value
                    place += 1
                }
                total += max(0, square - sum * sum / Double(box) - moment * moment / spread)
                start += box
            }
        }
        return total / Double(whole * box)
    }

    private static func slope(of points: [(x: Double, y: Double)]) -> Double {
        let count = Double(points.count)
        let meanX = points.reduce(0) { $0 + $1.x } / count
        let meanY = points.reduce(0) { $0 + $1.y } / count
        let products = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
        let squares = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
        return products / squares
    }
}
