import Practice

/// The numbers of a session as REDCap imports them: one event a phase, and the data dictionary of 18 columns.
///
/// A project must have the events that stand in `redcap_event_name`; their names are made of the phases' keys.
enum REDCapFiles {
    private static let form = "hrv_session"

    static func files(of export: SessionExport) -> [ExportFile] {
        [
            ExportFile("redcap/redcap_data.csv") { sink in try sink(data(export)) },
            ExportFile("redcap/redcap_dictionary.csv") { sink in try sink(dictionary) },
        ]
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

    // MARK: - Data dictionary

    private struct Field: Sendable {
        let name: String
        let label: String
        let note: String
        let validation: String
    }

    private static let dictionaryTable = Table<Field>(
        file: "redcap_dictionary.csv",
        columns: [
            .text("Variable / Field Name", "name of the field") { $0.name },
            .text("Form Name", "name of the form") { _ in form },
            .text("Section Header", "empty") { _ in nil }, .text("Field Type", "text") { _ in "text" },
            .text("Field Label", "what it says") { $0.label },
            .text("Choices, Calculations, OR Slider Labels", "empty") { _ in nil },
            .text("Field Note", "unit and range") { $0.note },
            .text("Text Validation Type OR Show Slider Number", "number, integer or nothing") { $0.validation },
            .text("Text Validation Min", "empty") { _ in nil }, .text("Text Validation Max", "empty") { _ in nil },
            .text("Identifier?", "empty: nothing here names a person") { _ in nil },
            .text("Branching Logic (Show field only if...)", "empty") { _ in nil },
            .text("Required Field?", "empty") { _ in nil }, .text("Custom Alignment", "empty") { _ in nil },
            .text("Question Number (surveys only)", "empty") { _ in nil },
            .text("Matrix Group Name", "empty") { _ in nil }, .text("Matrix Ranking?", "empty") { _ in nil },
            .text("Field Annotation", "empty") { _ in nil },
        ])

    private static var dictionary: [UInt8] {
        var bytes: [UInt8] = []
        dictionaryTable.writeHeader(into: &bytes)
        let first = [
            Field(name: "record_id", label: "Code", note: "", validation: ""),
            Field(name: "session", label: "Session", note: "", validation: ""),
        ]
        let others = items.map { column in
            let parts = [column.unit, column.range].filter { !$0.isEmpty }
            let validation = column.kind == .number ? "number" : column.kind == .integer ? "integer" : ""
            return Field(
                name: column.name, label: column.meaning, note: parts.joined(separator: "; "), validation: validation)
        }
        for field in first + others { dictionaryTable.write(field, into: &bytes) }
        return bytes
    }

    /// The lines of both tables in docs/formats.md.
    static var entries: [CodebookEntry] { dictionaryTable.entries }
}
