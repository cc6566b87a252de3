/// Computes the nonlinear metrics of the longest gap-free stretch.
enum NonlinearDomain {
    /// The tolerance of the entropies as a share of the standard deviation.
    static let tolerance = 0.2

    /// The metrics of a gap-free stretch of `seconds`; the entropies, which take longest, only on demand.
    static func metrics(of stretch: BeatSeries, seconds: Double, entropy: Bool) -> MetricSet<NonlinearMetric> {
        let intervals = stretch.rr
        let differences = TimeDomain.differences(of: stretch)
        guard let sdnn = Moments(intervals).deviation, let sdsd = Moments(differences).deviation else {
            return MetricSet(absent: intervals.isEmpty ? "no beats" : "needs 3 beats without a gap")
        }
        var set = MetricSet<NonlinearMetric>(seconds: seconds)
        let sd1 = sdsd / 2.0.squareRoot()
        // Where every beat alternates, rounding may leave less than nothing.
        let sd2 = max(0, 2 * sdnn * sdnn - sdsd * sdsd / 2).squareRoot()
        set.set(.sd1, sd1)
        set.set(.sd2, sd2)
        set.set(.area, Double.pi * sd1 * sd2)
        if sd1 > 0 { set.set(.ratio, sd2 / sd1) }
        addEntropy(of: intervals, sdnn: sdnn, wanted: entropy, to: &set)
        for (name, boxes) in [(NonlinearMetric.alpha1, 4...16), (.alpha2, 16...64)] {
            guard set.allows(name), sdnn > 0 else { continue }
            if intervals.count < boxes.upperBound {
                set.set(name, absent: "needs \(boxes.upperBound) beats without a gap")
            } else {
                set.set(name, DetrendedFluctuation.exponent(of: intervals, boxes: boxes))
            }
        }
        return set
    }

    private static func addEntropy(
        of intervals: [Double], sdnn: Double, wanted: Bool, to set: inout MetricSet<NonlinearMetric>
    ) {
        guard wanted else {
            for name in [NonlinearMetric.sampleEntropy, .approximateEntropy] { set.set(name, absent: "not asked for") }
            return
        }
        guard set.allows(.sampleEntropy), sdnn > 0 else { return }
        let entropy = Entropy(intervals, tolerance: tolerance * sdnn)
        set.set(.sampleEntropy, absent: "no two stretches of three beats are alike")
        set.set(.sampleEntropy, entropy.sample)
        set.set(.approximateEntropy, entropy.approximate)
    }
}
