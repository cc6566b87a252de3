import ArgumentParser
import Formats
import Gateway
import Practice

extension SessionCommand {
    /// `entrain session next`: the next phase, from another terminal.
    struct Next: AsyncParsableCommand {
        static let configuration = SteerText.configuration(
            "End the phase that runs and begin the next one, from another terminal.", "next")
        @Argument(help: SteerText.session) var session: String?
        @OptionGroup var global: GlobalOptions

        func run() async throws { try await SteerText.run(.next, "next", session, global: global) }
    }

    /// `entrain session back`: the phase before, from another terminal.
    struct Back: AsyncParsableCommand {
        static let configuration = SteerText.configuration(
            "Begin the phase before this one anew, from another terminal.", "back")
        @Argument(help: SteerText.session) var session: String?
        @OptionGroup var global: GlobalOptions

        func run() async throws { try await SteerText.run(.back, "back", session, global: global) }
    }

    /// `entrain session pause`: an interruption, from another terminal.
    struct Pause: AsyncParsableCommand {
        static let configuration = SteerText.configuration(
            "Interrupt the phase that runs, from another terminal.", "pause")
        @Argument(help: SteerText.session) var session: String?
        @OptionGroup var global: GlobalOptions

        func run() async throws { try await SteerText.run(.pause, "pause", session, global: global) }
    }

    /// `entrain session resume`: goes on after an interruption, from another terminal.
    struct Resume: AsyncParsableCommand {
        static let configuration = SteerText.configuration(
            "Go on with the phase that was interrupted, from another terminal.", "resume")
        @Argument(help: SteerText.session) var session: String?
        @OptionGroup var global: GlobalOptions

        func run() async throws { try await SteerText.run(.resume, "resume", session, global: global) }
    }

    /// `entrain session mark`: a mark, from another terminal.
    struct Mark: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a mark on the group, or on one code, from another terminal.",
            discussion: """
                Examples:
                  entrain session mark "window opened"
                  entrain session mark coughs --code G1-03
                """)
        @Argument(help: "What happened, in a few words.") var text: String
        @Option(help: "Only this code.") var code: String?
        @Option(help: SteerText.session) var session: String?
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let act = SteeringAct.mark(text, try code.map { try Code($0) })
                try await SteeredSession.with(session, global: global) { steered in
                    _ = try await steered.perform(act)
                    SteerText.tell(steered, "mark", "Marked \(code ?? "the group").", global: global)
                }
            }
        }
    }

    /// `entrain session note`: a note about the session, from another terminal.
    struct Note: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write down something about the session, never about anybody's health.",
            discussion: "Example:\n  entrain session note \"room was noisy after practice 1\"")
        @Argument(help: "The note.") var text: String
        @Option(help: SteerText.session) var session: String?
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                try await SteeredSession.with(session, global: global) { steered in
                    _ = try await steered.perform(.note(text))
                    SteerText.tell(steered, "note", "Noted.", global: global)
                }
            }
        }
    }
}

/// What the commands that lead a session from another terminal have in common.
enum SteerText {
    static let session: ArgumentHelp = "The session, or its group; needed only when more than one runs."

    static func configuration(_ abstract: String, _ name: String) -> CommandConfiguration {
        CommandConfiguration(
            abstract: abstract,
            discussion: """
                Examples:
                  entrain session \(name)                    the only one that runs
                  entrain session \(name) 20260804-G1
                """)
    }

    static func run(_ act: SteeringAct, _ name: String, _ session: String?, global: GlobalOptions) async throws {
        try await Failing.run {
            try await SteeredSession.with(session, global: global) { steered in
                let moment = try await steered.perform(act)
                tell(steered, name, sentence(moment), moment, global: global)
            }
        }
    }

    static func tell(
        _ steered: SteeredSession, _ act: String, _ sentence: String, _ moment: SessionMoment? = nil,
        global: GlobalOptions
    ) {
        guard global.json else {
            StandardOutput.line("\(steered.session.name): \(sentence)")
            return
        }
        var members: [JSONValue.Member] = [
            .init("session", .string(steered.session.name)), .init("did", .string(act)),
        ]
        if let moment {
            members.append(.init("phase", .string(moment.phase)))
            members.append(.init("paused", .bool(moment.isPaused)))
        }
        StandardOutput.line(JSONValue.object(members).line)
    }

    private static func sentence(_ moment: SessionMoment?) -> String {
        guard let moment, !moment.phase.isEmpty else { return "the last phase is over." }
        return moment.isPaused ? "\(moment.title) is interrupted." : "\(moment.title) runs."
    }
}
