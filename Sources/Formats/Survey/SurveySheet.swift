import Practice

/// The headers and rows of a file of answers, whoever exported it.
struct SurveySheet {
    /// A row of answers.
    struct Row {
        /// Line in the file, from 1.
        let line: Int
        let cells: [String]

        func cell(_ column: Int) -> String { cells.indices.contains(column) ? cells[column] : "" }
    }

    /// Names of the columns.
    let headers: [String]
    /// The questions, where the file has them beside the names.
    let questions: [String]
    /// The rows of answers.
    let rows: [Row]
    /// Rows that whoever made the survey filled in to try it out; they are left out.
    let trials: Int

    /// Reads a file, and holds it against what exports of its origin have.
    init(_ bytes: [UInt8], origin: SurveyImport.Origin) throws(SurveyImportError) {
        guard !bytes.contains(0) else { throw .noText }
        let text = DelimitedText(bytes)
        if let line = text.openLine { throw .openQuote(line: line) }
        let table = text.rows
        guard let first = table.first else { throw .empty }
        headers = first.cells.map(DelimitedText.unguarded)
        for row in table where row.cells.dropFirst(headers.count).contains(where: { !$0.isEmpty }) {
            throw .tooManyCells(row.cells.count, headers: headers.count, line: row.line)
        }
        var body = table.dropFirst()
        switch origin {
        case .qualtrics:
            let names = Set(headers)
            guard !names.isDisjoint(with: ["ResponseId", "StartDate", "RecordedDate", "Progress"]) else {
                throw .notOfOrigin(origin, missing: "it has no column ResponseId or StartDate")
            }
            guard let second = body.popFirst(), let third = body.popFirst(),
                third.cells.contains(where: { $0.contains("ImportId") })
            else { throw .notOfOrigin(origin, missing: "its third row has no ImportId") }
            questions = second.cells
        case .redcap:
            let names = ["record_id", "redcap_event_name", "record id", "event name"]
            guard headers.contains(where: { names.contains($0.lowercased()) }) else {
                throw .notOfOrigin(origin, missing: "it has no column record_id or redcap_event_name")
            }
            questions = []
        case .forms:
            // The first column is when somebody answered, in whatever language the form was.
            questions = []
        case .csv: questions = []
        }
        let all = body.map { Row(line: $0.line, cells: $0.cells) }
        let status = origin == .qualtrics ? headers.firstIndex(of: "Status") : nil
        rows = all.filter { row in status.map { !Self.trialWords.contains(row.cell($0).lowercased()) } ?? true }
        trials = all.count - rows.count
        guard !rows.isEmpty else { throw .empty }
    }

    /// What Qualtrics writes of a preview or a generated test, as words or as a code.
    private static let trialWords: Set<String> = ["survey preview", "survey test", "1", "2"]

    /// A column by its header, upper or lower case.
    func column(_ name: String) -> Int? { headers.firstIndex { $0.lowercased() == name.lowercased() } }

    /// What stands in a column, without empty cells.
    func contents(_ column: Int) -> [(line: Int, text: String)] {
        rows.map { ($0.line, $0.cell(column)) }.filter { !$0.1.isEmpty }
    }
}
