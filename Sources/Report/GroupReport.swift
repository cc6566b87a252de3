internal import HRV
public import Practice

/// A group's session as a page: who counts, from baseline to practice, how clean the beats were, the table.
public struct GroupReport: Sendable {
    private let info: SessionInfo
    private let summary: SessionSummary
    private let people: [PersonRecord]
    private let options: ReportOptions

    /// A report on the group of a session.
    public init(of record: SessionRecord, options: ReportOptions = ReportOptions()) {
        let replays = record.replays()
        info = record.info
        people = record.info.presentCodes.map {
            PersonRecord($0, of: record, replay: replays[$0] ?? CodeReplay([]))
        }
        summary = SessionSummary(
            info: record.info, seconds: record.info.seconds ?? record.lastMoment,
            phases: people.flatMap(\.summaries),
            rhythms: GroupRhythmLog(of: record, replays: replays).rhythms)
        self.options = options
    }

    /// The page, complete in itself.
    public var html: String {
        var page = Page(
            title: "Session of group \(info.group)",
            under: SessionHeading.under(info, seconds: summary.seconds, options: options))
        page.paragraph(changeInWords)
        page.figure(
            FunnelFigure(info: info, rows: summary.rows, people: people).drawing,
            caption: "How many codes took part, and of how many the numbers are used.")
        page.figure(
            SlopeFigure(rows: summary.rows).drawing,
            caption:
                "Mean score of baseline and of practice for every code whose numbers are used; the thick line is the "
                + "median of the group.")
        page.figure(
            QualityFigure(people: people, seconds: summary.seconds).drawing,
            caption: "Codes in their own order. Clean beats are neither corrected nor far off their neighbours.")
        addTables(to: &page)
        page.heading("What this does not say")
        page.list(Wording.limitsOfGroup)
        return page.html
    }

    private var changeInWords: String {
        guard let group = summary.group else { return "No code has both baseline and practice, so there is no change." }
        let change =
            "\(group.used) of \(group.of) codes have both phases: median change of the score "
            + "\(Figures.signed(group.medianChange, places: 2)), \(group.up) of \(group.used) up."
        guard let effect = group.effect else { return change }
        return change + " Paired effect dz \(Figures.fixed(effect.dz, places: 1)) (95 % CI "
            + "\(Figures.fixed(effect.low, places: 1)) to \(Figures.fixed(effect.high, places: 1)))."
    }

    private func addTables(to page: inout Page) {
        page.heading("Codes")
        page.table(
            "Mean score by code; shares are of practice time with a score",
            head: ["Code", "Clean", "Baseline", "Practice", "Change", "Low", "Medium", "High", "Used"],
            rows: summary.rows.map(Self.row))
        let rhythms = summary.rhythms.map { rhythm in
            [
                rhythm.title, Figures.fixed(rhythm.pacerRate, places: 1), "\(rhythm.codes)",
                rhythm.locking.map { Figures.fixed($0, places: 2) } ?? Figures.absent,
                rhythm.resultant.map { Figures.fixed($0, places: 2) } ?? Figures.absent, rhythm.reason ?? "",
            ]
        }
        if !rhythms.isEmpty {
            page.heading("How far the hearts moved together")
            page.table(
                "0 is not at all, 1 is wholly; of the group, never of a person",
                head: ["Phase", "Pacer /min", "Codes", "Keep their distance", "At the same point", "Why not"],
                rows: rhythms)
        }
        for table in options.tables {
            page.heading(table.caption)
            page.table(table.caption, head: table.head, rows: table.rows)
            if !table.notes.isEmpty { page.list(table.notes) }
        }
    }

    private static func row(_ row: SessionSummary.Row) -> [String] {
        func share(_ value: Double?) -> String {
            value.map { "\(Figures.fixed($0 * 100, places: 0)) %" } ?? Figures.absent
        }
        func score(_ value: Double?) -> String { value.map { Figures.fixed($0, places: 2) } ?? Figures.absent }
        return [
            "\(row.code)", row.clean.map { "\(Figures.percent($0)) %" } ?? Figures.absent, score(row.baseline),
            score(row.practice),
            row.change.map { Figures.signed($0, places: 2) } ?? Figures.absent, share(row.low), share(row.medium),
            share(row.high), use(row.use),
        ]
    }

    private static func use(_ use: SessionSummary.Use) -> String {
        switch use {
        case .yes: "yes"
        case .part(let why): "in part: \(why)"
        case .no(let why): "no: \(why)"
        }
    }
}
