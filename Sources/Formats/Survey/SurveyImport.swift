public import Practice

/// Answers out of a file of REDCap, Qualtrics, Google Forms or of any table, without anything that says who somebody is.
///
/// Only columns of items, of codes and of waves are ever taken; all others are dropped before anything is kept, and listed.
public struct SurveyImport: Sendable, Hashable {
    /// Whose file it is.
    public enum Origin: String, Sendable, Hashable, CaseIterable {
        /// REDCap: `record_id`, `redcap_event_name`, fields; raw codes or labels.
        case redcap
        /// Qualtrics: three rows of headers, personal columns first; codes or labels.
        case qualtrics
        /// Google Forms: a time stamp, then the questions as headers and labels as values.
        case forms
        /// Any table with names of items as headers.
        case csv
    }

    /// A column that was dropped.
    public struct Dropped: Sendable, Hashable {
        /// Its header.
        public var column: String
        /// Why; nil when it belongs to no item.
        public var reason: String?
    }

    /// A cell that is none of the possible answers.
    public struct Unreadable: Sendable, Hashable {
        /// Line in the file, from 1.
        public var line: Int
        /// The item.
        public var item: String
        /// What stands there.
        public var text: String
    }

    /// The responses that hold anything, in the order of the file.
    public var responses: [SurveyResponse]
    /// Headers that were taken for items.
    public var taken: [String]
    /// Columns that were dropped, in the order of the file.
    public var dropped: [Dropped]
    /// Items of the waves that no column has.
    public var absent: [String]
    /// Answers that could not be read, and are left out.
    public var unreadable: [Unreadable]
    /// Rows without an answer.
    public var emptyRows: Int
    /// Rows that were filled in to try the survey out, and are left out.
    public var trials: Int
    /// The column of codes; nil when answers are not linked.
    public var codeColumn: String?

    /// What a person asked of an import.
    public struct Options: Sendable, Hashable {
        /// Whose file it is.
        public var origin: Origin
        /// The wave of all rows; nil when the file says it.
        public var wave: String?
        /// The column of codes; nil to look for one.
        public var codeColumn: String?
        /// Columns or items to leave out.
        public var drop: [String] = []

        /// Options for a file of that origin.
        public init(origin: Origin) {
            self.origin = origin
        }
    }

    /// Reads a file.
    /// - Parameters:
    ///   - bytes: the file.
    ///   - instrument: what was asked.
    ///   - options: what a person asked for.
    /// - Throws: `SurveyImportError` when nothing may or can be taken.
    public init(_ bytes: [UInt8], to instrument: Instrument, options: Options) throws(SurveyImportError) {
        let sheet = try SurveySheet(bytes, origin: options.origin)
        let columns = try SurveyColumns(sheet, instrument: instrument, options: options)
        try columns.refusePersonalContents(of: sheet)
        responses = []
        unreadable = []
        emptyRows = 0
        absent = []
        trials = sheet.trials
        taken = (columns.items.map(\.column) + columns.options.map(\.column)).sorted().map { sheet.headers[$0] }
        dropped = columns.dropped
        codeColumn = columns.code.map { sheet.headers[$0] }
        var waves: Set<String> = []
        for row in sheet.rows {
            let wave = try columns.wave(of: row)
            let code = try columns.code(of: row)
            var answers: [String: String] = [:]
            for (column, name) in columns.items {
                let text = DelimitedText.unguarded(row.cell(column))
                // An answer to what another wave asks is no answer either.
                let item = instrument.item(name, in: wave)
                switch item?.read(text) ?? (text.isEmpty ? .missing : .unreadable) {
                case .missing: break
                case .value(let value): answers[name] = value
                case .unreadable: unreadable.append(Unreadable(line: row.line, item: name, text: text))
                }
            }
            for (name, value) in chosen(in: row, columns, instrument, wave) { answers[name] = value }
            waves.insert(wave)
            if answers.isEmpty {
                emptyRows += 1
            } else {
                responses.append(SurveyResponse(id: "\(row.line)", wave: wave, code: code, answers: answers))
            }
        }
        absent = instrument.items.filter { item in
            waves.contains(item.wave) && !columns.items.contains { $0.name == item.name }
                && !columns.options.contains { $0.name == item.name }
        }.map { "\($0.wave): \($0.name)" }
        try refuseDoubles()
    }

    /// The answers that columns of one level each make up.
    private mutating func chosen(
        in row: SurveySheet.Row, _ columns: SurveyColumns, _ instrument: Instrument, _ wave: String
    ) -> [String: String] {
        var chosen: [String: Set<String>] = [:]
        for (column, name, code) in columns.options {
            let text = DelimitedText.unguarded(row.cell(column))
            let item = instrument.item(name, in: wave)
            let isChosen = item.map { SurveyColumns.isChosen(text, code, of: $0) } ?? (text == "0" ? false : nil)
            if isChosen == true { chosen[name, default: []].insert(code) }
            if isChosen == nil, !text.isEmpty { unreadable.append(Unreadable(line: row.line, item: name, text: text)) }
        }
        return chosen.reduce(into: [:]) { $0[$1.key] = instrument.item($1.key, in: wave)?.value(choosing: $1.value) }
    }

    private func refuseDoubles() throws(SurveyImportError) {
        var seen: Set<String> = []
        for response in responses {
            guard let code = response.code else { continue }
            guard seen.insert("\(response.wave) \(code)").inserted else {
                throw .twice("\(code)", wave: response.wave, line: response.id)
            }
        }
    }
}

/// Why a file of answers was not taken: what, where and what to do.
public enum SurveyImportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no row below the headers.
    case empty
    /// It holds bytes that no text has.
    case noText
    /// A quotation mark opens a cell that never ends.
    case openQuote(line: Int)
    /// A row has more cells than there are columns.
    case tooManyCells(Int, headers: Int, line: Int)
    /// It is not a file of that origin.
    case notOfOrigin(SurveyImport.Origin, missing: String)
    /// No column belongs to an item.
    case noItems(instrument: String, headers: [String])
    /// Nothing says which wave the rows belong to.
    case noWave(waves: [String])
    /// A row names a wave that the instrument does not have.
    case strangeWave(String, line: Int, waves: [String])
    /// A column that was asked for is not there.
    case noColumn(String)
    /// A cell of the column of codes is no code.
    case badCode(String, line: Int)
    /// A code stands twice in a wave.
    case twice(String, wave: String, line: String)
    /// An item's answers hold what says who somebody is.
    case personal(item: String, what: String, lines: [Int])

    /// What is wrong and what to do next.
    public var description: String {
        switch self {
        case .noText:
            "it is no text file. Export the answers as CSV; of a table program, save them as CSV."
        case .empty: "there is no row of answers in it. Export it again, with its header."
        case .openQuote(let line):
            "line \(line): a quotation mark opens a cell that never ends. Close it, or export the file again."
        case .tooManyCells(let count, let headers, let line):
            "line \(line) has \(count) cells, but there are \(headers) columns: most likely a comma inside an answer. Put "
                + "that answer in quotation marks, or export the file again."
        case .notOfOrigin(let origin, let missing):
            "it is no export of \(origin.rawValue): \(missing). Name what it is with --from, or use --from csv."
        case .noItems(let instrument, let headers):
            "none of its columns belongs to an item of \(instrument). It has: "
                + "\(headers.prefix(12).joined(separator: ", "))\(headers.count > 12 ? ", ..." : ""). "
                + "See the items:  entrain survey show \(instrument)"
        case .noWave(let waves):
            "nothing in it says before or after. Say it with --wave: \(waves.joined(separator: ", "))."
        case .strangeWave(let wave, let line, let waves):
            "line \(line): \(wave.isEmpty ? "it names no wave" : "there is no wave '\(wave)'"). The survey has: \(waves.joined(separator: ", ")). "
                + "Say it for all rows with --wave."
        case .noColumn(let name): "it has no column '\(name)'. Check the name."
        case .badCode(let text, let line):
            "line \(line): '\(text.prefix(40))' is no code. A code is a group and a place, such as G1-03. "
                + "Mend it, or leave the link out with --unlinked."
        case .twice(let code, let wave, let line):
            "line \(line): \(code) stands twice in \(wave). Take one of the rows out."
        case .personal(let item, let what, let lines):
            "answers to \(item) look like \(what) (line \(lines.prefix(5).map(String.init).joined(separator: ", "))"
                + "\(lines.count > 5 ? " and more" : "")). Nothing was kept. Take it out of the file, or leave the column out "
                + "with --drop \(item)."
        }
    }
}
