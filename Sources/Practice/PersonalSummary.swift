internal import HRV

/// What a personal reading comes to.
public struct PersonalSummary: Sendable, Hashable {
    /// How long it lasted, pauses not counted, seconds.
    public var seconds: Double
    /// Beats that counted.
    public var beats: Int
    /// Mean heart rate, beats a minute; nil without beats.
    public var heartRate: Double?
    /// Highest minus lowest heart rate of a breath, the mean over breaths, beats a minute; nil when it cannot be told.
    public var swing: Double?
    /// Share of sound beats, 0 to 1; nil without beats.
    public var clean: Double?
    /// Score of the first full window, `open-coherence-1`; nil when there was none.
    public var first: Double?
    /// Mean score of the windows that share no time with the first; nil when there was none.
    public var later: Double?
    /// How those stand to the first; nil when there was none.
    public var standing: PersonalYardstick.Standing?
    /// Why there is no score; nil when there is one.
    public var reason: String?

    /// Sums a reading up.
    public init(_ record: PersonalRecord) { self.init(record, CodeReplay(record.beats, pacers: record.timeline)) }

    /// Sums a reading up whose beats have been replayed.
    /// - Parameters:
    ///   - record: the reading.
    ///   - replay: its beats, replayed.
    public init(_ record: PersonalRecord, _ replay: CodeReplay) {
        seconds = record.seconds
        beats = replay.beats.count
        let analysis = Analysis(replay.series, options: AnalysisOptions(parts: [.time, .breathing]))
        heartRate = analysis.time[.meanHR]
        swing = analysis.breathing[.swing]
        clean = replay.clean(from: -.infinity, to: .infinity)
        var yardstick = PersonalYardstick()
        for update in replay.updates { _ = yardstick.take(update) }
        first = yardstick.first
        later = yardstick.laterMean
        standing = yardstick.overall
        guard first == nil else { return }
        reason =
            beats == 0
            ? "no beats came" : replay.updates.last { $0.reason == "too many odd beats" }?.reason ?? Self.tooShort
    }

    static let tooShort = "the first full window is there after 69 s without a gap"
}
