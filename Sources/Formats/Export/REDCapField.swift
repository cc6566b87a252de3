/// A field of a REDCap project: a line of its data dictionary, which has 18 columns.
struct REDCapField: Sendable {
    let name: String
    let form: String
    let type: String
    let label: String
    var choices = ""
    var note = ""
    var validation = ""
    var least = ""
    var most = ""
    var annotation = ""

    /// The whole dictionary; REDCap wants the fields of a form one after the other.
    static func dictionary(_ fields: [REDCapField]) -> [UInt8] {
        var forms: [String] = []
        for field in fields where !forms.contains(field.form) { forms.append(field.form) }
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        for form in forms { for field in fields where field.form == form { table.write(field, into: &bytes) } }
        return bytes
    }

    static let table = Table<REDCapField>(
        file: "redcap_dictionary.csv",
        columns: [
            .text("Variable / Field Name", "name of the field") { $0.name },
            .text("Form Name", "name of the form") { $0.form },
            .text("Section Header", "empty") { _ in nil },
            .text("Field Type", range: "text|notes|radio|yesno|checkbox", "how it is entered") { $0.type },
            .text("Field Label", "what it says, or asks") { $0.label },
            .text("Choices, Calculations, OR Slider Labels", "possible answers: code, words; parted by upright lines") {
                $0.choices
            },
            .text("Field Note", "unit and range") { $0.note },
            .text("Text Validation Type OR Show Slider Number", "number, integer or nothing") { $0.validation },
            .text("Text Validation Min", "the least number, where there is one") { $0.least },
            .text("Text Validation Max", "the greatest number, where there is one") { $0.most },
            .text("Identifier?", "empty: nothing here names a person") { _ in nil },
            .text("Branching Logic (Show field only if...)", "empty") { _ in nil },
            .text("Required Field?", "empty") { _ in nil }, .text("Custom Alignment", "empty") { _ in nil },
            .text("Question Number (surveys only)", "empty") { _ in nil },
            .text("Matrix Group Name", "empty") { _ in nil }, .text("Matrix Ranking?", "empty") { _ in nil },
            .text("Field Annotation", "met_rule: what counts as yes in tables; reverse: a high answer means little") {
                $0.annotation
            },
        ])
}
