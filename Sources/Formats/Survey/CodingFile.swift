public import Practice

/// What raters found in answers in own words: coding.csv, and the table of themes.
public enum CodingFile {
    private struct Row: Sendable {
        let coding: SurveyCoding
        var text = ""
    }

    private static let own = Table<Row>(
        file: "coding.csv",
        columns: [
            .text("response_id", "the response, such as post-012") { $0.coding.response },
            .text("item", "name of the item") { $0.coding.item }, .text("rater", "who rated") { $0.coding.rater },
            .text("theme", "what was found; none when nothing was") { $0.coding.theme },
        ])

    /// coding.csv: a line a theme.
    public static func csv(_ codings: [SurveyCoding]) -> [UInt8] {
        var bytes: [UInt8] = []
        own.writeHeader(into: &bytes)
        for coding in codings { own.write(Row(coding: coding), into: &bytes) }
        return bytes
    }

    /// A sheet for a rater: coding.csv with empty themes, and the answers beside them.
    ///
    /// Answers in own words may name people: the sheet is for raters, not for sharing.
    public static func sheet(_ answers: SurveyAnswers, wave: String, item: String, rater: String) -> [UInt8] {
        var bytes: [UInt8] = []
        let columns = own.columns + [.text("text", "the answer") { $0.text }]
        let table = Table(file: own.file, columns: columns)
        table.writeHeader(into: &bytes)
        for response in answers.responses(in: wave) {
            guard let text = response.answers[item] else { continue }
            let coding = SurveyCoding(response: response.id, item: item, rater: rater, theme: "")
            table.write(Row(coding: coding, text: text), into: &bytes)
        }
        return bytes
    }

    /// Reads coding.csv; other columns are left alone, rows without a theme are not yet rated, and several themes of one
    /// row are parted by semicolons.
    /// - Throws: `CodingFileError` naming the line.
    public static func read(_ bytes: [UInt8]) throws(CodingFileError) -> [SurveyCoding] {
        let rows = DelimitedText(bytes).rows
        guard let header = rows.first?.cells.map({ $0.lowercased() }) else { throw .noHeader }
        let names = ["response_id", "item", "rater", "theme"]
        let places = names.compactMap { header.firstIndex(of: $0) }
        guard places.count == names.count else { throw .noHeader }
        var codings: [SurveyCoding] = []
        for row in rows.dropFirst() {
            let cells = places.map { row.cells.indices.contains($0) ? DelimitedText.unguarded(row.cells[$0]) : "" }
            guard !cells[0].isEmpty, !cells[1].isEmpty, !cells[2].isEmpty else { throw .incomplete(line: row.line) }
            for theme in themes(in: cells[3]) {
                codings.append(SurveyCoding(response: cells[0], item: cells[1], rater: cells[2], theme: theme))
            }
        }
        guard !codings.isEmpty else { throw .nothingRated }
        return codings
    }

    /// The themes of one cell or line: parted by semicolons, letters small.
    public static func themes(in text: String) -> [String] {
        text.lowercased().split(separator: ";").map {
            String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }.filter { !$0.isEmpty }
    }

    // MARK: - Themes

    private struct ThemeRow: Sendable {
        let table: ThemeTable
        let row: ThemeTable.Row
    }

    private static let themeTable = Table<ThemeRow>(
        file: "themes.csv",
        columns: [
            .text("wave", "when it was asked") { $0.table.wave }, .text("item", "name of the item") { $0.table.item },
            .text("theme", "the theme") { $0.row.theme }, .integer("n", "answers that have it") { $0.row.count },
            .integer("coded", "answers that somebody rated") { $0.table.rated },
            .number("percent", unit: "%", "n of coded") { $0.row.share.map { $0 * 100 } },
            .number("ci_lo", unit: "%", "lower end of its 95 % interval (Wilson)") {
                $0.row.interval.map { $0.lowerBound * 100 }
            },
            .number("ci_hi", unit: "%", "upper end") { $0.row.interval.map { $0.upperBound * 100 } },
            .integer("differ", "answers that raters differ on") { $0.row.undecided },
            .integer("both", "answers that both raters rated") { $0.row.kappa?.count },
            .number("agreement", "share of those they rated alike") { $0.row.kappa?.agreement },
            .number("kappa", "Cohen's kappa of two raters") { $0.row.kappa?.kappa },
            .number("kappa_ci_lo", "lower end of its 95 % interval") { $0.row.kappa?.interval?.lowerBound },
            .number("kappa_ci_hi", "upper end") { $0.row.kappa?.interval?.upperBound },
        ])

    /// The names of the columns of themes.
    static var columnNames: [String] { themeTable.columns.map(\.name) }

    /// The themes as CSV, a line a theme.
    public static func csv(_ table: ThemeTable) -> [UInt8] {
        var bytes: [UInt8] = []
        themeTable.writeHeader(into: &bytes)
        for row in table.rows { themeTable.write(ThemeRow(table: table, row: row), into: &bytes) }
        return bytes
    }

    /// The themes as JSON: the columns of the CSV.
    public static func json(_ table: ThemeTable, instrument: String) -> JSONValue {
        [
            "v": 1, "type": "survey_themes", "instrument": .string(instrument), "wave": .string(table.wave),
            "item": .string(table.item), "answers": .integer(table.answers), "coded": .integer(table.rated),
            "raters": .array(table.raters.map { .string($0) }),
            "themes": .array(
                table.rows.map { row in
                    let row = ThemeRow(table: table, row: row)
                    return .object(
                        themeTable.columns.filter { !["wave", "item", "coded"].contains($0.name) }.map {
                            JSONValue.Member($0.name, $0.cell(row).json)
                        })
                }),
        ]
    }
}

/// Why a file of codings was not taken.
public enum CodingFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The columns are not there.
    case noHeader
    /// A row lacks its response, item or rater.
    case incomplete(line: Int)
    /// No row has a theme.
    case nothingRated

    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .noHeader: "it has no columns response_id, item, rater and theme. Make a sheet with --sheet."
        case .incomplete(let line): "line \(line): response_id, item or rater is empty. Fill it in."
        case .nothingRated: "no row has a theme. Write themes into the column theme, several parted by semicolons."
        }
    }
}
