import HRV

/// The engine: whatever the intervals, a metric is a number or has a reason, and live equals whole-file.
enum AnalysisEntry {
    private static let mostBeats = 300

    /// The first byte is the mode and how much the intervals are stretched; two bytes are an interval or a gap each.
    static func take(_ bytes: [UInt8]) throws {
        guard let first = bytes.first else { return }
        let mode: ArtifactMode = first & 1 == 0 ? .correct : .keep
        let detrending: AnalysisOptions.Detrending = first & 2 == 0 ? .priors : .none
        let scale = [1.0, 1000.0 / 1024, 0.25, 16][Int(first >> 2) & 3]
        var rr: [Double] = []
        var gaps: [Int: Double] = [:]
        for place in stride(from: 1, to: min(bytes.count - 1, 2 * mostBeats), by: 2) {
            let number = UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
            switch number {
            case 0: rr.append(.nan)
            case 1: rr.append(.infinity)
            case 2: rr.append(-800)
            case 0xf000...: gaps[rr.count] = Double(number & 0xfff) / 4
            default: rr.append(Double(number) * scale)
            }
        }
        let series = BeatSeries(rr: rr, gapsBefore: gaps)
        let analysis = Analysis(series, options: AnalysisOptions(artifacts: mode, detrending: detrending))
        try check(analysis)
        try check(Analysis(series, options: AnalysisOptions(artifacts: mode, window: 30...200)))
        try claim(live(series, mode) == analysis.coherence, "live equals whole-file bit for bit")
    }

    private static func check(_ analysis: Analysis) throws {
        try check(analysis.time)
        try check(analysis.frequency)
        try check(analysis.lomb)
        try check(analysis.nonlinear)
        try check(analysis.breathing)
        let mean = analysis.coherenceSummary.mean
        try claim((mean == nil) == (analysis.reasons["coherence"] != nil), "coherence: a mean or a reason")
        for update in analysis.coherence {
            try claim((update.result == nil) == (update.reason != nil), "an update has a result or a reason")
            try claim(update.clean >= 0 && update.clean <= 1, "a share is from 0 to 1")
            guard let result = update.result else { continue }
            let numbers = [
                result.pp, result.pb, result.pa, result.tp, result.pct, result.ratio, result.ep, result.score,
            ]
            try claim(numbers.allSatisfy { $0.isFinite && $0 >= 0 }, "coherence is made of numbers: \(numbers)")
        }
    }

    private static func check<Name>(_ set: MetricSet<Name>) throws {
        for name in Name.allCases {
            let value = set[name]
            try claim((value == nil) == (set.reason(for: name) != nil), "\(name.rawValue): a number or a reason")
            try claim(value?.isFinite != false, "\(name.rawValue) is no number")
        }
    }

    private static func live(_ series: BeatSeries, _ mode: ArtifactMode) -> [CoherenceUpdate] {
        var live = LiveAnalysis(artifacts: mode)
        var events: [LiveEvent] = []
        for segment in series.segments {
            events += live.beginSegment()
            for index in segment {
                events += live.add(rrMilliseconds: series.rr[index], endsAt: series.endTimes[index])
            }
        }
        events += live.finish()
        return events.compactMap { if case .coherence(let update) = $0 { update } else { nil } }
    }
}
