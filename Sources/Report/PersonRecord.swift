internal import HRV
internal import HeartRate
public import Practice

/// One code of a session, as its report needs it.
public struct PersonRecord: Sendable {
    /// The code.
    public let code: Code
    let replay: CodeReplay
    let summaries: [PhaseSummary]
    let spans: [PhaseSequence.Span]
    /// Length of the session, seconds.
    let seconds: Double

    /// Takes a code out of a record.
    /// - Parameters:
    ///   - code: a code that has not withdrawn.
    ///   - record: the session, with at least this code's beats.
    public init(_ code: Code, of record: SessionRecord) {
        self.init(code, of: record, replay: record.replays()[code] ?? CodeReplay([]))
    }

    init(_ code: Code, of record: SessionRecord, replay: CodeReplay) {
        self.code = code
        self.replay = replay
        spans = record.phases
        seconds = record.info.seconds ?? record.lastMoment
        summaries = PhaseSummary.all(of: record, replays: [code: replay]).filter { $0.code == code }
    }

    /// A score and its time, seconds.
    struct Score {
        var t: Double
        var score: Double
    }

    /// The scores of the phases that are analysed; where people talk there are none.
    var scores: [Score] {
        replay.updates.compactMap { update in
            let phase = spans.last { $0.start <= update.t }?.phase
            guard let score = update.result?.score, phase?.isAnalysed != false else { return nil }
            return Score(t: update.t, score: score)
        }
    }

    /// The longest span of the phases that are wanted; the first of equals.
    func longest(_ isWanted: (Phase) -> Bool) -> PhaseSequence.Span? {
        var best: PhaseSequence.Span?
        for span in spans where isWanted(span.phase) && length(span) > best.map(length) ?? 0 { best = span }
        return best
    }

    /// When a span ended, seconds.
    func end(of span: PhaseSequence.Span) -> Double { span.end ?? max(span.start, seconds) }

    private func length(_ span: PhaseSequence.Span) -> Double { end(of: span) - span.start }

    /// The engine's analysis of one span.
    func analysis(of span: PhaseSequence.Span, _ parts: Set<AnalysisOptions.Part>) -> Analysis {
        Analysis(
            replay.series,
            options: AnalysisOptions(window: span.start...max(span.start, end(of: span)), parts: parts))
    }
}
