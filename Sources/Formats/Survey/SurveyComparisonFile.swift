public import Practice

/// Two waves compared, as CSV and as JSON.
public enum SurveyComparisonFile {
    private struct Row: Sendable {
        let comparison: SurveyComparison
        let item: SurveyComparison.Item
    }

    private static let columns = Table<Row>(
        file: "compare.csv",
        columns: [
            .text("instrument", "the survey") { $0.comparison.instrument },
            .text("item", "name of the item") { $0.item.item }, .text("from", "first wave") { $0.comparison.from },
            .text("to", "second wave") { $0.comparison.to },
            .integer("n_before", "answers in the first wave") { $0.item.before },
            .integer("n_after", "answers in the second wave") { $0.item.after },
            .integer("pairs", "codes with both; 0 when nothing is paired") { $0.item.pairs },
            .number("before_q1", "first quartile before: of pairs, else of all") { $0.item.beforeQuartiles?.first },
            .number("before_median", "median before") { $0.item.beforeQuartiles?.median },
            .number("before_q3", "third quartile before") { $0.item.beforeQuartiles?.third },
            .number("after_q1", "first quartile after") { $0.item.afterQuartiles?.first },
            .number("after_median", "median after") { $0.item.afterQuartiles?.median },
            .number("after_q3", "third quartile after") { $0.item.afterQuartiles?.third },
            .number("change", "typical change (Hodges-Lehmann)") { $0.item.change?.estimate },
            .number("change_ci_lo", "lower end of its 95 % interval") { $0.item.change?.interval?.lowerBound },
            .number("change_ci_hi", "upper end") { $0.item.change?.interval?.upperBound },
        ] + rankColumns + yesColumns)

    private static let rankColumns: [Column<Row>] = [
        .text("zeros", "how pairs without a difference are handled") { $0.item.ranks?.zeros.rawValue },
        .integer("differ", "pairs that differ") { $0.item.ranks?.nonzero },
        .number("w_plus", "rank sum that went up") { $0.item.ranks?.up },
        .number("w_minus", "rank sum that went down") { $0.item.ranks?.down },
        .number("z", "normal deviate") { $0.item.ranks?.z },
        .number("p_exact", "two-sided, by the permutation distribution") { $0.item.ranks?.exactP },
        .number("p_normal", "two-sided, by the normal approximation") { $0.item.ranks?.normalP },
        .number("r", "z over the root of the pairs") { $0.item.ranks?.r },
        .number("rank_biserial", "matched-pairs rank-biserial correlation") { $0.item.ranks?.rankBiserial },
        .number("rank_biserial_ci_lo", "lower end of its 95 % interval") {
            $0.item.ranks?.rankBiserialInterval?.lowerBound
        },
        .number("rank_biserial_ci_hi", "upper end") { $0.item.ranks?.rankBiserialInterval?.upperBound },
    ]

    private static let yesColumns: [Column<Row>] = [
        .integer("yes_no_pairs", "codes with a yes or no in both") { $0.item.yesNoPairs },
        .integer("yes_before", "pairs that said yes before") { $0.item.yesBefore },
        .integer("yes_after", "pairs that said yes after") { $0.item.yesAfter },
        .integer("gained", "no to yes") { $0.item.changers?.gained },
        .integer("lost", "yes to no") { $0.item.changers?.lost },
        .number("mcnemar_p", "exact, two-sided") { $0.item.changers?.exactP },
        .number("odds_ratio", "gained over lost; empty when nobody was lost") { $0.item.changers?.oddsRatio },
        .number("odds_ci_lo", "lower end of its exact 95 % interval") { $0.item.changers?.oddsInterval?.lowerBound },
        .number("odds_ci_hi", "upper end; empty when there is none") { $0.item.changers?.oddsInterval?.upperBound },
    ]

    /// The names of the columns.
    static var columnNames: [String] { columns.columns.map(\.name) }

    /// The comparison as CSV, a line an item.
    public static func csv(_ comparison: SurveyComparison) -> [UInt8] {
        var bytes: [UInt8] = []
        columns.writeHeader(into: &bytes)
        for item in comparison.items { columns.write(Row(comparison: comparison, item: item), into: &bytes) }
        return bytes
    }

    /// The comparison as JSON: the columns of the CSV, item by item.
    public static func json(_ comparison: SurveyComparison) -> JSONValue {
        [
            "v": 1, "type": "survey_compare", "instrument": .string(comparison.instrument),
            "from": .string(comparison.from), "to": .string(comparison.to),
            "linked": .bool(comparison.linked > 0), "codes": .integer(comparison.linked),
            "unlinked_before": .integer(comparison.unlinkedBefore),
            "unlinked_after": .integer(comparison.unlinkedAfter),
            "items": .array(
                comparison.items.map { item in
                    let row = Row(comparison: comparison, item: item)
                    return .object(
                        columns.columns.filter { !["instrument", "from", "to"].contains($0.name) }.map {
                            JSONValue.Member($0.name, $0.cell(row).json)
                        })
                }),
        ]
    }
}

extension CSVCell {
    /// The same value in JSON.
    var json: JSONValue {
        switch self {
        case .empty: .null
        case .text(let text): .string(text)
        case .integer(let value): .integer(value)
        case .fixed(let value, _), .number(let value): .number(value)
        }
    }
}
