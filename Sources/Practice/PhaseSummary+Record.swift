import HRV
import HeartRate

extension PhaseSummary {
    /// The numbers of every code in every phase of a record, by code, then in the order of the phases.
    /// - Parameters:
    ///   - record: what was recorded.
    ///   - replays: each code's beats run through the engine.
    /// - Returns: one summary a code and phase; phases in which people talk have counts, but no numbers.
    public static func all(of record: SessionRecord, replays: [Code: CodeReplay]) -> [PhaseSummary] {
        let end = record.info.seconds ?? record.lastMoment
        return record.info.presentCodes.flatMap { code in
            let replay = replays[code] ?? CodeReplay([])
            return record.phases.map { PhaseSummary(code, span: $0, sessionEnd: end, replay) }
        }
    }

    private init(_ code: Code, span: PhaseSequence.Span, sessionEnd: Double, _ replay: CodeReplay) {
        let end = span.end ?? max(span.start, sessionEnd)
        let inside = replay.beats.filter { ($0.end ?? -1) >= span.start && ($0.end ?? -1) < end }
        self.init(
            code: code, phase: span.phase.key, seconds: end - span.start, beats: inside.count,
            gaps: inside.count { $0.flag == .gapBefore })
        clean = replay.clean(from: span.start, to: end)
        guard span.phase.isAnalysed, !inside.isEmpty else {
            explainAll(inside.isEmpty ? "no beats in this phase" : "not analysed: people talk or settle in this phase")
            return
        }
        let window = span.start...max(span.start, end)
        takeTimeDomain(of: replay.series, in: window)
        takeCoherence(replay.updates.filter { $0.isInside(window) }, pacer: span.phase.pacer)
    }

    private mutating func explainAll(_ reason: String) {
        for name in Self.numberNames { reasons[name] = reason }
    }

    /// Columns of summary.csv that may be absent.
    static let numberNames = [
        "mean_nn", "mean_hr", "sdnn", "rmssd", "ln_rmssd", "coherence_mean", "coherence_median", "pct_mean", "peak_hz",
    ]

    private mutating func takeTimeDomain(of series: BeatSeries, in window: ClosedRange<Double>) {
        let time = Analysis(series, options: AnalysisOptions(window: window, parts: [.time])).time
        meanNN = time[.meanNN]
        meanHeartRate = time[.meanHR]
        sdnn = time[.sdnn]
        rmssd = time[.rmssd]
        lnRMSSD = time[.lnRMSSD]
        for metric in [TimeMetric.meanNN, .meanHR, .sdnn, .rmssd, .lnRMSSD] {
            reasons[metric.rawValue] = time.reason(for: metric)
        }
    }

    private mutating func takeCoherence(_ updates: [CoherenceUpdate], pacer: Pacer?) {
        let results = updates.compactMap(\.result)
        guard !results.isEmpty else {
            let reason = updates.last?.reason ?? "needs a window of 64 s wholly inside the phase"
            for name in ["coherence_mean", "coherence_median", "pct_mean", "peak_hz"] { reasons[name] = reason }
            return
        }
        let scores = results.map(\.score)
        coherenceMean = scores.reduce(0, +) / Double(scores.count)
        coherenceMedian = scores.median
        pctMean = results.map(\.pct).reduce(0, +) / Double(results.count)
        for score in scores { bandCounts[CoherenceBands.standard.band(of: score), default: 0] += 1 }
        let peaks = results.compactMap(\.peakHz)
        peakHz = peaks.median
        if peakHz == nil { reasons["peak_hz"] = "no peak" }
        if let pacer, let peakHz { followsPacer = abs(peakHz - pacer.rate / 60) < 0.01 }
    }
}

extension SessionRecord {
    /// The newest moment anything was written down for, seconds from the session's start.
    public var lastMoment: Double {
        let times = [
            packets.map(\.t).max(), beats.compactMap(\.beat.end).max(), markers.map(\.t).max(),
            phases.compactMap { $0.end ?? $0.start }.max(),
        ]
        return times.compactMap { $0 }.max() ?? 0
    }

    /// Every code's beats run through the engine.
    public func replays() -> [Code: CodeReplay] { Self.replays(of: beats, phases: phases) }

    static func replays(of beats: [BeatRecord], phases: [PhaseSequence.Span]) -> [Code: CodeReplay] {
        let pacers = PacerTimeline(phases)
        return Dictionary(grouping: beats, by: \.code).mapValues { CodeReplay($0.map(\.beat), pacers: pacers) }
    }
}

extension [Double] {
    /// The middle value, or the mean of the two middle ones; nil when empty.
    var median: Double? {
        guard !isEmpty else { return nil }
        let ordered = sorted()
        let middle = count / 2
        return count % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2
    }
}
