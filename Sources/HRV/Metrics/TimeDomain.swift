/// Computes the metrics of the time domain.
enum TimeDomain {
    /// The metrics of all segments together; no difference crosses a gap.
    static func metrics(of series: BeatSeries) -> MetricSet<TimeMetric> {
        guard series.count > 0 else { return MetricSet(absent: "no beats") }
        var set = MetricSet<TimeMetric>(seconds: series.duration)
        addLevels(of: series.rr, to: &set)
        addDifferences(of: series, to: &set)
        if set.allows(.tinn) { addHistogram(of: series.rr, to: &set) }
        if set.allows(.sdann) { addPieces(of: series, to: &set) }
        return set
    }

    private static func addLevels(of intervals: [Double], to set: inout MetricSet<TimeMetric>) {
        let sorted = intervals.sorted()
        let count = sorted.count
        let moments = Moments(intervals)
        let shortest = sorted[0]
        let longest = sorted[count - 1]
        set.set(.meanNN, moments.mean)
        set.set(.medianNN, (sorted[(count - 1) / 2] + sorted[count / 2]) / 2)
        set.set(.meanHR, 60_000 / moments.mean)
        set.set(.minHR, 60_000 / longest)
        set.set(.maxHR, 60_000 / shortest)
        set.set(.rangeNN, longest - shortest)
        guard let deviation = moments.deviation else {
            set.set(.sdnn, absent: "needs 2 beats")
            set.set(.cvnn, absent: "needs 2 beats")
            return
        }
        set.set(.sdnn, deviation)
        set.set(.cvnn, 100 * deviation / moments.mean)
    }

    private static func addDifferences(of series: BeatSeries, to set: inout MetricSet<TimeMetric>) {
        let differences = differences(of: series)
        guard differences.count > 1 else {
            for name in [TimeMetric.rmssd, .lnRMSSD, .sdsd, .nn50, .pnn50, .nn20, .pnn20] {
                set.set(name, absent: "needs 3 beats without a gap")
            }
            return
        }
        let count = Double(differences.count)
        let rmssd = (differences.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
        let over50 = Double(differences.count { abs($0) > 50 })
        let over20 = Double(differences.count { abs($0) > 20 })
        set.set(.rmssd, rmssd)
        set.set(.lnRMSSD, Numerics.logarithm(rmssd))
        set.set(.sdsd, Moments(differences).deviation)
        set.set(.nn50, over50)
        set.set(.pnn50, 100 * over50 / count)
        set.set(.nn20, over20)
        set.set(.pnn20, 100 * over20 / count)
    }

    /// Successive differences inside each segment, in ms.
    static func differences(of series: BeatSeries) -> [Double] {
        var differences: [Double] = []
        differences.reserveCapacity(series.count)
        for segment in series.segments {
            for index in segment.dropFirst() { differences.append(series.rr[index] - series.rr[index - 1]) }
        }
        return differences
    }

    private static func addHistogram(of intervals: [Double], to set: inout MetricSet<TimeMetric>) {
        let fine = Histogram(intervals, width: Histogram.taskForceWidth)
        set.set(.triangularIndex, Double(intervals.count) / Double(fine.height))
        set.set(.tinn, fine.triangleBase)
        let coarse = Histogram(intervals, width: Histogram.stressWidth)
        let mode = (Double(coarse.mode) + 0.5) * Histogram.stressWidth / 1000
        let share = 100 * Double(coarse.height) / Double(intervals.count)
        let range = (set[.rangeNN] ?? 0) / 1000
        if range > 0 { set.set(.stressIndex, (share / (2 * mode * range)).squareRoot()) }
    }

    /// SDANN and SDNN index: whole 5-minute pieces from the first beat on, those with at least two beats.
    private static func addPieces(of series: BeatSeries, to set: inout MetricSet<TimeMetric>) {
        let length = 300.0
        let origin = series.endTimes[0] - series.rr[0] / 1000
        var pieces: [Moments] = []
        var first = 0
        var number = 0.0
        for index in 0..<series.count {
            // A beat that ends on the border still belongs to the piece before it.
            let its = max(0, ((series.endTimes[index] - origin) / length).rounded(.up) - 1)
            guard its != number else { continue }
            pieces.append(Moments(series.rr[first..<index]))
            (first, number) = (index, its)
        }
        let sound = pieces.filter { $0.count > 1 }
        set.set(.sdann, Moments(sound.map(\.mean)).deviation)
        set.set(.sdnnIndex, sound.isEmpty ? nil : Moments(sound.compactMap(\.deviation)).mean)
    }
}
