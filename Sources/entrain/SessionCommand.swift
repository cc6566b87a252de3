import ArgumentParser
import Formats
import Practice
import Screens
import Store
import Terminal
import Timekeeping

/// `entrain session`: lead a session, and see those that were.
struct SessionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session", abstract: "Lead a session and see past ones.",
        discussion: "Example:\n  entrain session start G1 --any --consent-on-paper",
        subcommands: [SessionStart.self, List.self, Show.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List sessions, oldest first.", discussion: "Example:\n  entrain session list --json")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let sessions = try await global.openStore().sessions()
                if global.json {
                    for session in sessions { StandardOutput.line(json(session)) }
                } else if sessions.isEmpty {
                    StandardOutput.line("No sessions yet. Start one with:  entrain session start G1 --any --size 8 ...")
                } else {
                    StandardOutput.write(
                        TextTable.text(
                            ["Session", "Group", "Started", "Minutes", "Codes", "Beats", "State"],
                            sessions.map { session in
                                [
                                    session.name, session.group.text, session.started.rfc3339,
                                    JSONValue(session.minutes, places: 1).line, "\(session.codes)",
                                    "\(session.beats)", session.state.rawValue,
                                ]
                            }))
                }
            }
        }

        private func json(_ session: SessionListing) -> String {
            let object: JSONValue = [
                "session": .string(session.name), "group": .string(session.group.text),
                "started": .string(session.started.rfc3339), "minutes": JSONValue(session.minutes, places: 2),
                "codes": .integer(session.codes), "beats": .integer(session.beats),
                "state": .string(session.state.rawValue),
            ]
            return object.line
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a session was, code by code.",
            discussion: "Example:\n  entrain session show 20260804-G1")
        @Argument(help: "The session, such as 20260804-G1.") var session: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let record = try await global.openStore().record(named: session)
                SummaryOutput.write(record, global: global)
            }
        }
    }
}

/// The summary of a session, as a table or as JSON.
enum SummaryOutput {
    static func summary(of record: SessionRecord) -> SessionSummary {
        let phases = PhaseSummary.all(of: record, replays: record.replays())
        return SessionSummary(info: record.info, seconds: record.info.seconds ?? record.lastMoment, phases: phases)
    }

    static func write(_ record: SessionRecord, global: GlobalOptions) {
        let summary = summary(of: record)
        if global.json {
            StandardOutput.line(SummaryJSON.object(summary).line)
        } else {
            let screen = SummaryScreen.draw(summary, options: ScreenOptions(isASCII: global.ascii))
            StandardOutput.line(ANSIRenderer(colouring: global.colouring).lines(screen))
        }
    }
}
