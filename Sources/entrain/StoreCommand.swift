import ArgumentParser
import Formats
import Practice
import Store

/// `entrain store`: whether the file with everything in it is sound, and what to do when it is not.
struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store", abstract: "Check the file that sessions are kept in, and rescue a damaged one.",
        discussion: "Example:\n  entrain store check", subcommands: [Check.self, Rescue.self])

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read everything that is kept, and say what cannot be read.",
            discussion: """
                Example:
                  entrain store check

                Changes nothing. A large store takes a while. Exit 1 when something is
                damaged.
                """)
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                guard global.hasStore else {
                    throw Failure(.notFound, "nothing is kept in \(global.dataFolder). Choose another with --data DIR.")
                }
                let health = try Store.health(of: global.dataFolder)
                if global.json {
                    StandardOutput.line(StoreHealthOutput.object(health, copiedTo: nil).line)
                } else if health.isSound {
                    StandardOutput.line("Everything can be read; sessions: \(health.soundSessions).")
                } else {
                    StandardOutput.write(StoreHealthOutput.text(health))
                }
                guard health.isSound else {
                    throw Failure(
                        .failed,
                        "the store in \(global.dataFolder) is damaged. Copy what can be read into a new folder:\n"
                            + "  entrain store rescue --data \(global.dataFolder) --to DIR")
                }
            }
        }
    }

    struct Rescue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy everything that can still be read into a new folder.",
            discussion: """
                Example:
                  entrain store rescue --to rescued
                  entrain session list --data rescued

                The damaged store is only read. What could not be read is listed; exit 5 then.
                When all that you need is in the new folder, put it in the place of the old
                one.
                """)
        @Option(help: "The folder for what is rescued: a new one.", completion: .directory) var to: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                guard global.hasStore else {
                    throw Failure(.notFound, "nothing is kept in \(global.dataFolder). Choose another with --data DIR.")
                }
                let health = try Store.rescue(global.dataFolder, into: to)
                if global.json {
                    StandardOutput.line(StoreHealthOutput.object(health, copiedTo: to).line)
                } else {
                    StandardOutput.write(StoreHealthOutput.text(health))
                    StandardOutput.line(
                        "\(health.rows) rows are in \(to). See them:  entrain session list --data \(to)")
                }
                guard health.damagedSessions.isEmpty, health.damagedTables.isEmpty else {
                    throw Failure(.partial, "not everything could be read; what is missing is listed above.")
                }
            }
        }
    }
}

/// What a check or a rescue found.
enum StoreHealthOutput {
    static func text(_ health: StoreHealth) -> String {
        var lines = ["\(health.soundSessions) sessions can be read in full."]
        for session in health.damagedSessions {
            lines.append("\(session.name): rows of \(session.tables.joined(separator: ", ")) cannot be read")
            if let beats = session.missingBeats, beats > 0 { lines.append("  \(beats) beats in all are missing") }
            for loss in session.losses {
                lines.append("  \(loss.code): \(loss.packets) packets and \(loss.beats) beats are missing")
            }
        }
        if !health.damagedTables.isEmpty {
            lines.append("Rows that cannot be read beside these: \(health.damagedTables.joined(separator: ", "))")
        }
        if !health.faults.isEmpty {
            lines.append("SQLite says:")
            lines += health.faults.prefix(5).flatMap { $0.split(separator: "\n").prefix(5) }.map { "  \($0)" }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    static func object(_ health: StoreHealth, copiedTo target: String?) -> JSONValue {
        [
            "is_sound": .bool(health.isSound),
            "sound_sessions": .integer(health.soundSessions),
            "damaged_sessions": .array(
                health.damagedSessions.map { session in
                    [
                        "session": .string(session.name), "tables": .array(session.tables.map { .string($0) }),
                        "missing_beats": session.missingBeats.map { .integer($0) } ?? .null,
                        "losses": .array(
                            session.losses.map { loss in
                                [
                                    "code": .string("\(loss.code)"), "packets": .integer(loss.packets),
                                    "beats": .integer(loss.beats),
                                ]
                            }),
                    ]
                }),
            "damaged_tables": .array(health.damagedTables.map { .string($0) }),
            "faults": .array(health.faults.map { .string($0) }), "rows": .integer(health.rows),
            "folder": target.map { .string($0) } ?? .null,
        ]
    }
}
