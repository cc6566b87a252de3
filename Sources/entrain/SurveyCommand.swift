import ArgumentParser
import Formats
import Practice
import Screens
import Store
import Timekeeping
import Terminal

/// `entrain survey`: what people say before and after.
struct SurveyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "survey", abstract: "Ask before and after: define, enter, import, count and compare answers.",
        discussion: """
            Examples:
              entrain survey show pal
              entrain survey enter post --code G1-03
              entrain survey import answers.csv --from redcap
              entrain survey table pal-post --of 60 --ci
            """,
        subcommands: [
            List.self, Show.self, Define.self, SurveyEnterCommand.self, SurveyImportCommand.self,
            SurveyTableCommand.self, SurveyCompareCommand.self, SurveyCodebookCommand.self, SurveyCodeTextCommand.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the surveys there are, and how many answered.",
            discussion: "Example:\n  entrain survey list")
        @Flag(help: "CSV.") var csv = false
        @OptionGroup var global: GlobalOptions

        func validate() throws { try SurveyOutput.refuseBoth(csv, global) }

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                var surveys: [(instrument: Instrument, counts: [String: Int])] = []
                for instrument in try await SurveyFinder(store).instruments {
                    let answers = try await store.answers(to: instrument)
                    let counts = instrument.waves.map { ($0, answers.responses(in: $0).count) }
                    surveys.append((instrument, Dictionary(uniqueKeysWithValues: counts)))
                }
                if csv {
                    StandardOutput.write(String(decoding: SurveyListFile.csv(surveys), as: UTF8.self))
                } else if global.json {
                    for survey in surveys {
                        StandardOutput.line(SurveyOutput.json(survey.instrument, counts: survey.counts).line)
                    }
                } else {
                    StandardOutput.write(SurveyText.list(surveys))
                    StandardOutput.line("One of your own:  entrain survey show pal --file > mine.yaml")
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a survey asks: for people, or with --file the file itself.",
            discussion: "Examples:\n  entrain survey show pal\n  entrain survey show pal --file > mine.yaml")
        @Argument(help: "The survey, such as pal.") var name: String
        @Flag(help: "The text of the file.") var file = false
        @Flag(help: "CSV.") var csv = false
        @OptionGroup var global: GlobalOptions

        func validate() throws { try SurveyOutput.refuseBoth(csv, global) }

        func run() async throws {
            try await Failing.run {
                let instrument = try await SurveyFinder(global.openStore()).find(name, instrument: nil).instrument
                if file {
                    StandardOutput.write(instrument.text)
                } else if csv {
                    StandardOutput.write(String(decoding: SurveyCodebook.csv(instrument), as: UTF8.self))
                } else if global.json {
                    StandardOutput.line(SurveyOutput.json(instrument, counts: nil).line)
                } else {
                    StandardOutput.write(SurveyOutput.fit(SurveyText.text(of: instrument), global))
                }
            }
        }
    }

    struct Define: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take in a survey from a file: every mistake with its line and column.",
            discussion: """
                Examples:
                  entrain survey define mine.yaml
                  entrain survey define pal          the one that comes with the program

                Keys of an item: item, wave, type (likert, choice, multiple, yesno, number,
                text), label, text, levels, met_rule (what counts as yes: ">=4", "=1",
                "coded:met"), reverse, missing_codes, source.
                """)
        @Argument(help: "The file, or the name of a survey that comes with the program.", completion: .file())
        var file: String
        @Flag(help: "Change a survey that is there; its answers stay.") var replace = false
        @Flag(help: "CSV.") var csv = false
        @OptionGroup var global: GlobalOptions

        func validate() throws { try SurveyOutput.refuseBoth(csv, global) }

        func run() async throws {
            try await Failing.run {
                do {
                    let instrument = try read()
                    try await keep(instrument)
                    if csv {
                        StandardOutput.write(String(decoding: SurveyCodebook.csv(instrument), as: UTF8.self))
                        return
                    }
                    if global.json {
                        StandardOutput.line(SurveyOutput.json(instrument, counts: nil).line)
                        return
                    }
                    let waves = instrument.waves.map { "\($0) \(instrument.items(of: $0).count)" }
                    StandardOutput.line("\(instrument.name) is defined. Items: \(waves.joined(separator: ", ")).")
                    StandardOutput.line(
                        "Next:  entrain survey enter \(instrument.name)-\(instrument.waves.last ?? "post") --code G1-01"
                    )
                } catch let error as WrittenFileError where global.json {
                    StandardOutput.line(SurveyOutput.json(error).line)
                    throw Failure(.failed)
                }
            }
        }

        private func read() throws -> Instrument {
            if let own = try SurveyFile.builtIn().first(where: { $0.name == file }) { return own }
            return try SurveyFile.read(try TextFile.read(file, longest: SurveyFile.longest), file: file)
        }

        private func keep(_ instrument: Instrument) async throws {
            let store = try global.openStore()
            let old = try await SurveyFinder(store).instruments.first { $0.name == instrument.name }
            if let old, old.text != instrument.text {
                guard replace else { throw SurveyError.instrumentExists(instrument.name) }
                let lost = instrument.lost(of: old, answered: try await store.answeredItems(of: instrument.name))
                guard lost.isEmpty else { throw SurveyError.answersWouldBeLost(instrument.name, items: lost) }
            }
            try await store.keepInstrument(instrument, at: Environment.clock().now().utc)
        }
    }
}

/// Surveys on stdout.
enum SurveyOutput {
    /// Refuses two forms at once.
    static func refuseBoth(_ csv: Bool, _ global: GlobalOptions) throws {
        if csv, global.json { throw ValidationError("Give --csv or --json, not both.") }
    }

    /// Text as the console can show it.
    static func fit(_ text: String, _ global: GlobalOptions) -> String {
        global.ascii ? ASCIIFallback.text(text) : text
    }

    static func json(_ instrument: Instrument, counts: [String: Int]?) -> JSONValue {
        [
            "v": 1, "type": "survey", "fit": true, "name": .string(instrument.name), "title": .string(instrument.title),
            "waves": .array(
                instrument.waves.map { ["wave": .string($0), "answers": JSONValue(counts.map { $0 }?[$0])] }),
            "items": .array(
                instrument.items.map { item in
                    [
                        "item": .string(item.name), "wave": .string(item.wave), "type": .string(item.kind.rawValue),
                        "label": .string(item.label), "text": .string(item.text), "levels": .string(item.levelText),
                        "met_rule": JSONValue(item.metRule?.description), "reverse": .bool(item.isReversed),
                        "missing_codes": .array(item.missingCodes.map { .string($0) }),
                        "source": .string(item.source),
                    ]
                }),
        ]
    }

    static func json(_ error: WrittenFileError) -> JSONValue {
        [
            "v": 1, "type": "survey", "fit": false, "file": .string(error.file),
            "mistakes": .array(
                error.mistakes.map { mistake in
                    [
                        "line": .integer(mistake.line), "column": .integer(mistake.column),
                        "problem": .string(mistake.problem), "advice": .string(mistake.advice),
                    ]
                }),
        ]
    }
}
