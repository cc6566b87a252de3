public import Practice

/// A survey's table as CSV and as JSON.
public enum SurveyTableFile {
    private struct Row: Sendable {
        let table: SurveyTable
        let row: SurveyTable.Row
    }

    private static let columns = Table<Row>(
        file: "survey.csv",
        columns: [
            .text("instrument", "the survey") { $0.table.instrument },
            .text("wave", "when it was asked") { $0.table.wave }, .text("item", "name of the item") { $0.row.item },
            .text("label", "what tables call it") { $0.row.label },
            .text("option", "the level whose choosers are counted, where several may be chosen") {
                $0.row.option?.code
            },
            .text("option_label", "its words") { $0.row.option?.label },
            .integer("yes", "how many said yes, or chose the option; empty when hidden") { $0.row.yes },
            .integer("valid", "how many answered; empty when hidden") { $0.row.valid },
            .integer("missing", "respondents without an answer; empty when hidden") { $0.row.missing },
            .number("percent", unit: "%", "yes of the denominator") { $0.row.share.map { $0 * 100 } },
            .number("ci_lo", unit: "%", "lower end of its 95 % interval") {
                $0.row.interval.map { $0.lowerBound * 100 }
            },
            .number("ci_hi", unit: "%", "upper end") { $0.row.interval.map { $0.upperBound * 100 } },
            .text("denominator", "what percent is taken of") { $0.table.denominator.rawValue },
            .text("interval", "how the interval is computed") { $0.table.method.rawValue },
            .integer("respondents", "who answered anything in the wave") { $0.table.respondents },
            .integer("cohort", "who was asked") { $0.table.cohort },
            .number("percent_of_respondents", unit: "%", "yes of the respondents") {
                $0.row.ofRespondents.map { $0 * 100 }
            },
            .number("percent_of_cohort", unit: "%", "yes of the cohort") { $0.row.ofCohort.map { $0 * 100 } },
            .text("reason", "why a cell is empty") { $0.row.reason },
        ])

    /// The names of the columns.
    static var columnNames: [String] { columns.columns.map(\.name) }

    /// The table as CSV, a line an item.
    public static func csv(_ table: SurveyTable) -> [UInt8] {
        var bytes: [UInt8] = []
        columns.writeHeader(into: &bytes)
        for row in table.rows { columns.write(Row(table: table, row: row), into: &bytes) }
        return bytes
    }

    /// The table and how answers spread over levels.
    public static func json(_ table: SurveyTable, _ distributions: [SurveyDistribution]) -> JSONValue {
        [
            "v": 1, "type": "survey_table", "instrument": .string(table.instrument), "wave": .string(table.wave),
            "respondents": .integer(table.respondents), "cohort": JSONValue(table.cohort),
            "denominator": .string(table.denominator.rawValue), "interval": .string(table.method.rawValue),
            "min_cell": JSONValue(table.leastCell), "withdrawn": .integer(table.withdrawn),
            "answered": .array(
                table.answered.map { ["wave": .string($0.wave), "n": $0.isHidden ? .null : .integer($0.count)] }),
            "items": .array(table.rows.map(item)), "distributions": .array(distributions.map(distribution)),
        ]
    }

    private static func item(_ row: SurveyTable.Row) -> JSONValue {
        [
            "item": .string(row.item), "label": .string(row.label),
            "option": JSONValue(row.option?.code), "option_label": JSONValue(row.option?.label),
            "yes": JSONValue(row.yes),
            "valid": JSONValue(row.valid), "missing": JSONValue(row.missing), "percent": percent(row.share),
            "ci_lo": percent(row.interval?.lowerBound), "ci_hi": percent(row.interval?.upperBound),
            "percent_of_respondents": percent(row.ofRespondents), "percent_of_cohort": percent(row.ofCohort),
            "reason": JSONValue(row.reason),
        ]
    }

    private static func distribution(_ distribution: SurveyDistribution) -> JSONValue {
        let quartiles = distribution.quartiles.map { [$0.first, $0.median, $0.third].map(JSONValue.number) }
        return [
            "item": .string(distribution.item), "label": .string(distribution.label),
            "valid": JSONValue(distribution.valid), "several": .bool(distribution.isMultiple),
            "levels": .array(
                distribution.levels.map {
                    ["code": .string($0.code), "label": .string($0.label), "n": JSONValue($0.count)]
                }), "quartiles": quartiles.map(JSONValue.array) ?? .null,
        ]
    }

    static func percent(_ share: Double?) -> JSONValue { JSONValue(share.map { $0 * 100 }) }
}
