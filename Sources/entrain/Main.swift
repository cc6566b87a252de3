import ArgumentParser
import Glibc

@main
enum Main {
    static func main() {
        Hygiene.begin()
        // Before any thread: whoever wants signals takes them from `Signals`.
        Signals.block()
        Task.detached { await run() }
        Signals.serve()
    }

    private static func run() async -> Never {
        do {
            if let topic = Topic.asked(in: CommandLine.arguments) {
                StandardOutput.line(topic.text)
                exit(ExitStatus.done.rawValue)
            }
            try Suggestion.check(CommandLine.arguments)
            var command = try Entrain.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            exit(ExitStatus.done.rawValue)
        } catch let failure as Failure {
            failure.tell()
            exit(failure.status.rawValue)
        } catch {
            Entrain.exit(withError: error)
        }
    }
}

/// The root: names every command and does nothing by itself.
struct Entrain: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entrain",
        abstract: "Heart-rate straps of a whole group, live: beats, coherence, sessions, CSVs.",
        discussion: """
            Try it without Bluetooth:
              entrain sim --straps 8 -- entrain session start demo --size 8 --any \\
                --consent-on-paper --script demo

            Lead a group:
              entrain group new G1 --size 8
              entrain session start G1 --any --consent-on-paper
              entrain export 20260804-G1 --to out

            For learning and well-being practice; not a medical device.
            See:  entrain help wellness
            """,
        version: Version.text,
        subcommands: [
            StrapCommand.self, GroupCommand.self, PairCommand.self, AssignCommand.self, SessionCommand.self,
            WallCommand.self, MeCommand.self, GatewayCommand.self, ScriptCommand.self, ExportCommand.self,
            ImportCommand.self, CollectCommand.self, RoomCommand.self, ReportCommand.self, AnalyzeCommand.self,
            SurveyCommand.self, PrivacyCommand.self, DoctorCommand.self, StoreCommand.self,
            DecodeCommand.self, SimCommand.self, CompletionsCommand.self, ManCommand.self,
        ])
}

/// The version, in one place.
enum Version {
    static let number = "0.1.0"
    static let text = "entrain \(number)"
}
