import ArgumentParser
import Formats
import Practice
import Store
import Timekeeping

/// `entrain collect`: the sessions of several rooms in one place.
struct CollectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect", abstract: "Put the sessions of several rooms together into one study.",
        discussion: """
            Examples:
              entrain collect /media/usb/b204 /media/usb/b205 --to study
              entrain session list --data study
              entrain export 20260804-G1 20260804-G2 --data study --recode --to out

            A source is a data folder of a room, an exported folder, or a folder of
            exported folders. The study is a data folder as well: every command takes it
            with --data. A session that is there already is not taken twice, so the same
            command may be given again when one more room has come. What two rooms tell
            differently is said with both places, and what was there first stays. Answers
            to surveys come along: of a code once a wave, without codes once a file. Who
            has withdrawn in one room has withdrawn in the study. Straps stay in their
            rooms. Sealed sessions of a room need --key; in the study they stand in the
            clear until you seal them there:  entrain privacy seal --data study
            Exit status 5: something clashed or could not be read.
            """)
    @Argument(help: "Folders of rooms or exported sessions.", completion: .directory) var sources: [String]
    @Option(help: "The study's data folder; made when it is not there.", completion: .directory) var to: String
    @OptionGroup var keyOption: KeyOption
    @OptionGroup var place: PlaceOption
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            try place.refuseUnsafe(to, option: "--to FOLDER")
            let progress = ProgressLine()
            defer { progress.finish() }
            let found = try sources.map { try CollectSource($0, target: to) }
            let key = try keyOption.privateKey()
            let study = try Study(store: Store(folder: to), key: key)
            var tally: [Study.Outcome.Kind: Int] = [:]
            for source in found {
                progress.show("reading \(source.path)")
                for outcome in try await source.collect(into: study, key: key) {
                    let isTaken = outcome.kind == .new || outcome.kind == .known
                    if !(outcome.isSurvey && isTaken) { tally[outcome.kind, default: 0] += 1 }
                    progress.clear()
                    tell(outcome)
                }
            }
            progress.finish()
            let count = try await study.store.sessions().count
            if !global.json {
                StandardOutput.line(
                    "\(to) has \(count) session\(count == 1 ? "" : "s") now: \(tally[.new] ?? 0) new, \(tally[.known] ?? 0) were there already."
                )
            }
            let failed = (tally[.clash] ?? 0) + (tally[.unreadable] ?? 0)
            if failed > 0 {
                throw Failure(
                    .partial, "\(failed) could not be put together; see above. Of them, what was there stays.")
            }
        }
    }

    private func tell(_ outcome: Study.Outcome) {
        if global.json {
            let object: JSONValue = [
                "source": .string(outcome.source), outcome.isSurvey ? "survey" : "session": .string(outcome.session),
                "outcome": .string(outcome.kind.rawValue), "detail": JSONValue(outcome.detail),
            ]
            _ = StandardOutput.line(object.line)
            return
        }
        let detail = outcome.detail.map { ": \($0)" } ?? ""
        let line =
            "\(outcome.kind.rawValue)  \(outcome.isSurvey ? "survey " : "")\(outcome.session)  from \(outcome.source)\(detail)"
        switch outcome.kind {
        case .new, .known: StandardOutput.line(line)
        case .clash, .unreadable: StandardError.write("entrain: \(line)\n")
        }
    }
}
