/// The spectrum of uneven beats without resampling (Lomb 1976; Scargle 1982).
enum LombScargle {
    /// The density of a gap-free stretch from 0.0033 to 0.4 Hz; nil with fewer than four beats.
    ///
    /// The mean is removed. A stretch longer than 300 s is cut into pieces of 300 s that overlap by half, and the mean of
    /// their densities is taken, as in Welch's method. A sine of amplitude A has the power A^2 / 2 in its band.
    static func spectrum(of stretch: BeatSeries) -> SpectralDomain.Spectrum? {
        guard stretch.count >= 4 else { return nil }
        let start = stretch.endTimes[0] - stretch.rr[0] / 1000
        let whole = stretch.endTimes[stretch.count - 1] - start
        let length = min(whole, SpectralDomain.pieceSeconds)
        let grid = 1 / (2 * SpectralDomain.pieceSeconds)
        let count = Int(((SpectralDomain.highest - SpectralDomain.veryLow) / grid).rounded(.up)) + 1
        var sum = [Double](repeating: 0, count: count)
        var pieces = 0
        var begin = start
        while begin + length <= start + whole + 1e-6 {
            let range = beats(of: stretch, from: begin, to: begin + length)
            if range.count >= 4 {
                add(Array(stretch.rr[range]), stretch.endTimes[range].map { $0 - begin }, grid: grid, to: &sum)
                pieces += 1
            }
            begin += length / 2
        }
        guard pieces > 0 else { return nil }
        return SpectralDomain.Spectrum(
            density: sum.map { $0 / Double(pieces) }, origin: SpectralDomain.veryLow, grid: grid
        )
    }

    private static func beats(of stretch: BeatSeries, from begin: Double, to end: Double) -> Range<Int> {
        let first = place(in: stretch.endTimes, after: begin)
        return first..<max(first, place(in: stretch.endTimes, after: end + 1e-6))
    }

    /// The first time after `limit` in rising times.
    private static func place(in times: [Double], after limit: Double) -> Int {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] > limit { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Adds the density of one piece to `sum`; the frequency walks up the grid by turning every beat's phase a step.
    private static func add(_ intervals: [Double], _ times: [Double], grid: Double, to sum: inout [Double]) {
        let mean = Moments(intervals).mean
        var walk = Walk(beats: intervals.count)
        for (index, time) in times.enumerated() {
            walk.set(index, value: intervals[index] - mean, time: time, start: SpectralDomain.veryLow, grid: grid)
        }
        let count = Double(intervals.count)
        let seconds = intervals.reduce(0, +) / 1000
        for k in stride(from: 0, to: sum.count, by: 2) {
            let (first, second) = walk.twoSteps()
            sum[k] += power(first, beats: count) * seconds / count
            if k + 1 < sum.count { sum[k + 1] += power(second, beats: count) * seconds / count }
        }
    }

    /// Lomb's power, in the square of the unit of the intervals times the number of beats over two.
    private static func power(_ totals: Sums, beats count: Double) -> Double {
        // Lomb's shift in time is half the angle of the doubled phases' sum.
        let (x, y) = (totals.doubleCosine, totals.doubleSine)
        let reach = (x * x + y * y).squareRoot()
        let part = reach > 0 ? min(1, max(-1, x / reach)) : 1
        let c = ((1 + part) / 2).squareRoot()
        let s = (y < 0 ? -1 : 1) * ((1 - part) / 2).squareRoot()
        let even = totals.cosine * c + totals.sine * s
        let odd = totals.sine * c - totals.cosine * s
        let (evenWeight, oddWeight) = ((count + reach) / 2, (count - reach) / 2)
        let power = even * even / evenWeight
        return oddWeight > 1e-9 * count ? power + odd * odd / oddWeight : power
    }

    /// Every beat's deviation and its phase at the present frequency, two beats abreast.
    ///
    /// A place without a beat has no length, so it adds nothing however far it is turned.
    private struct Walk {
        private let count: Double
        private var values: [SIMD2<Double>]
        private var cosines: [SIMD2<Double>]
        private var sines: [SIMD2<Double>]
        private var stepCosines: [SIMD2<Double>]
        private var stepSines: [SIMD2<Double>]

        init(beats: Int) {
            count = Double(beats)
            values = [SIMD2<Double>](repeating: .zero, count: (beats + 1) / 2)
            (cosines, sines, stepCosines, stepSines) = (values, values, values, values)
        }

        mutating func set(_ index: Int, value: Double, time: Double, start: Double, grid: Double) {
            let (place, lane) = (index / 2, index % 2)
            values[place][lane] = value
            cosines[place][lane] = Numerics.cosine(2 * Double.pi * start * time)
            sines[place][lane] = Numerics.sine(2 * Double.pi * start * time)
            stepCosines[place][lane] = Numerics.cosine(2 * Double.pi * grid * time)
            stepSines[place][lane] = Numerics.sine(2 * Double.pi * grid * time)
        }

        /// The sums at the present frequency and at the next; then every phase moves on by two steps of the grid.
        mutating func twoSteps() -> (Sums, Sums) {
            var (first, second) = (Accumulator(), Accumulator())
            cosines.withUnsafeMutableBufferPointer { cosines in
                sines.withUnsafeMutableBufferPointer { sines in
                    values.withUnsafeBufferPointer { values in
                        stepCosines.withUnsafeBufferPointer { stepCosines in
                            stepSines.withUnsafeBufferPointer { stepSines in
                                for k in values.indices {
                                    let (c, s) = (cosines[k], sines[k])
                                    first.add(values[k], c, s)
                                    let (stepC, stepS) = (stepCosines[k], stepSines[k])
                                    let (nextC, nextS) = (c * stepC - s * stepS, s * stepC + c * stepS)
                                    second.add(values[k], nextC, nextS)
                                    cosines[k] = nextC * stepC - nextS * stepS
                                    sines[k] = nextS * stepC + nextC * stepS
                                }
                            }
                        }
                    }
                }
            }
            return (first.sums(beats: count), second.sums(beats: count))
        }
    }

    /// The sums over all beats at one frequency.
    private struct Sums {
        var cosine: Double
        var sine: Double
        var doubleCosine: Double
        var doubleSine: Double
    }

    /// The same while they grow, two beats abreast.
    private struct Accumulator {
        private var cosine = SIMD2<Double>.zero
        private var sine = SIMD2<Double>.zero
        private var squares = SIMD2<Double>.zero
        private var products = SIMD2<Double>.zero

        @inline(__always)
        mutating func add(_ value: SIMD2<Double>, _ c: SIMD2<Double>, _ s: SIMD2<Double>) {
            cosine += value * c
            sine += value * s
            squares += c * c
            products += c * s
        }

        /// cos 2x = 2 cos^2 x - 1 and sin 2x = 2 sin x cos x, summed.
        func sums(beats: Double) -> Sums {
            Sums(
                cosine: cosine.sum(), sine: sine.sum(), doubleCosine: 2 * squares.sum() - beats,
                doubleSine: 2 * products.sum())
        }
    }
}
