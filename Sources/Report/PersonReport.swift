internal import HRV
public import Practice

/// One student's session as a page: curve, score, spectrum, scatter, shares and numbers.
public struct PersonReport: Sendable {
    private let person: PersonRecord
    private let info: SessionInfo
    private let options: ReportOptions

    /// A report on one code of a session.
    /// - Parameters:
    ///   - code: a code that has not withdrawn.
    ///   - record: the session.
    ///   - options: what it may tell.
    public init(_ code: Code, of record: SessionRecord, options: ReportOptions = ReportOptions()) {
        person = PersonRecord(code, of: record)
        info = record.info
        self.options = options
    }

    private var titles: [String: String] {
        Dictionary(person.spans.map { ($0.phase.key, $0.phase.title) }) { first, _ in first }
    }

    /// The page, complete in itself.
    public var html: String {
        var page = Page(
            title: "Heart rhythm of \(person.code)",
            under: SessionHeading.under(info, seconds: person.seconds, options: options))
        guard !person.replay.beats.isEmpty else {
            page.paragraph(
                info.codes[person.code] == .session
                    ? "Nothing is kept: \(person.code) agreed to the session only."
                    : "No beats were recorded of \(person.code).")
            return page.html
        }
        addPictures(to: &page)
        addNumbers(to: &page)
        page.heading("What this does not say")
        page.list(Wording.limitsOfPerson)
        return page.html
    }

    private func addPictures(to page: inout Page) {
        page.figure(
            Tachogram(person: person).drawing,
            caption:
                "Every beat is a step. High steps are slow beats, low steps fast ones. A cross is an odd beat, which "
                + "the numbers leave out; open places are times without the strap.")
        page.figure(
            CoherenceTimeline(person: person).drawing,
            caption:
                "How much the heart rate goes up and down like one slow wave. Each point stands on the 64 s before "
                + "it; on grey ground there is no window yet. Phases in which people talk have no numbers.")
        page.figure(
            SpectrumFigure(person: person).drawing,
            caption: "How strong swings of each rate are. Welch's method over the longest stretch without a gap, after "
                + "smoothness priors; both curves on the same straight axes.")
        page.figure(
            PoincareFigure(person: person).drawing,
            caption: "One dot for two beats in a row. The width of the cloud (SD1) is change from beat to beat, its "
                + "length (SD2) slower change.")
        page.figure(
            BandFigure(summaries: person.summaries, titles: titles).drawing,
            caption: "Of the windows with a score, how many were low, medium and high in each phase.")
    }

    private func addNumbers(to page: inout Page) {
        page.heading("Numbers")
        page.table(
            "By phase; – where there is no number, with the reason below",
            head: ["Phase", "Length", "Beats", "Gaps", "Clean", "Heart rate /min", "RMSSD ms", "Score", "Peak Hz"],
            rows: person.summaries.map(row))
        let reasons = person.summaries.compactMap { summary in
            Self.reason(of: summary).map { "\(titles[summary.phase] ?? summary.phase): \($0)." }
        }
        if !reasons.isEmpty { page.list(reasons) }
        if let odd = oddBeats { page.paragraph(odd) }
    }

    private func row(_ summary: PhaseSummary) -> [String] {
        func number(_ value: Double?, _ places: Int) -> String {
            value.map { Figures.fixed($0, places: places) } ?? Figures.absent
        }
        return [
            titles[summary.phase] ?? summary.phase, Figures.clock(summary.seconds), "\(summary.beats)",
            "\(summary.gaps)", summary.clean.map { "\(Figures.percent($0)) %" } ?? Figures.absent,
            number(summary.meanHeartRate, 0), number(summary.rmssd, 1), number(summary.coherenceMean, 2),
            number(summary.peakHz, 3),
        ]
    }

    /// The first reason of a phase, said once.
    private static func reason(of summary: PhaseSummary) -> String? {
        for name in ["coherence_mean", "rmssd", "mean_hr"] {
            if let reason = summary.reasons[name] { return reason }
        }
        return nil
    }

    private var oddBeats: String? {
        let odd = person.replay.labels.count { $0 != .normal }
        guard odd > 0 else { return nil }
        return
            "\(odd) of \(person.replay.labels.count) beats are odd and corrected for the numbers; the recording keeps "
            + "them as they came."
    }
}
