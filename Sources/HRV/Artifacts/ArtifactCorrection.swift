/// What becomes of labelled intervals: splits, joins and interpolations.
///
/// A missed beat splits its interval in two at the middle; an extra beat is dropped and its interval joined with the next,
/// whatever that one looked like by itself;
/// ectopic, long and short intervals get the value that lies on the line, beat by beat, between the nearest good ones.
/// End times stay those of the raw beats.
public enum ArtifactCorrection {
    /// How far ahead a live correction looks for the next good interval before it holds the last one.
    static let liveReach = 4

    /// The corrected form of a series.
    ///
    /// - Parameters:
    ///   - series: the raw intervals.
    ///   - labels: one label for each interval.
    /// - Returns: the corrected intervals in the same segments; segments are never joined.
    public static func correct(_ series: BeatSeries, labels: [BeatLabel]) -> BeatSeries {
        var sink = CorrectedBeats()
        var segments: [Range<Int>] = []
        sink.reserve(series.count)
        for segment in series.segments {
            let start = sink.count
            let source = Source(intervals: series.rr, endTimes: series.endTimes, labels: labels, bounds: segment)
            append(segment, of: source, reach: segment.count, to: &sink)
            if sink.count > start { segments.append(start..<sink.count) }
        }
        return BeatSeries(sound: sink.intervals, endTimes: sink.endTimes, segments: segments)
    }

    /// The raw beats that a correction may look at.
    struct Source {
        var intervals: [Double]
        var endTimes: [Double]
        var labels: [BeatLabel]
        /// The indices where good neighbours may be sought.
        var bounds: Range<Int>
    }

    /// Appends the corrected form of the beats in `range`.
    ///
    /// - Parameters:
    ///   - range: the raw beats to write, inside the source's bounds.
    ///   - source: the raw beats and their labels.
    ///   - reach: how many beats ahead the next good interval is sought; beyond, the last good value is held.
    ///   - sink: gets the intervals and their ends, rising.
    static func append(_ range: Range<Int>, of source: Source, reach: Int, to sink: inout CorrectedBeats) {
        var neighbours = GoodNeighbours()
        var joined = 0.0
        var next = range.lowerBound
        while next < range.upperBound {
            if joined == 0 {
                // Most beats are good; they go over together.
                let start = next
                while next < range.upperBound, source.labels[next] == .normal { next += 1 }
                sink.append(source.intervals[start..<next], source.endTimes[start..<next])
                guard next < range.upperBound else { return }
            }
            let index = next
            next += 1
            let interval = source.intervals[index] + joined
            let end = source.endTimes[index]
            let isJoined = joined > 0
            joined = 0
            switch source.labels[index] {
            case .normal,
                .ectopic where isJoined, .long where isJoined, .short where isJoined, .missed where isJoined:
                // The rest of an interval that an extra beat cut looks short by itself; joined, it is whole.
                sink.append(interval, end)
            case .missed:
                sink.append(interval / 2, end - interval / 2000)
                sink.append(interval / 2, end)
            case .extra:
                if index + 1 < source.bounds.upperBound { joined = interval } else { sink.append(interval, end) }
            case .ectopic, .long, .short:
                sink.append(neighbours.value(at: index, in: source, reach: reach) ?? interval, end)
            }
        }
    }

    /// The good intervals on both sides of a run of bad ones, sought once a run.
    private struct GoodNeighbours {
        private var run = 0..<0
        private var previous: Int?

        mutating func value(at index: Int, in source: Source, reach: Int) -> Double? {
            if !run.contains(index) { find(around: index, in: source) }
            let next = run.upperBound < source.bounds.upperBound ? run.upperBound : nil
            let isNear = next.map { $0 - index <= reach } ?? false
            switch (previous, next) {
            case (let before?, let after?) where isNear:
                let part = Double(index - before) / Double(after - before)
                let start = source.intervals[before]
                return start + (source.intervals[after] - start) * part
            case (let before?, _): return source.intervals[before]
            case (nil, let after?): return source.intervals[after]
            case (nil, nil): return nil
            }
        }

        private mutating func find(around index: Int, in source: Source) {
            var low = index
            while low > source.bounds.lowerBound, source.labels[low - 1] != .normal { low -= 1 }
            var high = index
            while high < source.bounds.upperBound, source.labels[high] != .normal { high += 1 }
            run = low..<high
            previous = low > source.bounds.lowerBound ? low - 1 : nil
        }
    }
}
