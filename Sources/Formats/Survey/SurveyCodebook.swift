public import Practice

/// What is asked, as tables for people and for REDCap.
public enum SurveyCodebook {
    /// codebook.csv of a survey: a line an item and wave.
    public static func csv(_ instrument: Instrument) -> [UInt8] {
        var bytes: [UInt8] = []
        own.writeHeader(into: &bytes)
        for item in instrument.items { own.write(Row(instrument: instrument.name, item: item), into: &bytes) }
        return bytes
    }

    /// The data dictionary of REDCap, 18 columns: a line an item, which both events have when it is asked in both.
    public static func redcap(_ instrument: Instrument) -> [UInt8] {
        var bytes: [UInt8] = []
        dictionary.writeHeader(into: &bytes)
        dictionary.write(
            Field(name: "record_id", form: form(instrument.name), type: "text", label: "Code, such as G1-03"),
            into: &bytes)
        var seen: Set<String> = []
        for item in instrument.items where seen.insert(item.name).inserted {
            let waves = instrument.items.filter { $0.name == item.name }.map(\.wave)
            dictionary.write(Field(item, form: form(([instrument.name] + waves).joined(separator: "_"))), into: &bytes)
        }
        return bytes
    }

    private static func form(_ name: String) -> String { String(name.map { $0 == "-" ? "_" : $0 }) }

    private struct Row: Sendable {
        let instrument: String
        let item: SurveyItem
    }

    private static let own = Table<Row>(
        file: "codebook.csv",
        columns: [
            .text("instrument", "the survey") { $0.instrument },
            .text("wave", "when it is asked") { $0.item.wave },
            .text("item", "name of the item") { $0.item.name },
            .text("type", range: "likert|choice|yesno|number|text", "what kind of answer it takes") {
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
        ])

    private struct Field: Sendable {
        let name: String
        let form: String
        let type: String
        let label: String
        var choices = ""
        var validation = ""
        var least = ""
        var most = ""
        var annotation = ""

        init(name: String, form: String, type: String, label: String) {
            (self.name, self.form, self.type, self.label) = (name, form, type, label)
        }

        init(_ item: SurveyItem, form: String) {
            let types: [SurveyItem.Kind: String] = [
                .likert: "radio", .choice: "radio", .yesno: "yesno", .number: "text", .text: "notes",
            ]
            self.init(name: item.name, form: form, type: types[item.kind] ?? "text", label: item.text)
            if item.kind == .likert || item.kind == .choice {
                choices = item.levels.map { "\($0.code), \($0.label)" }.joined(separator: " | ")
            }
            if let range = item.range {
                validation = "number"
                let ends = item.levelText.split(separator: "..", omittingEmptySubsequences: false)
                (least, most) = (String(ends.first ?? ""), String(ends.last ?? ""))
                if range.lowerBound.rounded() == range.lowerBound, range.upperBound.rounded() == range.upperBound {
                    validation = "integer"
                }
            }
            let rule = item.metRule.map { "met_rule \($0)" }
            annotation = [rule, item.isReversed ? "reverse" : nil].compactMap(\.self).joined(separator: "; ")
        }
    }

    private static let dictionary = Table<Field>(
        file: "redcap_data_dictionary.csv",
        columns: [
            .text("Variable / Field Name", "") { $0.name }, .text("Form Name", "") { $0.form },
            .text("Section Header", "") { _ in nil }, .text("Field Type", "") { $0.type },
            .text("Field Label", "") { $0.label },
            .text("Choices, Calculations, OR Slider Labels", "") { $0.choices }, .text("Field Note", "") { _ in nil },
            .text("Text Validation Type OR Show Slider Number", "") { $0.validation },
            .text("Text Validation Min", "") { $0.least }, .text("Text Validation Max", "") { $0.most },
            .text("Identifier?", "") { _ in nil },
            .text("Branching Logic (Show field only if...)", "") { _ in nil },
            .text("Required Field?", "") { _ in nil }, .text("Custom Alignment", "") { _ in nil },
            .text("Question Number (surveys only)", "") { _ in nil }, .text("Matrix Group Name", "") { _ in nil },
            .text("Matrix Ranking?", "") { _ in nil }, .text("Field Annotation", "") { $0.annotation },
        ])
}
