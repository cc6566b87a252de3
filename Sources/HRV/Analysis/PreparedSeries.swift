/// A series with its labels, its correction and its coherence list: what every window of it shares.
public struct PreparedSeries: Sendable {
    /// What was asked for.
    public let options: AnalysisOptions
    /// The raw intervals, as given.
    public let raw: BeatSeries
    /// The corrected intervals; the raw ones where artefacts are kept.
    public let corrected: BeatSeries
    /// The centred label of every raw interval.
    public let labels: [BeatLabel]
    /// The causal coherence list of the whole series; empty where it is not asked for.
    public let updates: [CoherenceUpdate]

    /// Labels, corrects and scores a series once.
    ///
    /// - Parameters:
    ///   - series: the raw intervals.
    ///   - options: what is wanted; its window is of no matter here.
    public init(_ series: BeatSeries, options: AnalysisOptions = AnalysisOptions()) {
        self.options = options
        raw = series
        labels = CentredClassifier.labels(of: series)
        corrected = options.artifacts == .correct ? ArtifactCorrection.correct(series, labels: labels) : series
        updates = options.parts.contains(.coherence) ? Self.updates(of: series, options: options) : []
    }

    /// The updates whose windows of 64 s lie wholly inside a stretch of time, seconds.
    func updates(in window: ClosedRange<Double>) -> [CoherenceUpdate] {
        // Updates stand in order of time, but for series that begin anew; there every one is looked at.
        guard raw.isOrdered else { return updates.filter { $0.isInside(window) } }
        var (low, high) = (0, updates.count)
        while low < high {
            let middle = (low + high) / 2
            if updates[middle].tEnd < window.lowerBound { low = middle + 1 } else { high = middle }
        }
        return Array(updates[low...].prefix { $0.tEnd <= window.upperBound + 1 }.filter { $0.isInside(window) })
    }

    /// The causal coherence list of a whole series, the same as a live session would have given.
    static func updates(of series: BeatSeries, options: AnalysisOptions) -> [CoherenceUpdate] {
        var live = LiveAnalysis(artifacts: options.artifacts, bands: options.bands)
        var events: [LiveEvent] = []
        var updates: [CoherenceUpdate] = []
        for segment in series.segments {
            live.beginSegment(into: &events)
            for index in segment {
                live.add(rrMilliseconds: series.rr[index], endsAt: series.endTimes[index], into: &events)
                take(&events, into: &updates)
            }
        }
        live.beginSegment(into: &events)
        take(&events, into: &updates)
        return updates
    }

    private static func take(_ events: inout [LiveEvent], into updates: inout [CoherenceUpdate]) {
        for case .coherence(let update) in events { updates.append(update) }
        events.removeAll(keepingCapacity: true)
    }
}
