import Practice

/// What each column of a file of answers is taken for.
struct SurveyColumns {
    /// Columns of items, with the names of the items.
    private(set) var items: [(column: Int, name: String)] = []
    /// The column of codes.
    private(set) var code: Int?
    /// What is dropped.
    private(set) var dropped: [SurveyImport.Dropped] = []

    private let waveColumn: Int?
    private let instrument: Instrument
    private let options: SurveyImport.Options

    init(
        _ sheet: SurveySheet, instrument: Instrument, options: SurveyImport.Options
    ) throws(SurveyImportError) {
        self.instrument = instrument
        self.options = options
        let names = ["redcap_event_name", "event name", "wave"]
        waveColumn = options.wave == nil ? names.lazy.compactMap(sheet.column).first : nil
        code = try Self.code(in: sheet, options)
        let asked = options.wave.map { instrument.items(of: $0) } ?? instrument.items
        let unwanted = Set(options.drop.map { $0.lowercased() })
        for (index, header) in sheet.headers.enumerated() where index != code && index != waveColumn {
            let question = sheet.questions.indices.contains(index) ? sheet.questions[index] : header
            let item =
                asked.first { $0.name == header.lowercased() }
                ?? asked.first { Self.isSame($0.text, question) || Self.isSame($0.label, question) }
            if unwanted.contains(header.lowercased()) || item.map({ unwanted.contains($0.name) }) == true {
                dropped.append(SurveyImport.Dropped(column: header, reason: "left out with --drop"))
            } else if let item, !items.contains(where: { $0.name == item.name }) {
                items.append((index, item.name))
            } else {
                let reason = item.map { "another column is \($0.name) already" }
                dropped.append(
                    SurveyImport.Dropped(column: header, reason: reason ?? Self.reason(index, header, in: sheet)))
            }
        }
        guard !items.isEmpty else { throw .noItems(instrument: instrument.name, headers: sheet.headers) }
        guard waveColumn != nil || options.wave != nil || instrument.waves.count == 1 else {
            throw .noWave(waves: instrument.waves)
        }
    }

    /// The wave of a row.
    func wave(of row: SurveySheet.Row) throws(SurveyImportError) -> String {
        guard let waveColumn else { return options.wave ?? instrument.waves[0] }
        let text = row.cell(waveColumn).lowercased()
        // REDCap writes the event and the arm: pre_arm_1, or with labels Pre (Arm 1: Arm 1).
        let arm = text.firstRange(of: "_arm_") ?? text.firstRange(of: " (arm ")
        let event = arm.map { String(text[..<$0.lowerBound]) } ?? text
        guard let wave = instrument.waves.first(where: { $0 == event }) else {
            throw .strangeWave(row.cell(waveColumn), line: row.line, waves: instrument.waves)
        }
        return wave
    }

    /// The code of a row; nil when answers are not linked, or the cell is empty.
    func code(of row: SurveySheet.Row) throws(SurveyImportError) -> Code? {
        guard let code else { return nil }
        let text = DelimitedText.unguarded(row.cell(code))
        guard !text.isEmpty else { return nil }
        do throws(PracticeError) {
            return try Code(text)
        } catch {
            throw .badCode(text, line: row.line)
        }
    }

    /// Refuses answers that hold an address or a telephone number: they would be kept word for word.
    func refusePersonalContents(of sheet: SurveySheet) throws(SurveyImportError) {
        for (column, name) in items {
            let found = sheet.contents(column).compactMap { cell in
                Identifying.reason(contents: cell.text).map { (line: cell.line, what: $0) }
            }
            if let first = found.first { throw .personal(item: name, what: first.what, lines: found.map(\.line)) }
        }
    }

    /// The column that was named, or one that holds nothing but codes.
    private static func code(
        in sheet: SurveySheet, _ options: SurveyImport.Options
    ) throws(SurveyImportError) -> Int? {
        if let name = options.codeColumn {
            guard !name.isEmpty else { return nil }
            guard let column = sheet.column(name) else { throw .noColumn(name) }
            return column
        }
        if let column = sheet.column("code") { return column }
        return sheet.headers.indices.first { column in
            let cells = sheet.contents(column)
            return !cells.isEmpty && cells.allSatisfy { isCode($0.text) }
        }
    }

    private static func isCode(_ text: String) -> Bool {
        do throws(PracticeError) {
            _ = try Code(text)
            return true
        } catch {
            return false
        }
    }

    /// Why a column that is no item says who somebody is; nil when it does not seem to.
    private static func reason(_ index: Int, _ header: String, in sheet: SurveySheet) -> String? {
        if let reason = Identifying.reason(column: header) { return reason }
        let contents = sheet.contents(index).lazy.compactMap { Identifying.reason(contents: $0.text) }.first
        return contents.map { "its contents look like \($0)" }
    }

    /// Whether two texts have the same words, whatever stands between them.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        let words = { (text: String) in text.lowercased().split { !$0.isLetter && !$0.isNumber } }
        let own = words(left)
        return !own.isEmpty && own == words(right)
    }
}
