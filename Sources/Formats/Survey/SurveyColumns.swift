import Practice

/// What each column of a file of answers is taken for.
struct SurveyColumns {
    /// Columns of items, with the names of the items.
    private(set) var items: [(column: Int, name: String)] = []
    /// Columns that hold one level of an item of several levels, as REDCap's checkboxes have them.
    private(set) var options: [(column: Int, name: String, code: String)] = []
    /// The column of codes.
    private(set) var code: Int?
    /// What is dropped.
    private(set) var dropped: [SurveyImport.Dropped] = []

    private let waveColumn: Int?
    private let instrument: Instrument
    private let asked: SurveyImport.Options

    init(
        _ sheet: SurveySheet, instrument: Instrument, options: SurveyImport.Options
    ) throws(SurveyImportError) {
        self.instrument = instrument
        asked = options
        let names = ["redcap_event_name", "event name", "wave"]
        waveColumn = options.wave == nil ? names.lazy.compactMap(sheet.column).first : nil
        code = try Self.code(in: sheet, options)
        let known = options.wave.map { instrument.items(of: $0) } ?? instrument.items
        let unwanted = Set(options.drop.map { $0.lowercased() })
        for (index, header) in sheet.headers.enumerated() where index != code && index != waveColumn {
            let question = sheet.questions.indices.contains(index) ? sheet.questions[index] : header
            let option = Self.option(header, question, of: known, instrument.name)
            let item =
                option.map(\.item) ?? known.first { Self.names($0, instrument.name).contains(header.lowercased()) }
                ?? known.first { Self.isSame($0.text, question) || Self.isSame($0.label, question) }
                ?? known.first { $0.kind == .multiple && Self.isSame("\($0.text) selected choice", question) }
            if unwanted.contains(header.lowercased()) || item.map({ unwanted.contains($0.name) }) == true {
                dropped.append(SurveyImport.Dropped(column: header, reason: "left out with --drop"))
            } else if let option {
                self.options.append((index, option.item.name, option.code))
            } else if let item, !items.contains(where: { $0.name == item.name }) {
                items.append((index, item.name))
            } else {
                let reason = item.map { "another column is \($0.name) already" }
                dropped.append(
                    SurveyImport.Dropped(column: header, reason: reason ?? Self.reason(index, header, in: sheet)))
            }
        }
        guard !items.isEmpty || !self.options.isEmpty else {
            throw .noItems(instrument: instrument.name, headers: sheet.headers)
        }
        guard waveColumn != nil || options.wave != nil || instrument.waves.count == 1 else {
            throw .noWave(waves: instrument.waves)
        }
    }

    /// The wave of a row.
    func wave(of row: SurveySheet.Row) throws(SurveyImportError) -> String {
        guard let waveColumn else { return asked.wave ?? instrument.waves[0] }
        let text = row.cell(waveColumn).lowercased()
        // REDCap writes the event and the arm: pre_arm_1, or with labels Pre (Arm 1: Arm 1).
        let arm = text.firstRange(of: "_arm_") ?? text.firstRange(of: " (arm ")
        let event = arm.map { String(text[..<$0.lowerBound]) } ?? text
        guard let wave = instrument.waves.first(where: { $0 == event }) else {
            throw .strangeWave(row.cell(waveColumn), line: row.line, waves: instrument.waves)
        }
        return wave
    }

    /// Whether a cell of a column of one level says that it was chosen; nil when it says neither.
    static func isChosen(_ text: String, _ code: String, of item: SurveyItem) -> Bool? {
        let word = text.lowercased()
        if ["", "0", "unchecked", "no", "false"].contains(word) { return false }
        let label = item.levels.first { $0.code == code }?.label ?? ""
        return ["1", "checked", "yes", "true", code.lowercased(), label.lowercased()].contains(word) ? true : nil
    }

    /// The names that a column of an item may have; the longer one stands where two surveys ask the same.
    private static func names(_ item: SurveyItem, _ instrument: String) -> [String] {
        [item.name, "\(SurveyField.plain(instrument))_\(item.name)"]
    }

    /// The item and the level that a column stands for: `item___code` of REDCap, `item_code` of Qualtrics, or both by
    /// their words.
    private static func option(
        _ header: String, _ question: String, of items: [SurveyItem], _ instrument: String
    ) -> (item: SurveyItem, code: String)? {
        for item in items where item.kind == .multiple {
            let names = names(item, instrument)
            for level in item.levels {
                let plain = SurveyField.plain(level.code)
                let headers = names.flatMap { ["\($0)___\(plain)", "\($0)_\(plain)"] }
                let words = ["choice", "selected choice", ""].map { "\(item.text) \($0) \(level.label)" }
                if headers.contains(header.lowercased()) || words.contains(where: { isSame($0, question) }) {
                    return (item, level.code)
                }
            }
        }
        return nil
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
        let question = sheet.questions.indices.contains(index) ? sheet.questions[index] : ""
        if let reason = [header, question].lazy.compactMap(Identifying.reason(column:)).first { return reason }
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
