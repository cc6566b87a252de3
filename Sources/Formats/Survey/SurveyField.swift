import Practice

/// An item as REDCap has it: one field whatever waves ask it, of several levels a column each.
struct SurveyField: Sendable {
    /// The item, as it stands in its first wave.
    let item: SurveyItem
    /// The survey it belongs to.
    let instrument: String
    /// Its name as a field.
    let name: String
    private let form: String

    /// The fields of some surveys; of two of one name the later one has its survey's name in front.
    /// - Parameters:
    ///   - instruments: the surveys.
    ///   - taken: names that other fields have already.
    /// - Returns: a field an item, in the order of the surveys.
    static func all(of instruments: [Instrument], taken: Set<String> = []) -> [SurveyField] {
        var taken = taken
        return instruments.flatMap { instrument in
            var seen: Set<String> = []
            return instrument.items.filter { seen.insert($0.name).inserted }.map { item in
                let waves = instrument.items.filter { $0.name == item.name }.map(\.wave)
                let long = "\(plain(instrument.name))_\(item.name)"
                let name = taken.insert(item.name).inserted ? item.name : long
                taken.insert(name)
                return SurveyField(
                    item: item, instrument: instrument.name, name: name,
                    form: plain(([instrument.name] + waves).joined(separator: "_")))
            }
        }
    }

    /// A name in small letters, digits and underscores.
    static func plain(_ name: String) -> String { String(name.lowercased().map { $0 == "-" ? "_" : $0 }) }

    /// The columns it has in a table of data, each with its cell of a kept answer.
    var columns: [(name: String, cell: @Sendable (String) -> CSVCell)] {
        guard item.kind == .multiple else { return [(name, { [item] in SurveyRows.cell($0, of: item) })] }
        return item.levels.map { level in
            (
                "\(name)___\(Self.plain(level.code))",
                { [item] in .integer(item.chosen(in: $0).contains(level.code) ? 1 : 0) }
            )
        }
    }

    var dictionaryLine: REDCapField {
        let types: [SurveyItem.Kind: String] = [
            .likert: "radio", .choice: "radio", .multiple: "checkbox", .yesno: "yesno", .number: "text", .text: "notes",
        ]
        var field = REDCapField(name: name, form: form, type: types[item.kind] ?? "text", label: item.text)
        if [.likert, .choice, .multiple].contains(item.kind) {
            field.choices = item.levels.map { "\($0.code), \($0.label.replacing("|", with: "/"))" }.joined(
                separator: " | ")
        }
        if let range = item.range {
            field.validation = "number"
            let ends = item.levelText.split(separator: "..", omittingEmptySubsequences: false)
            (field.least, field.most) = (String(ends.first ?? ""), String(ends.last ?? ""))
            if range.lowerBound.rounded() == range.lowerBound, range.upperBound.rounded() == range.upperBound {
                field.validation = "integer"
            }
        }
        let rule = item.metRule.map { "met_rule \($0)" }
        field.annotation = [rule, item.isReversed ? "reverse" : nil].compactMap(\.self).joined(separator: "; ")
        return field
    }
}
