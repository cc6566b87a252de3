/// Reads breathing from the way the heart rate swings.
enum Breathing {
    /// The band in which breathing is sought, Hz.
    static let band = 0.1...0.5

    /// Rate and swing of a gap-free stretch of `seconds`, from its Welch spectrum.
    static func metrics(
        of stretch: BeatSeries, spectrum: SpectralDomain.Spectrum?, seconds: Double
    ) -> MetricSet<BreathingMetric> {
        guard let spectrum else { return MetricSet(absent: "needs 4 beats without a gap") }
        var set = MetricSet<BreathingMetric>(seconds: seconds)
        guard let rate = rate(in: spectrum) else {
            for name in BreathingMetric.allCases { set.set(name, absent: "no peak between 0.1 and 0.5 Hz") }
            return set
        }
        set.set(.rate, 60 * rate)
        set.set(.swing, absent: "needs 3 beats in a breath")
        set.set(.swing, meanSwing(of: stretch, breath: 1 / rate))
        return set
    }

    /// The highest point of the band that is a peak, in Hz, refined by a parabola through its neighbours.
    ///
    /// A point just outside either end still counts, so that breathing at exactly 0.1 Hz is found.
    private static func rate(in spectrum: SpectralDomain.Spectrum) -> Double? {
        let density = spectrum.density
        let first = Int((band.lowerBound / spectrum.grid).rounded(.down))
        let last = min(density.count - 2, Int((band.upperBound / spectrum.grid).rounded(.up)))
        guard first > 0, first <= last else { return nil }
        var best = first
        for k in first...last where density[k] > density[best] { best = k }
        let (left, top, right) = (density[best - 1], density[best], density[best + 1])
        guard top > left, top > right, top > 1e-9 else { return nil }
        let shift = (left - right) / (2 * (left - 2 * top + right))
        return (Double(best) + shift) * spectrum.grid
    }

    /// The mean over whole breaths of the highest minus the lowest heart rate, beats a minute.
    private static func meanSwing(of stretch: BeatSeries, breath: Double) -> Double? {
        guard let start = stretch.endTimes.first else { return nil }
        var swings: [Double] = []
        var (lowest, highest, beats, number) = (Double.infinity, -Double.infinity, 0, 0)
        for (interval, end) in zip(stretch.rr, stretch.endTimes) {
            let breathNumber = Int((end - start) / breath)
            if breathNumber != number {
                if beats >= 3 { swings.append(60_000 / lowest - 60_000 / highest) }
                (lowest, highest, beats, number) = (.infinity, -.infinity, 0, breathNumber)
            }
            lowest = min(lowest, interval)
            highest = max(highest, interval)
            beats += 1
        }
        return swings.isEmpty ? nil : Moments(swings).mean
    }
}
