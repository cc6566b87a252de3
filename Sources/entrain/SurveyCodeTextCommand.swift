import ArgumentParser
import Formats
import Practice
import Screens
import Store
import Terminal

/// `entrain survey code-text`: what raters find in answers in own words.
struct SurveyCodeTextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "code-text", abstract: "Give answers in own words themes, and count them; kappa for two raters.",
        discussion: """
            Examples, asking answer by answer, by sheets, and the counts:
              entrain survey code-text pal-post --item next_week --rater R1
              entrain survey code-text pal-post --item next_week --rater R1 --sheet r1.csv
              entrain survey code-text pal-post --read r1.csv
              entrain survey code-text pal-post --item next_week
              entrain survey code-text pal-post --to coding.csv

            A theme counts where all raters of an answer give it; what rater 'agreed' says
            stands above the others. Sheets hold answers word for word: they are for
            raters, not for sharing.
            """)
    @Argument(help: "The survey and the wave, such as pal-post.") var name: String
    @Option(help: "The item; the only one in own words, if left out.") var item: String?
    @Option(help: "Who rates: initials or a number.") var rater: String?
    @Option(help: "Write a sheet for the rater into this file.", completion: .file()) var sheet: String?
    @Option(help: "Read themes from this file; - for stdin.", completion: .file()) var read: String?
    @Option(help: "Write all codings of the wave into this file.", completion: .file()) var to: String?
    @Option(help: ArgumentHelp("Hide counts below this, and those that would tell them.", valueName: "n"))
    var minCell: Int?
    @Flag(help: "CSV.") var csv = false
    @Option(help: "The survey, where several have the wave.") var instrument: String?
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let minCell, minCell < 2 { throw ValidationError("--min-cell takes a number from 2 on; 5 is usual.") }
        if csv, global.json { throw ValidationError("Give --csv or --json, not both.") }
        if [sheet, read, to].count(where: { $0 != nil }) > 1 {
            throw ValidationError("Give one of --sheet, --read and --to.")
        }
        if sheet != nil, rater == nil { throw ValidationError("Say whose sheet it is: --rater R1") }
        if let rater, rater.isEmpty || rater.contains(where: { !$0.isLetter && !$0.isNumber && $0 != "-" }) {
            throw ValidationError("A rater is letters, digits and hyphens, such as R1.")
        }
    }

    func run() async throws {
        try await Failing.run {
            let store = try global.openStore()
            let (instrument, wave) = try await SurveyFinder(store).wave(name, instrument: instrument)
            let answers = try await store.answers(to: instrument)
            if let read { return try await take(read, answers, wave, store) }
            if let to { return try write(to, answers, wave) }
            let item = try textItem(of: instrument, wave)
            if let sheet, let rater {
                let bytes = CodingFile.sheet(answers, wave: wave, item: item.name, rater: rater)
                try TextFile.create(sheet, String(decoding: bytes, as: UTF8.self), option: "--sheet")
                StandardOutput.line("Wrote \(sheet): answers word for word, for \(rater) only. Then:")
                StandardOutput.line("  entrain survey code-text \(instrument.name)-\(wave) --read \(sheet)")
            } else if let rater {
                try await ask(rater, answers, wave, item, store)
            } else {
                show(ThemeTable(answers, wave: wave, item: item.name, leastCell: minCell), instrument)
            }
        }
    }

    private func textItem(of instrument: Instrument, _ wave: String) throws -> SurveyItem {
        let known = instrument.items(of: wave).filter { $0.kind == .text }
        guard let item else {
            guard known.count == 1 else {
                throw Failure(
                    .usage,
                    known.isEmpty
                        ? "\(instrument.name)-\(wave) asks nothing in own words."
                        : "say which item with --item: \(known.map(\.name).joined(separator: ", ")).")
            }
            return known[0]
        }
        guard let found = known.first(where: { $0.name == item }) else {
            throw SurveyError.unknownItem(item, wave: wave, known: known.map(\.name))
        }
        return found
    }

    private func take(_ path: String, _ answers: SurveyAnswers, _ wave: String, _ store: Store) async throws {
        let bytes = try SurveyInput.bytes(path)
        let codings: [SurveyCoding]
        do throws(CodingFileError) {
            codings = try CodingFile.read(bytes)
        } catch {
            throw Failure(.failed, "\(path): \(error)")
        }
        for coding in codings {
            let known = answers.instrument.items(of: wave).filter { $0.kind == .text }.map(\.name)
            guard known.contains(coding.item) else {
                throw SurveyError.unknownItem(coding.item, wave: wave, known: known)
            }
        }
        try await keep(codings, answers, store)
    }

    private func keep(_ codings: [SurveyCoding], _ answers: SurveyAnswers, _ store: Store) async throws {
        let unknown = try await store.keep(codings, of: answers.instrument.name)
        guard unknown.isEmpty else {
            throw Failure(
                .notFound,
                "there is no response \(unknown.prefix(5).joined(separator: ", ")). Nothing was kept. Make a "
                    + "sheet with --sheet and take its response_id.")
        }
        let responses = Set(codings.map(\.response)).count
        let raters = Set(codings.map(\.rater)).sorted()
        if global.json {
            let object: JSONValue = [
                "v": 1, "type": "survey_coding", "codings": .integer(codings.count), "responses": .integer(responses),
                "raters": .array(raters.map { .string($0) }),
            ]
            StandardOutput.line(object.line)
        } else {
            StandardOutput.line(
                "Kept \(codings.count) themes of \(responses) \(responses == 1 ? "answer" : "answers") by \(raters.joined(separator: ", "))."
            )
        }
    }

    private func write(_ path: String, _ answers: SurveyAnswers, _ wave: String) throws {
        let known = Set(answers.responses(in: wave).map(\.id))
        let codings = answers.codings.filter { known.contains($0.response) }
        try TextFile.create(path, String(decoding: CodingFile.csv(codings), as: UTF8.self), option: "--to")
        StandardOutput.line(
            global.json
                ? JSONValue.object([.init("file", .string(path)), .init("codings", .integer(codings.count))]).line
                : "Wrote \(path): \(codings.count) codings.")
    }

    /// Asks answer by answer on a terminal; from a pipe, lines are taken in the order of the answers.
    private func ask(
        _ rater: String, _ answers: SurveyAnswers, _ wave: String, _ item: SurveyItem, _ store: Store
    ) async throws {
        let open = answers.responses(in: wave).filter { response in
            response.answers[item.name] != nil
                && !answers.codings.contains {
                    $0.response == response.id && $0.item == item.name && $0.rater == rater
                }
        }
        guard !open.isEmpty else {
            StandardOutput.line("\(rater) has rated every answer to \(item.name).")
            return
        }
        guard SurveyInput.isTerminal else {
            throw Failure(
                .usage,
                "themes are asked for on a terminal only. Make a sheet with --sheet FILE, fill it in, and "
                    + "take it in with --read FILE.")
        }
        StandardOutput.line("Themes, parted by semicolons. Enter alone: none.  .: stop, what was rated is kept.")
        var codings: [SurveyCoding] = []
        var lines = LineReader.lines().makeAsyncIterator()
        for (place, response) in open.enumerated() {
            StandardOutput.line("\n\(place + 1) of \(open.count)  \(SafeText.line(response.answers[item.name] ?? ""))")
            StandardOutput.write("themes: ")
            guard let line = await lines.next(), line.filter({ !$0.isWhitespace }) != "." else { break }
            let themes = CodingFile.themes(in: String(line.filter { $0 != "\r" }))
            codings += (themes.isEmpty ? [SurveyCoding.none] : themes).map {
                SurveyCoding(response: response.id, item: item.name, rater: rater, theme: $0)
            }
        }
        if !codings.isEmpty { try await keep(codings, answers, store) }
    }

    private func show(_ table: ThemeTable, _ instrument: Instrument) {
        if global.json {
            StandardOutput.line(CodingFile.json(table, instrument: instrument.name).line)
        } else if csv {
            StandardOutput.write(String(decoding: CodingFile.csv(table), as: UTF8.self))
        } else {
            StandardOutput.write(SurveyOutput.fit(SurveyText.text(of: table, instrument: instrument.name), global))
        }
    }
}
