/// Labels the beats of a gap-free segment that is known as a whole.
///
/// The median runs over beats i-5 to i+5 and the threshold over i-45 to i+45, both cut short at the ends.
/// Source: Lipponen & Tarvainen 2019, doi 10.1080/03091902.2019.1640306.
public enum CentredClassifier {
    /// The labels of a segment's intervals.
    ///
    /// - Parameter intervals: RR intervals of one gap-free segment in ms, finite and positive.
    /// - Returns: one label for each interval.
    public static func labels(of intervals: [Double]) -> [BeatLabel] {
        let count = intervals.count
        var labels = [BeatLabel](repeating: .normal, count: count)
        guard count > 2 else { return labels }
        let signals = Signals(intervals)
        var index = 0
        while index < count {
            let d = signals.difference(index)
            guard abs(d) > 1 else {
                index += 1
                continue
            }
            let next = signals.difference(index + 1)
            if ArtifactRule.isEctopic(d, previous: signals.difference(index - 1), next: next) {
                labels[index] = .ectopic
                index += 1
                continue
            }
            labels[index] = signals.judge(index)
            if index + 2 < count, abs(next) < abs(signals.difference(index + 2)) {
                index += 1
                labels[index] = signals.judge(index)
            }
            index += 1
        }
        return labels
    }

    /// The labels of a whole series, each segment by itself.
    public static func labels(of series: BeatSeries) -> [BeatLabel] {
        series.segments.flatMap { labels(of: Array(series.rr[$0])) }
    }

    /// The normalised signals of figure 2 for every beat.
    private struct Signals {
        let intervals: [Double]
        let medians: [Double]
        let thresholds: [Double]
        let deviations: [Double]
        let differences: [Double]

        init(_ intervals: [Double]) {
            let count = intervals.count
            self.intervals = intervals
            var differences = [Double](repeating: 0, count: count)
            for index in 1..<count { differences[index] = intervals[index] - intervals[index - 1] }
            medians = Self.medians(of: intervals)
            let deviations = zip(intervals, medians).map { ArtifactRule.deviation(of: $0, from: $1) }
            thresholds = Self.thresholds(of: deviations)
            self.deviations = zip(deviations, thresholds).map { $0 / $1 }
            self.differences = zip(differences, Self.thresholds(of: differences)).map { $0 / $1 }
        }

        func difference(_ index: Int) -> Double {
            differences.indices.contains(index) ? differences[index] : 0
        }

        func judge(_ index: Int) -> BeatLabel {
            ArtifactRule.judge(
                ArtifactRule.Candidate(
                    interval: intervals[index],
                    nextInterval: index + 1 < intervals.count ? intervals[index + 1] : .nan,
                    median: medians[index],
                    threshold: thresholds[index],
                    m: deviations[index],
                    d: difference(index),
                    next: difference(index + 1),
                    second: difference(index + 2)
                )
            )
        }

        private static func medians(of intervals: [Double]) -> [Double] {
            var window = SlidingWindow()
            return intervals.indices.map { index in
                let range = max(0, index - 5)..<min(intervals.count, index + 6)
                return window.move(to: range) { intervals[$0] }.median
            }
        }

        private static func thresholds(of signal: [Double]) -> [Double] {
            var window = SlidingWindow()
            return signal.indices.map { index in
                let range = max(0, index - 45)..<min(signal.count, index + 46)
                let spread = window.move(to: range) { abs(signal[$0]) }.quartileDeviation
                return ArtifactRule.threshold(quartileDeviation: spread)
            }
        }
    }
}
