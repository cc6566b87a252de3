import Practice

/// Answers to surveys as BIDS has them: `phenotype/TOOL.tsv`, a row a participant, with a JSON that says what was asked.
///
/// A tool is a survey in one of its waves, such as `pal_post`; an item of several levels has a column a level.
enum BIDSPhenotype {
    /// Who answered anything.
    static func codes(of sessions: [SessionExport]) -> Set<Code> {
        Set(sessions.flatMap(\.surveys).flatMap(\.responses).compactMap(\.code))
    }

    static func files(of sessions: [SessionExport]) -> [ExportFile] {
        let surveys = Dictionary(grouping: sessions.flatMap(\.surveys), by: \.instrument.name)
        let hasText = sessions.contains { $0.options.hasText }
        return surveys.sorted { $0.key < $1.key }.flatMap { name, answers in
            (answers.first?.instrument.waves ?? []).flatMap { wave in
                tool(name, wave, answers, hasText: hasText)
            }
        }
    }

    private static func tool(
        _ name: String, _ wave: String, _ surveys: [SurveyAnswers], hasText: Bool
    ) -> [ExportFile] {
        guard let instrument = surveys.first?.instrument else { return [] }
        // Somebody who was in several sessions of the export answered once.
        let own = surveys.flatMap(\.responses).filter { $0.wave == wave }
        let byCode = Dictionary(own.compactMap { own in own.code.map { ($0, own) } }) { first, _ in first }
        guard !byCode.isEmpty else { return [] }
        let fields = SurveyField.all(of: [instrument]).filter { field in
            (hasText || field.item.kind != .text) && instrument.item(field.item.name, in: wave) != nil
        }
        let path = "phenotype/\(SurveyField.plain(name))_\(wave)"
        let header = ["participant_id"] + fields.flatMap { $0.columns.map(\.name) }
        let rows = byCode.sorted { $0.key < $1.key }.map { code, response in
            ["sub-\(CodeRecording.label(of: code))"]
                + fields.flatMap { field in
                    field.columns.map { column in
                        response.answers[field.item.name].map { cell(column.cell($0)) } ?? "n/a"
                    }
                }
        }
        let lines = ([header] + rows).map { $0.joined(separator: "\t") + "\n" }
        return [
            BIDSDataset.text("\(path).tsv", lines.joined()),
            BIDSDataset.json("\(path).json", sidecar(instrument, wave, fields)),
        ]
    }

    private static func cell(_ cell: CSVCell) -> String {
        switch cell {
        case .text(let text): String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        case .integer(let value): "\(value)"
        case .number(let value), .fixed(let value, _): Int(exactly: value).map { "\($0)" } ?? "\(value)"
        case .empty: "n/a"
        }
    }

    private static func sidecar(_ instrument: Instrument, _ wave: String, _ fields: [SurveyField]) -> JSONValue {
        let sources = Set(fields.map(\.item.source)).filter { !$0.isEmpty }.sorted()
        let about =
            "\(instrument.title); asked: \(wave)" + (sources.isEmpty ? "" : "; \(sources.joined(separator: "; "))")
        return .object(
            [.init("MeasurementToolMetadata", ["Description": .string(about)])]
                + fields.flatMap { field in
                    field.columns.enumerated().map { place, column in
                        JSONValue.Member(column.name, description(of: field.item, column: place))
                    }
                })
    }

    private static func description(of item: SurveyItem, column: Int) -> JSONValue {
        var members: [JSONValue.Member] = [.init("LongName", .string(item.label))]
        switch item.kind {
        case .multiple:
            members.append(.init("Description", .string("\(item.text) \(item.levels[column].label)")))
            members.append(.init("Levels", ["0": "not chosen", "1": "chosen"]))
        case .number:
            members.append(.init("Description", .string("\(item.text) (\(item.levelText))")))
        case .likert, .choice, .yesno:
            members.append(.init("Description", .string(item.text)))
            members.append(
                .init("Levels", .object(item.levels.map { .init($0.code, .string($0.label)) })))
        case .text: members.append(.init("Description", .string(item.text)))
        }
        return .object(members)
    }
}
