public import Practice

/// What is asked, as tables for people and for REDCap.
public enum SurveyCodebook {
    /// codebook.csv of surveys: a line an item and wave.
    public static func csv(_ instruments: Instrument...) -> [UInt8] { csv(instruments) }

    static func csv(_ instruments: [Instrument]) -> [UInt8] {
        let table = table("codebook.csv")
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        for instrument in instruments {
            for item in instrument.items { table.write(Row(instrument: instrument.name, item: item), into: &bytes) }
        }
        return bytes
    }

    /// The data dictionary of REDCap, 18 columns: a line an item, which both events have when it is asked in both.
    public static func redcap(_ instrument: Instrument) -> [UInt8] {
        let first = REDCapField(
            name: "record_id", form: SurveyField.plain(instrument.name), type: "text", label: "Code, such as G1-03")
        return REDCapField.dictionary([first] + SurveyField.all(of: [instrument]).map(\.dictionaryLine))
    }

    private struct Row: Sendable {
        let instrument: String
        let item: SurveyItem
    }

    /// The table under the name that its file has.
    private static func table(_ file: String) -> Table<Row> { Table(file: file, columns: columns) }

    private static let columns: [Column<Row>] = [
        .text("instrument", "the survey") { $0.instrument },
        .text("wave", "when it is asked") { $0.item.wave },
        .text("item", "name of the item") { $0.item.name },
        .text("type", range: "likert|choice|multiple|yesno|number|text", "what kind of answer it takes") {
            $0.item.kind.rawValue
        },
        .text("text", "the question") { $0.item.text },
        .text("levels", "the possible answers: code=words, or least..most") { $0.item.levelText },
        .text("met_rule", "what counts as yes in tables") { $0.item.metRule?.description },
        .text("reverse", range: "yes|no", "whether scores are turned around") { $0.item.isReversed ? "yes" : "no" },
        .text("missing_codes", "answers that mean that there is none, parted by semicolons") {
            $0.item.missingCodes.joined(separator: "; ")
        },
        .text("source", "where the question comes from") { $0.item.source },
    ]

    /// Its lines in codebook.csv of a session's export.
    static func entries(of file: String) -> [CodebookEntry] { table(file).entries }
}
