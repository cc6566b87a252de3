import Practice

/// The numbers and answers of a session as REDCap imports them: one event a phase or wave, and the data dictionary.
///
/// A project must have the events that stand in `redcap_event_name`; their names are made of the phases' keys, and of the
/// surveys' waves. Answers stand in a file of their own, which REDCap takes after the first.
enum REDCapFiles {
    private static let form = "hrv_session"

    static func files(of export: SessionExport) -> [ExportFile] {
        let files = [
            ExportFile("redcap/redcap_data.csv") { sink in try sink(data(export)) },
            ExportFile("redcap/redcap_dictionary.csv") { sink in try sink(dictionary(export)) },
        ]
        guard !export.surveys.isEmpty else { return files }
        return files + [ExportFile("redcap/redcap_survey.csv") { sink in try sink(answers(export)) }]
    }

    /// The columns of summary.csv that hold numbers or words of a phase.
    private static var items: [Column<SummaryRow>] {
        SummaryRow.table.columns.filter { !["session", "code", "phase"].contains($0.name) }
    }

    private static func data(_ export: SessionExport) -> [UInt8] {
        let columns: [Column<SummaryRow>] =
            [
                .text("record_id", "the code") { $0.summary.code.description },
                .text("redcap_event_name", "the phase") { event($0.summary.phase) },
                .text("session", "the session") { $0.session },
            ] + items + [.text("\(form)_complete", "2: complete") { _ in "2" }]
        let table = Table(file: "redcap_data.csv", columns: columns)
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        var seen: Set<String> = []
        for summary in export.summaries where summary.phase != Phase.pause.key {
            // A phase that was paused stands there in two parts; REDCap takes one row a record and event.
            guard seen.insert("\(summary.code) \(summary.phase)").inserted else { continue }
            table.write(SummaryRow(session: export.record.info.name, summary: longest(summary, export)), into: &bytes)
        }
        return bytes
    }

    /// The longest part of a phase of a code.
    private static func longest(_ summary: PhaseSummary, _ export: SessionExport) -> PhaseSummary {
        export.summaries.filter { $0.code == summary.code && $0.phase == summary.phase }
            .max { $0.seconds < $1.seconds } ?? summary
    }

    /// REDCap's name of an event: small letters, digits and underscores, with the arm.
    static func event(_ phase: String) -> String {
        let plain = phase.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
        return String(plain) + "_arm_1"
    }

    // MARK: - Answers

    private static func answers(_ export: SessionExport) -> [UInt8] {
        let fields = fields(of: export).filter { export.options.hasText || $0.item.kind != .text }
        let columns: [Column<Respondent>] =
            [
                .text("record_id", "the code") { $0.code.description },
                .text("redcap_event_name", "when it was asked") { event($0.wave) },
            ]
            + fields.flatMap { field in
                field.columns.map { column in
                    Column(name: column.name, kind: .text, unit: "", range: "", meaning: field.item.text) { row in
                        row.answers["\(field.instrument) \(field.item.name)"].map(column.cell) ?? .empty
                    }
                }
            }
        let table = Table(file: "redcap_survey.csv", columns: columns)
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        for respondent in Respondent.all(of: export.surveys) { table.write(respondent, into: &bytes) }
        return bytes
    }

    /// Everything a code answered in waves of one name: a row of REDCap.
    private struct Respondent: Sendable {
        let code: Code
        let wave: String
        var answers: [String: String]

        static func all(of surveys: [SurveyAnswers]) -> [Respondent] {
            var rows: [Respondent] = []
            for survey in surveys {
                for response in survey.responses {
                    guard let code = response.code else { continue }
                    let own = Dictionary(
                        uniqueKeysWithValues: response.answers.map { ("\(survey.instrument.name) \($0.key)", $0.value) }
                    )
                    if let place = rows.firstIndex(where: { $0.code == code && $0.wave == response.wave }) {
                        rows[place].answers.merge(own) { first, _ in first }
                    } else {
                        rows.append(Respondent(code: code, wave: response.wave, answers: own))
                    }
                }
            }
            return rows.enumerated().sorted { ($0.element.code, $0.offset) < ($1.element.code, $1.offset) }
                .map(\.element)
        }
    }

    // MARK: - Data dictionary

    private static func fields(of export: SessionExport) -> [SurveyField] {
        SurveyField.all(
            of: export.surveys.map(\.instrument),
            taken: Set(["record_id", "session"] + items.map(\.name)))
    }

    private static func dictionary(_ export: SessionExport) -> [UInt8] {
        let first = [
            REDCapField(name: "record_id", form: form, type: "text", label: "Code"),
            REDCapField(name: "session", form: form, type: "text", label: "Session"),
        ]
        let numbers = items.map { column in
            let parts = [column.unit, column.range].filter { !$0.isEmpty }
            let validation = column.kind == .number ? "number" : column.kind == .integer ? "integer" : ""
            return REDCapField(
                name: column.name, form: form, type: "text", label: column.meaning,
                note: parts.joined(separator: "; "), validation: validation)
        }
        return REDCapField.dictionary(first + numbers + fields(of: export).map(\.dictionaryLine))
    }
}
