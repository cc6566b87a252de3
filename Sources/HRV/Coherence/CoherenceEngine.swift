/// Computes `open-coherence-1` for one window at a time; its storage is used again, so repeated use allocates nothing.
///
/// Live and whole-file results come from this one piece of code and so are equal bit for bit.
public struct CoherenceEngine: Sendable {
    private var spline = NaturalSpline()
    private var spectrum = BandSpectrum()
    private var samples = [Double](repeating: 0, count: CoherenceWindow.samples)
    private var power = [Double](repeating: 0, count: BandSpectrum.bins)
    private let taper = Self.hann

    /// The periodic Hann taper.
    private static let hann = (0..<CoherenceWindow.samples).map { k in
        0.5 - 0.5 * Numerics.cosine(2 * Double.pi * Double(k) / Double(CoherenceWindow.samples))
    }

    /// An engine with its tables made.
    public init() {}

    /// The coherence of the window that ends on the last beat.
    ///
    /// - Parameters:
    ///   - intervals: corrected RR intervals in ms.
    ///   - endTimes: the end of each in seconds, rising; as many as `intervals`.
    /// - Returns: nil when the beats do not reach back 63.75 s from the last.
    public mutating func coherence(intervals: [Double], endTimes: [Double]) -> Coherence? {
        guard intervals.count == endTimes.count, prepare(intervals, endTimes) else { return nil }
        return measure()
    }

    /// The coherence of 256 samples of an RR curve at 4 Hz, in ms.
    ///
    /// - Returns: nil when there are not exactly 256 samples.
    public mutating func coherence(samples curve: [Double]) -> Coherence? {
        guard curve.count == CoherenceWindow.samples else { return nil }
        for k in curve.indices { samples[k] = curve[k] }
        detrendAndTaper()
        return measure()
    }

    /// How the window of the last result swings at the pacer's rate.
    ///
    /// - Parameter pacerHz: breaths per second.
    /// - Returns: the complex demodulate at that rate; 0 before there was a result.
    public func pacedSwing(at pacerHz: Double) -> PacedSwing {
        var real = 0.0
        var imaginary = 0.0
        for k in samples.indices {
            let angle = -2 * Double.pi * pacerHz * Double(k) / CoherenceWindow.rate
            real += samples[k] * Numerics.cosine(angle)
            imaginary += samples[k] * Numerics.sine(angle)
        }
        return PacedSwing(pacerHz: pacerHz, real: real, imaginary: imaginary)
    }

    /// Brings the last 64 s, detrended and tapered, into `samples`; false when the beats do not reach so far.
    private mutating func prepare(_ intervals: [Double], _ endTimes: [Double]) -> Bool {
        guard let end = endTimes.last else { return false }
        let start = end - CoherenceWindow.span
        var first = endTimes.count - 1
        while first > 0, endTimes[first - 1] >= end - CoherenceWindow.knotSeconds { first -= 1 }
        guard endTimes[first] <= start else { return false }
        spline.sample(
            times: endTimes, values: intervals, range: first..<endTimes.count,
            start: start, step: 1 / CoherenceWindow.rate, into: &samples
        )
        detrendAndTaper()
        return true
    }

    /// Subtracts the least-squares line and applies the periodic Hann taper.
    private mutating func detrendAndTaper() {
        let count = Double(CoherenceWindow.samples)
        let middle = (count - 1) / 2
        samples.withUnsafeMutableBufferPointer { samples in
            taper.withUnsafeBufferPointer { taper in
                // Four sums side by side, for each addition waits for the one before it.
                var sums = SIMD4<Double>.zero
                for k in stride(from: 0, to: CoherenceWindow.samples, by: 4) {
                    sums += SIMD4(samples[k], samples[k + 1], samples[k + 2], samples[k + 3])
                }
                let mean = sums.sum() / count
                var moments = SIMD4<Double>.zero
                var places = SIMD4(0, 1, 2, 3) - middle
                for k in stride(from: 0, to: CoherenceWindow.samples, by: 4) {
                    moments += places * (SIMD4(samples[k], samples[k + 1], samples[k + 2], samples[k + 3]) - mean)
                    places += 4
                }
                let moment = moments.sum()
                let slope = moment / (count * (count * count - 1) / 12)
                for k in 0..<samples.count {
                    samples[k] = (samples[k] - mean - slope * (Double(k) - middle)) * taper[k]
                }
            }
        }
    }

    private mutating func measure() -> Coherence {
        spectrum.power(of: samples, into: &power)
        // One-sided density: twice the power over rate times the taper's sum of squares, 3/8 of the samples.
        let scale = 2 / (CoherenceWindow.rate * 0.375 * Double(CoherenceWindow.samples))
        return power.withUnsafeMutableBufferPointer { density in
            for k in 0..<density.count { density[k] *= scale }
            var peak = CoherenceWindow.firstPeak
            for k in CoherenceWindow.firstPeak...CoherenceWindow.lastPeak where density[k] > density[peak] { peak = k }
            return Self.judge(UnsafeBufferPointer(density), peak: peak)
        }
    }

    private static func judge(_ density: UnsafeBufferPointer<Double>, peak: Int) -> Coherence {
        let centre = Double(peak) * CoherenceWindow.grid
        let low = centre - CoherenceWindow.halfWidth
        let high = centre + CoherenceWindow.halfWidth
        let grid = CoherenceWindow.grid
        let pp = SpectrumIntegral.power(of: density, grid: grid, from: low, to: high)
        let pb = SpectrumIntegral.power(of: density, grid: grid, from: CoherenceWindow.lowest, to: low)
        let pa = SpectrumIntegral.power(of: density, grid: grid, from: high, to: CoherenceWindow.highest)
        let tp = pp + pb + pa
        guard tp >= CoherenceWindow.silence else { return .none }
        // Neither side can be empty for samples that a taper has touched; the least number keeps the division finite.
        let least = 1e-12
        let ep = pp / max(pb, least) * (pp / max(pa, least))
        let edge = peak == CoherenceWindow.firstPeak || peak == CoherenceWindow.lastPeak
        return Coherence(
            peakHz: centre, pp: pp, pb: pb, pa: pa, tp: tp,
            pct: 100 * pp / tp, ratio: pp / max(pb + pa, least), ep: ep,
            score: edge ? 0 : Numerics.logarithm(1 + ep), edge: edge
        )
    }
}
