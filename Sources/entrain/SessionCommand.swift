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
        commandName: "session", abstract: "Lead a session, see past ones and mend them.",
        discussion: "Example:\n  entrain session start G1 --any --consent-on-paper",
        subcommands: [
            SessionStart.self, Next.self, Back.self, Pause.self, Resume.self, Mark.self, Note.self, Stop.self,
            List.self, Show.self, Reassign.self, Recover.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List sessions, oldest first.", discussion: "Example:\n  entrain session list --json")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let sessions = try await global.consultStore().sessions()
                if global.json {
                    for session in sessions { StandardOutput.line(SessionListingJSON.object(session).line) }
                } else if sessions.isEmpty {
                    StandardOutput.line("No sessions yet. Start one with:  entrain session start G1 --any --size 8 ...")
                } else {
                    StandardOutput.write(
                        TextTable.text(
                            ["Session", "Group", "Started", "Minutes", "Codes", "Beats", "State"],
                            sessions.map { session in
                                [
                                    session.name, session.group.text,
                                    session.started.dayAndMinute(zoneOffsetSeconds: Environment.zoneOffsetSeconds),
                                    JSONValue(session.minutes, places: 1).line, "\(session.codes)",
                                    "\(session.beats)", session.state.rawValue,
                                ]
                            }))
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what a session was, code by code.",
            discussion: """
                Examples:
                  entrain session show 20260804-G1
                  entrain session show 20260804-G1 --code G1-03
                  entrain session show 20260804-G1 --key facilitator.key

                Of a sealed session everybody may see counts and clean shares; the rest needs
                the key. Without it the exit status is 5.
                """)
        @Argument(help: "The session, such as 20260804-G1.") var session: String
        @Option(help: "Only this code, phase by phase.") var code: String?
        @OptionGroup var keyOption: KeyOption
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let code = try code.map { try Code($0) }
                let store = try global.consultStore()
                let key = try keyOption.privateKey()
                if key == nil, let sealed = try await store.sealedSession(session) {
                    SealedOutput.write(sealed, only: code, global: global)
                    throw Failure(
                        .partial, "\(StoreError(.sealed, session, detail: sealed.recipients.joined(separator: ", ")))")
                }
                let record = try await store.record(named: session, only: code, key: key)
                guard let code else {
                    SummaryOutput.write(record, global: global)
                    return
                }
                guard record.info.presentCodes.contains(code) else { throw StoreError(.unknownCode, "\(code)") }
                CodeOutput.write(code, of: record, global: global)
            }
        }
    }
}

/// The summary of a session, as a table or as JSON.
enum SummaryOutput {
    static func summary(of record: SessionRecord) -> SessionSummary {
        let replays = record.replays()
        return SessionSummary(
            info: record.info, seconds: record.info.seconds ?? record.lastMoment,
            phases: PhaseSummary.all(of: record, replays: replays),
            rhythms: GroupRhythmLog(of: record, replays: replays).rhythms)
    }

    static func write(_ record: SessionRecord, global: GlobalOptions) {
        let summary = summary(of: record)
        if global.json {
            StandardOutput.line(SummaryJSON.object(summary).line)
        } else {
            let screen = SummaryScreen.draw(summary, options: ScreenOptions(isASCII: global.ascii))
            StandardOutput.line(ANSIRenderer(colouring: global.colouring).lines(screen))
            for change in record.reassignments {
                let day = change.made.compactDay(zoneOffsetSeconds: record.info.zoneOffsetSeconds)
                let time = change.made.timeOfDay(zoneOffsetSeconds: record.info.zoneOffsetSeconds)
                StandardOutput.line(" Corrected \(day) \(time): \(CorrectionText.line(change)).")
            }
        }
    }
}

/// One code of a session, phase by phase, as a table or as JSON.
enum CodeOutput {
    static func write(_ code: Code, of record: SessionRecord, global: GlobalOptions) {
        let phases = PhaseSummary.all(of: record, replays: record.replays()).filter { $0.code == code }
        if global.json {
            StandardOutput.line(SummaryJSON.object(code, of: record.info.name, phases).line)
        } else {
            StandardOutput.write(PhaseTable.text(code, session: record.info.name, phases: phases))
        }
    }
}
