import Practice

/// Answers of the codes of a session as tables: `answers.csv`, answers in own words apart from them in
/// `answers_text.csv`, and what was asked in `survey_items.csv` and in a file a survey.
enum SurveyRows {
    private struct Row: Sendable {
        let instrument: String
        let response: SurveyResponse
        let item: SurveyItem
        let answer: String
    }

    static let items = "survey_items.csv"

    private static let shared: [Column<Row>] = [
        .text("instrument", "the survey") { $0.instrument }, .text("wave", "when it was asked") { $0.response.wave },
        .text("code", "who answered") { $0.response.code?.description },
        .text("item", "name of the item; \(items) has the question") { $0.item.name },
    ]

    private static let closed = Table<Row>(
        file: "answers.csv",
        columns: shared + [
            .text("answer", "the number, or the code of the level; several are parted by semicolons") { $0.answer },
            .text("label", "the words of the level; empty for a number") {
                $0.item.levels.isEmpty ? nil : $0.item.words(of: $0.answer)
            },
        ])

    private static let open = Table<Row>(
        file: "answers_text.csv",
        columns: shared + [.text("text", "the answer in own words, which may name people") { $0.answer }])

    /// The lines of these tables in codebook.csv.
    static var entries: [CodebookEntry] { closed.entries + open.entries + SurveyCodebook.entries(of: items) }

    static func entries(hasText: Bool) -> [CodebookEntry] { entries.filter { hasText || $0.file != open.file } }

    /// The files of an export; none without answers.
    static func files(_ surveys: [SurveyAnswers], hasText: Bool) -> [ExportFile] {
        guard !surveys.isEmpty else { return [] }
        var files = [ExportFile(closed.file) { sink in try sink(bytes(closed, surveys) { $0.kind != .text }) }]
        if hasText {
            files.append(ExportFile(open.file) { sink in try sink(bytes(open, surveys) { $0.kind == .text }) })
        }
        files.append(ExportFile(items) { sink in try sink(SurveyCodebook.csv(surveys.map(\.instrument))) })
        return files
            + surveys.map { survey in ExportFile(definition(of: survey.instrument.name)) { survey.instrument.text } }
    }

    /// The name of the file that a survey was defined by.
    static func definition(of instrument: String) -> String { "survey-\(instrument).yaml" }

    /// A kept answer as a cell: numbers as such.
    static func cell(_ answer: String, of item: SurveyItem) -> CSVCell {
        guard item.kind != .text else { return .text(answer) }
        if let whole = Int(answer), "\(whole)" == answer { return .integer(whole) }
        return item.kind == .number ? .optional(Double(answer)) : .text(answer)
    }

    private static func bytes(
        _ table: Table<Row>, _ surveys: [SurveyAnswers], _ isWanted: (SurveyItem) -> Bool
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        table.writeHeader(into: &bytes)
        for survey in surveys {
            for response in survey.responses {
                for item in survey.instrument.items(of: response.wave) where isWanted(item) {
                    guard let answer = response.answers[item.name] else { continue }
                    table.write(
                        Row(instrument: survey.instrument.name, response: response, item: item, answer: answer),
                        into: &bytes)
                }
            }
        }
        return bytes
    }
}

extension SurveyAnswers {
    /// The answers under study IDs, in the order of those.
    func recoded(_ map: [Code: Code]) -> SurveyAnswers? {
        var answers = self
        for index in responses.indices {
            answers.responses[index].id = ""
            answers.responses[index].code = responses[index].code.map { map[$0] ?? $0 }
        }
        return answers.of(Set(answers.responses.compactMap(\.code)))
    }

    /// The answers without those in own words.
    func withoutText() -> SurveyAnswers? {
        let open = Set(instrument.items.filter { $0.kind == .text }.map(\.name))
        var answers = self
        for index in responses.indices {
            answers.responses[index].answers = responses[index].answers.filter { !open.contains($0.key) }
        }
        return answers.of(Set(responses.compactMap(\.code)))
    }
}
