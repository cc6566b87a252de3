/// Everything the engine can say about a series of intervals that is known as a whole.
///
/// Artefacts are labelled and corrected in centred form for the metrics, and in causal form for the coherence list, which
/// equals what a live session would have shown.
public struct Analysis: Sendable {
    /// What was asked for.
    public let options: AnalysisOptions
    /// The raw intervals, as given.
    public let raw: BeatSeries
    /// The corrected intervals of the whole series; the raw ones where artefacts are kept.
    public let corrected: BeatSeries
    /// The centred label of every raw interval.
    public let labels: [BeatLabel]
    /// How many raw intervals of the window carry each label; every label is listed.
    public let counts: [BeatLabel: Int]
    /// How many intervals of the window were measured, after correction.
    public let beats: Int
    /// The sum of these intervals in seconds.
    public let seconds: Double
    /// The longest gap-free stretch of the window, in seconds: what frequency, nonlinear and breathing rest on.
    public let stretchSeconds: Double
    /// How many intervals that stretch has.
    public let stretchBeats: Int
    /// The time domain.
    public let time: MetricSet<TimeMetric>
    /// Welch's spectrum itself; nil where frequency and breathing were not asked for, or with fewer than four beats.
    public let spectrum: SpectralDensity?
    /// The metrics of Welch's spectrum.
    public let frequency: MetricSet<SpectralMetric>
    /// The Lomb-Scargle spectrum.
    public let lomb: MetricSet<SpectralMetric>
    /// The nonlinear metrics.
    public let nonlinear: MetricSet<NonlinearMetric>
    /// Breathing.
    public let breathing: MetricSet<BreathingMetric>
    /// The coherence updates whose windows lie wholly inside the window, in causal form.
    public let coherence: [CoherenceUpdate]
    /// What they come to.
    public let coherenceSummary: CoherenceSummary

    /// Analyses a series.
    public init(_ series: BeatSeries, options: AnalysisOptions = AnalysisOptions()) {
        self.init(PreparedSeries(series, options: options), window: options.window)
    }

    /// Analyses a stretch of time of a series that was prepared once for many.
    ///
    /// - Parameters:
    ///   - series: the series, its labels and coherence updates.
    ///   - window: the stretch to measure, seconds; nil for all.
    public init(_ series: PreparedSeries, window: ClosedRange<Double>?) {
        var options = series.options
        options.window = window
        self.options = options
        raw = series.raw
        labels = series.labels
        corrected = series.corrected
        counts = Self.count(labels, of: raw, in: window)
        let part = window.map(corrected.within) ?? corrected
        let stretch = part.stretch(part.longestSegment)
        beats = part.count
        seconds = part.duration
        stretchBeats = stretch.count
        stretchSeconds = stretch.duration
        let wants = options.parts.contains
        time = wants(.time) ? TimeDomain.metrics(of: part) : MetricSet(absent: Self.notAsked)
        let welch =
            wants(.frequency) || wants(.breathing)
            ? SpectralDomain.welch(of: stretch, detrending: options.detrending) : nil
        spectrum = welch.map { SpectralDensity(values: $0.density, grid: $0.grid) }
        frequency =
            wants(.frequency)
            ? SpectralDomain.metrics(of: welch, seconds: stretchSeconds) : MetricSet(absent: Self.notAsked)
        lomb =
            wants(.lomb)
            ? SpectralDomain.metrics(of: LombScargle.spectrum(of: stretch), seconds: stretchSeconds)
            : MetricSet(absent: Self.notAsked)
        nonlinear =
            wants(.nonlinear)
            ? NonlinearDomain.metrics(of: stretch, seconds: stretchSeconds, entropy: wants(.entropy))
            : MetricSet(absent: Self.notAsked)
        breathing =
            wants(.breathing)
            ? Breathing.metrics(of: stretch, spectrum: welch, seconds: stretchSeconds)
            : MetricSet(absent: Self.notAsked)
        coherence = window.map(series.updates) ?? series.updates
        coherenceSummary = CoherenceSummary(coherence, bands: options.bands)
    }

    /// The share of the window's raw intervals that are labelled other than normal, 0 to 1; nil without intervals.
    public var artifactShare: Double? {
        let whole = counts.values.reduce(0, +)
        return whole > 0 ? Double(whole - (counts[.normal] ?? 0)) / Double(whole) : nil
    }

    /// Why metrics have no value, by their names in files; `coherence` for the mean score.
    public var reasons: [String: String] {
        var all = time.reasons
        for more in [frequency.reasons, lomb.reasons, nonlinear.reasons, breathing.reasons] {
            all.merge(more) { first, _ in first }
        }
        if coherenceSummary.mean == nil { all["coherence"] = coherenceAbsence }
        return all
    }

    /// The causal coherence list of a series, the same as a live session would have given.
    public static func updates(of series: BeatSeries, options: AnalysisOptions) -> [CoherenceUpdate] {
        let updates = PreparedSeries.updates(of: series, options: options)
        return options.window.map { window in updates.filter { $0.isInside(window) } } ?? updates
    }

    private static let notAsked = "not asked for"

    private var coherenceAbsence: String {
        if !options.parts.contains(.coherence) { return Self.notAsked }
        if let reason = coherence.last(where: { $0.reason != nil })?.reason { return reason }
        let needed = CoherenceWindow.seconds + CoherenceWindow.interval
        return "needs \(Int(max(1, (needed - stretchSeconds).rounded(.up)))) s more"
    }

    private static func count(
        _ labels: [BeatLabel], of series: BeatSeries, in window: ClosedRange<Double>?
    ) -> [BeatLabel: Int] {
        var counts = Dictionary(uniqueKeysWithValues: BeatLabel.allCases.map { ($0, 0) })
        guard let window else {
            for label in BeatLabel.allCases { counts[label] = labels.count { $0 == label } }
            return counts
        }
        for candidates in series.endings(in: window) {
            for index in candidates where series.isInside(index, window) { counts[labels[index], default: 0] += 1 }
        }
        return counts
    }
}
