import ArgumentParser
import Formats
import Practice
import Screens

/// `entrain script`: the order of phases of a session.
struct ScriptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "script", abstract: "See, check and make scripts: the phases of a session.",
        discussion: """
            Examples:
              entrain script list
              entrain script new evening
              entrain script check evening.yaml
              entrain session start G1 --script evening.yaml
            """,
        subcommands: [List.self, Show.self, Check.self, New.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the scripts that come with the program.", discussion: "Example:\n  entrain script list")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            if global.json {
                for script in Script.builtIn { StandardOutput.line(ScriptOutput.json(script).line) }
                return
            }
            StandardOutput.write(ScriptText.list(Script.builtIn))
            StandardOutput.line("One of your own:  entrain script new evening")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a script: a table for people, or with --file the file itself.",
            discussion: "Examples:\n  entrain script show pal-30\n  entrain script show pal-30 --file > mine.yaml")
        @Argument(help: "A name, or a file.") var script: String
        @Flag(help: "The text of the file.") var file = false
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let script = try ScriptFinder.find(script)
                if file {
                    StandardOutput.write(ScriptFile.text(of: script))
                } else {
                    ScriptOutput.write(script, global)
                }
            }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a script file: every mistake with its line and column.",
            discussion: """
                Example:
                  entrain script check evening.yaml

                A script has phases with keys of their own and at least one baseline. A
                baseline hides feedback and pacer. Exit 0: a session can be led with it.
                """)
        @Argument(help: "The file.", completion: .file(extensions: ["yaml", "yml"])) var file: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                do {
                    ScriptOutput.write(try ScriptFinder.read(file), global)
                } catch let error as WrittenFileError where global.json {
                    StandardOutput.line(ScriptOutput.json(error).line)
                    throw Failure(.failed)
                }
            }
        }
    }

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a script file to change.",
            discussion: "Example:\n  entrain script new evening --from pal-30     # writes evening.yaml")
        @Argument(help: "Its name: lower-case letters, digits and hyphens.") var name: String
        @Option(help: "The script to begin with.") var from = "quick-10"
        @Option(help: "The file to write; NAME.yaml without this.", completion: .file()) var to: String?
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                var script = try Script.named(from)
                script.name = name
                guard !Script.builtIn.contains(where: { $0.name == name }) else {
                    throw Failure(.usage, "\(name) comes with the program. Choose another name, such as \(name)-b.")
                }
                let path = to ?? "\(name).yaml"
                let text = ScriptOutput.guide + ScriptFile.text(of: script)
                _ = try ScriptFile.read(text, file: path)
                try TextFile.create(path, text, option: "--to")
                if global.json {
                    StandardOutput.line(
                        JSONValue.object([.init("name", .string(name)), .init("file", .string(path))]).line)
                } else {
                    StandardOutput.line("Wrote \(path). Change it, then:")
                    StandardOutput.line("  entrain script check \(path)")
                    StandardOutput.line("  entrain session start G1 --script \(path)")
                }
            }
        }
    }
}

/// Finds the script that a person means.
enum ScriptFinder {
    /// A script by name, or from a file.
    /// - Throws: `PracticeError.unknownScript`, `WrittenFileError` or `Failure`.
    static func find(_ text: String) throws -> Script {
        if let script = Script.builtIn.first(where: { $0.name == text }) { return script }
        let isFile = text.contains("/") || [".yaml", ".yml"].contains { text.lowercased().hasSuffix($0) }
        return isFile ? try read(text) : try Script.named(text)
    }

    /// A script from a file.
    static func read(_ path: String) throws -> Script {
        if path.lowercased().hasSuffix(".toml") {
            throw Failure(.failed, "\(path): scripts are YAML files. See one:  entrain script show pal-30 --file")
        }
        return try ScriptFile.read(try TextFile.read(path, longest: ScriptFile.longest), file: path)
    }
}

/// Scripts on stdout.
enum ScriptOutput {
    /// What stands above a new script.
    static let guide = """
        # A script of entrain. Check it:  entrain script check FILE
        # Each phase: key, title, minutes, feedback (signal, hidden, own, off), pacer ({rate, in_s, out_s, hold_s}),
        # posture, er (family of emotion regulation), prompt (what the coach says), analyse, skippable.
        # A phase without minutes is open: n ends it, or what unattended_end names (whenAllStream, atOnce, never).
        # A baseline (key: baseline...) hides feedback and has no pacer.

        """

    static func write(_ script: Script, _ global: GlobalOptions) {
        if global.json {
            StandardOutput.line(json(script).line)
        } else {
            StandardOutput.write(ScriptText.text(of: script))
        }
    }

    static func json(_ script: Script) -> JSONValue {
        [
            "v": 1, "type": "script", "fit": true, "name": .string(script.name), "purpose": .string(script.purpose),
            "seconds": .number(script.plannedSeconds), "baselines": .integer(script.phases.count(where: \.isBaseline)),
            "phases": .array(
                script.phases.map { phase in
                    [
                        "key": .string(phase.key), "seconds": JSONValue(phase.seconds),
                        "feedback": .string(phase.feedback.rawValue), "pacer_rate": JSONValue(phase.pacer?.rate),
                        "numbers": .array(phase.possibleNumbers.map { .string($0) }),
                    ]
                }),
        ]
    }

    static func json(_ error: WrittenFileError) -> JSONValue {
        [
            "v": 1, "type": "script", "fit": false, "file": .string(error.file),
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
