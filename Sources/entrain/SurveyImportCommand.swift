public import ArgumentParser
public import Formats
import Practice
import Store
import Timekeeping
import Terminal

extension SurveyImport.Origin: ExpressibleByArgument {}

/// `entrain survey import`: answers that were given elsewhere.
struct SurveyImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in answers from REDCap, Qualtrics, Google Forms or any CSV.",
        discussion: """
            Examples:
              entrain survey import answers.csv --from redcap
              entrain survey import post.csv --from qualtrics --wave post
              entrain survey import form.csv --from forms --wave post --code-column Code

            Columns that are no items are dropped before anything is kept: IP, e-mail,
            names, place, telephone, time. They are listed. Answers that look like an
            address are refused. Before and after are paired by code only; without codes
            nothing is ever paired.
            """)
    @Argument(help: "The file; - for stdin.", completion: .file()) var file: String
    @Option(help: "Whose export it is.") var from: SurveyImport.Origin
    @Option(help: "The survey.") var instrument: String?
    @Option(help: "The wave of all rows, where the file does not say it.") var wave: String?
    @Option(help: ArgumentHelp("The column of codes; found by itself where one holds nothing else.", valueName: "name"))
    var codeColumn: String?
    @Flag(help: "Keep no codes: answers are not linked.") var unlinked = false
    @Option(help: ArgumentHelp("Leave this column out; may be given often.", valueName: "column")) var drop: [String] =
        []
    @Flag(help: "Put these answers in the place of earlier ones, which are kept as history.") var replace = false
    @Flag(help: "Add answers without codes to those that are there.") var add = false
    @Flag(help: "Say what would be kept, and keep nothing.") var dryRun = false
    @Flag(help: "CSV.") var csv = false
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        try SurveyOutput.refuseBoth(csv, global)
        if replace, add { throw ValidationError("Give --replace or --add, not both.") }
        if unlinked, codeColumn != nil { throw ValidationError("Give --code-column or --unlinked, not both.") }
    }

    func run() async throws {
        try await Failing.run {
            let store = try global.openStore()
            let finder = try await SurveyFinder(store)
            var options = SurveyImport.Options(origin: from)
            let target = try target(finder)
            options.wave = target.wave
            options.codeColumn = unlinked ? "" : codeColumn
            options.drop = drop
            let found = try read(target.instrument, options)
            guard !found.responses.isEmpty else {
                throw Failure(.failed, "\(file): no row has an answer that can be read. Nothing was kept.")
            }
            if !dryRun {
                let merging: Store.SurveyMerging = replace ? .replace : add ? .add : .refuse
                _ = try await store.keep(
                    found.responses, of: target.instrument, merging: merging, source: from.rawValue,
                    at: Environment.clock().now().utc
                ).get()
            }
            tell(found, target.instrument)
            if !found.unreadable.isEmpty {
                let count = found.unreadable.count
                throw Failure(
                    .partial,
                    "\(count) answer\(count == 1 ? "" : "s") could not be read and \(count == 1 ? "is" : "are") "
                        + "taken as missing. Mend the file and import it again with --replace.")
            }
        }
    }

    /// The survey, and the wave where it was said with the name, such as `--instrument pal-post`.
    private func target(_ finder: SurveyFinder) throws -> (instrument: Instrument, wave: String?) {
        guard let wave else {
            guard let instrument else { return (try finder.target(nil), nil) }
            return try finder.find(instrument, instrument: nil)
        }
        let named = try instrument.map { try finder.find($0, instrument: nil).instrument.name }
        let found = try finder.find(wave, instrument: try named ?? finder.target(nil).name)
        return found
    }

    private func read(_ instrument: Instrument, _ options: SurveyImport.Options) throws -> SurveyImport {
        let bytes = try SurveyInput.bytes(file)
        do throws(SurveyImportError) {
            return try SurveyImport(bytes, to: instrument, options: options)
        } catch {
            if case .personal = error { throw Failure(.refused, "\(file): \(error)") }
            throw Failure(.failed, "\(file): \(error)")
        }
    }

    private func tell(_ found: SurveyImport, _ instrument: Instrument) {
        let waves = instrument.waves.map { wave in (wave, found.responses.count { $0.wave == wave }) }
        let linked = found.responses.count { $0.code != nil }
        if csv {
            StandardOutput.write(String(decoding: SurveyListFile.csv(found, waves: waves), as: UTF8.self))
            return
        }
        if global.json {
            StandardOutput.line(SurveyImportJSON.object(found, instrument, waves: waves, isKept: !dryRun).line)
            return
        }
        let counts = waves.filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        let verb = dryRun ? "would be kept" : "kept"
        let count = found.responses.count
        StandardOutput.line(
            "\(file): \(count) response\(count == 1 ? "" : "s") to \(instrument.name) \(verb) (\(counts)), "
                + "\(linked) with codes.")
        let telling = found.dropped.filter { $0.reason != nil }
        let others = found.dropped.filter { $0.reason == nil }
        if !telling.isEmpty {
            StandardOutput.line("Dropped before anything was kept:")
            for column in telling { StandardOutput.line("  \(SafeText.line(column.column)): \(column.reason ?? "")") }
        }
        if !others.isEmpty {
            let names = others.map { SafeText.line($0.column) }.joined(separator: ", ")
            StandardOutput.line("Dropped, no item of \(instrument.name): \(names)")
        }
        if !found.absent.isEmpty { StandardOutput.line("Not in the file: \(found.absent.joined(separator: ", "))") }
        if found.emptyRows > 0 { StandardOutput.line("Rows without an answer: \(found.emptyRows)") }
        if found.trials > 0 { StandardOutput.line("Left out, previews and tests of the survey: \(found.trials) rows") }
        for cell in found.unreadable.prefix(20) {
            StandardOutput.line("  line \(cell.line), \(cell.item): '\(SafeText.line(String(cell.text.prefix(40))))'")
        }
        if linked == 0, instrument.waves.count > 1 {
            StandardOutput.line("No codes, so before and after are not paired: survey compare describes two groups.")
        }
    }
}

/// What an import did, in JSON.
enum SurveyImportJSON {
    static func object(
        _ found: SurveyImport, _ instrument: Instrument, waves: [(String, Int)], isKept: Bool
    ) -> JSONValue {
        [
            "v": 1, "type": "survey_import", "instrument": .string(instrument.name), "kept": .bool(isKept),
            "responses": .integer(found.responses.count),
            "waves": .array(waves.map { ["wave": .string($0.0), "responses": .integer($0.1)] }),
            "linked": .integer(found.responses.count { $0.code != nil }),
            "code_column": JSONValue(found.codeColumn), "taken": .array(found.taken.map { .string($0) }),
            "dropped": .array(
                found.dropped.map { ["column": .string($0.column), "reason": JSONValue($0.reason)] }),
            "absent": .array(found.absent.map { .string($0) }), "empty_rows": .integer(found.emptyRows),
            "trials": .integer(found.trials),
            "unreadable": .array(
                found.unreadable.map {
                    ["line": .integer($0.line), "item": .string($0.item), "text": .string($0.text)]
                }),
        ]
    }
}
