import HRV
public import Practice

/// One session as it leaves the house, in every format that is asked for.
public struct SessionExport: Sendable {
    /// The session as it is told: recoded, shifted and shortened as the options say.
    public let record: SessionRecord
    /// What leaves, and in what form.
    public let options: ExportOptions
    let replays: [Code: CodeReplay]
    let summaries: [PhaseSummary]
    let rhythms: [GroupRhythm]
    let recordings: [CodeRecording]
    /// What its codes answered, a survey each; a survey that nobody answered is not there.
    public let surveys: [SurveyAnswers]

    /// Prepares several sessions; their moments are shifted together.
    /// - Parameters:
    ///   - records: what was recorded.
    ///   - options: what leaves, and in what form.
    ///   - study: the study IDs, where codes are replaced.
    ///   - surveys: everything that was answered; of it leaves what codes of a session answered that agreed to be kept.
    /// - Returns: one export a session, in the order of the records.
    public static func all(
        of records: [SessionRecord], _ options: ExportOptions, study: StudyCodes? = nil, surveys: [SurveyAnswers] = []
    ) -> [SessionExport] {
        let origin = records.map(\.info.started).min()
        var taken: Set<String> = []
        return records.map { record in
            var record = record.of(options.only)
            let kept = Set(record.info.codes.filter { $0.value == .study }.keys)
            let answers = surveys.compactMap { $0.of(kept) }.compactMap { options.hasText ? $0 : $0.withoutText() }
                .compactMap { answers in study.map { answers.recoded($0.map) } ?? answers }
            if !options.hasText { record = record.withoutText() }
            if let study { record = record.recoded(study.map) }
            if !options.hasStrapIDs { record = record.withoutStrapIDs() }
            if options.dates == .relative, let origin { record = record.shifted(from: origin) }
            // Sessions of one shifted day may come to have one name.
            let name = record.info.name
            var number = 2
            while !taken.insert(record.info.name).inserted {
                record.info.name = "\(name)-\(number)"
                number += 1
            }
            return SessionExport(record, options, answers)
        }
    }

    private init(_ record: SessionRecord, _ options: ExportOptions, _ surveys: [SurveyAnswers]) {
        self.record = record
        self.surveys = surveys
        self.options = options
        replays = record.replays()
        summaries = PhaseSummary.all(of: record, replays: replays)
        let log = GroupRhythmLog(of: record, replays: replays)
        rhythms = log.rhythms.map { $0.hidingSmall(options.minCell) }
        recordings = CodeRecording.all(of: record)
    }

    /// How many beats it has.
    public var beats: Int { record.beats.count }

    /// Its files, but for those that several sessions share.
    public func files() -> [ExportFile] {
        options.formats.flatMap { format in
            switch format {
            case .csv: bundle
            case .measures:
                recordings.map { MeasuresFile.file($0.code, replays[$0.code] ?? CodeReplay([]), of: record) }
            case .redcap: REDCapFiles.files(of: self)
            case .bids: [ExportFile]()
            default: recordings.flatMap { IntervalFiles.files(format, $0, of: record) }
            }
        }
    }

    // MARK: - The own bundle

    private var bundle: [ExportFile] {
        let labels = replays.mapValues(\.labelsBySequence)
        let wide = SummaryWide(session: record.info.name, summaries: summaries)
        let others = SessionBundle.fileNames.filter { $0 != CodebookEntry.table.file }
        let tables = others.map { name in
            table(name) { sink in
                if name == BeatRow.table.file, options.isClean {
                    try CleanBeats.write(record, labels, replays, to: sink)
                } else if name == GroupEffectRow.table.file, options.minCell > 0 {
                    let summary = SessionSummary(
                        info: record.info, seconds: record.info.seconds ?? record.lastMoment, phases: summaries)
                    try sink(HiddenEffects.bytes(summary.effects, least: options.minCell))
                } else {
                    try SessionBundle.write(
                        name, of: record, labels: labels, summaries: summaries, rhythms: rhythms, to: sink)
                }
            }
        }
        return tables + [
            table(wide.table.file) { sink in try sink(wide.bytes) }
        ]
            + SurveyRows.files(surveys, hasText: options.hasText).map { file in
                table(file.path) { sink in try file.write(to: sink) }
            } + [
                table(CodebookEntry.table.file) { sink in try sink(codebook(wide)) },
                ExportFile("README.txt") { ExportReadme.text(of: self) },
                ExportFile("METHODS.md") { MethodsText.text(of: self) },
            ]
    }

    /// A file that spreadsheets may be meant for.
    private func table(_ name: String, _ produce: @escaping @Sendable (ExportFile.Sink) throws -> Void) -> ExportFile {
        guard options.isForExcel, name.hasSuffix(".csv") else { return ExportFile(name, produce) }
        return ExportFile(name) { sink in
            var spreadsheet = SpreadsheetTable()
            try produce { piece in try sink(spreadsheet.rewritten(piece)) }
        }
    }

    private func codebook(_ wide: SummaryWide) -> [UInt8] {
        var entries = SessionBundle.codebook.filter { $0.file != CodebookEntry.table.file }
        if options.isClean, let last = entries.lastIndex(where: { $0.file == BeatRow.table.file }) {
            entries.insert(contentsOf: CleanBeats.entries, at: last + 1)
        }
        if !surveys.isEmpty { entries += SurveyRows.entries(hasText: options.hasText) }
        entries += wide.table.entries + CodebookEntry.table.entries
        var bytes: [UInt8] = []
        CodebookEntry.table.writeHeader(into: &bytes)
        for entry in entries { CodebookEntry.table.write(entry, into: &bytes) }
        return bytes
    }
}

extension GroupRhythm {
    /// The rhythm without its figures where fewer codes than `least` stand behind them.
    func hidingSmall(_ least: Int) -> GroupRhythm {
        guard codes > 0, codes < least else { return self }
        var hidden = self
        (hidden.locking, hidden.resultant) = (nil, nil)
        hidden.reason = "hidden: fewer than \(least) codes"
        return hidden
    }
}
