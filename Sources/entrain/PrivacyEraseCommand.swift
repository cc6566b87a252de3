import ArgumentParser
import Formats
import Glibc
import Practice
import Store
import Timekeeping

extension PrivacyCommand {
    /// `entrain privacy erase`: destroys everything of a code.
    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Destroy everything of a student: keys, beats, marks, answers.",
            discussion: """
                Examples:
                  entrain privacy erase G1-05 --dry-run
                  entrain privacy erase G1-05 --yes
                  entrain privacy erase G1-05 --session 20260804-G1 --yes

                Afterwards no byte of it is in the store's files, and nobody gets it back. The
                code stays as one that has withdrawn, so that exports can count it. A reading
                that the student kept for herself is named by nothing but its receipt: give
                that too with --receipt. Files that were exported are yours to delete.
                """)
        @Argument(help: "The code.", transform: { try Code($0) }) var code: Code
        @Option(help: "Only what is of this session; surveys and straps stay.") var session: String?
        @Option(help: "The receipt of a kept reading; - asks for it.") var receipt: [String] = []
        @Flag(help: "Say what would be destroyed, and destroy nothing.") var dryRun = false
        @Flag(help: "Do not ask.") var yes = false
        @Flag(help: "Also what must be kept until a later day.") var despiteKeep = false
        @OptionGroup var keyOption: KeyOption
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                let planned = try await store.erasable(code, in: session)
                if dryRun { return tell(planned, "would be destroyed") }
                try await Confirmation.ask(
                    "Destroy everything of \(code) (\(Self.words(planned)))? Nobody gets it back.", isGiven: yes, global
                )
                var receipts: [PersonalReceipt] = []
                for typed in receipt { receipts.append(try await MeReceipt.read(typed)) }
                let progress = ProgressLine()
                progress.show("Destroying everything of \(code) and writing the store anew")
                defer { progress.finish() }
                var erasure = try await store.erase(
                    code, in: session, on: try Today.day(), mayBreakKeep: despiteKeep, key: try keyOption.privateKey())
                for receipt in receipts {
                    switch try await store.deleteReading(receipt) {
                    case .unknown: throw MeReceipt.unknown
                    case .journalLater: erasure.isTidy = false
                    case .done: break
                    }
                }
                progress.finish()
                tell(erasure, "is destroyed")
                if !global.json { tellRest(erasure) }
                if !erasure.isTidy {
                    throw Failure(
                        .partial,
                        """
                        the rows are gone, but another program is using the store, or its disk is full, so rests of them \
                        may lie in its files. When nothing runs any more, say:  entrain privacy purge
                        """)
                }
            }
        }

        private static func words(_ erasure: Erasure) -> String {
            let sessions = erasure.sessions.count == 1 ? "1 session" : "\(erasure.sessions.count) sessions"
            return erasure.answers == 0
                ? sessions : "\(sessions), \(erasure.answers) \(erasure.answers == 1 ? "survey" : "surveys")"
        }

        private func tell(_ erasure: Erasure, _ verb: String) {
            if global.json {
                let object: JSONValue = [
                    "code": .string(code.description), "sessions": .array(erasure.sessions.map { .string($0) }),
                    "answers": .integer(erasure.answers), "dry_run": .bool(dryRun), "tidy": .bool(erasure.isTidy),
                    "sealed_anew": .array(erasure.resealed.map { .string($0) }),
                ]
                StandardOutput.line(object.line)
                return
            }
            let list = erasure.sessions.isEmpty ? "" : ": \(erasure.sessions.joined(separator: ", "))"
            StandardOutput.line("\(code): \(Self.words(erasure)) \(verb)\(list).")
        }

        private func tellRest(_ erasure: Erasure) {
            if !erasure.resealed.isEmpty {
                StandardOutput.line(
                    "Sealed anew, slips of the others are void: \(erasure.resealed.joined(separator: ", ")). "
                        + "New ones:  entrain privacy slips SESSION --key FILE")
            }
            StandardOutput.line("Exported files, backups and room kits may still hold it: delete those yourself.")
        }
    }
}

/// A question before something that cannot be undone.
enum Confirmation {
    /// Asks once on a terminal.
    /// - Throws: `Failure` when the answer is no, or nobody can be asked and nobody said yes.
    static func ask(_ question: String, isGiven: Bool, _ global: GlobalOptions) async throws {
        if isGiven { return }
        guard isatty(STDIN_FILENO) == 1, !global.noInput, !global.json else {
            throw Failure(.refused, "\(question) Say --yes to do it, or --dry-run to see what it is.")
        }
        StandardError.write("\(question) [y/N] ")
        for await line in LineReader.lines() {
            if ["y", "yes"].contains(line.filter { !$0.isWhitespace }.lowercased()) { return }
            break
        }
        throw Failure(.stopped, "nothing was changed.")
    }
}

/// The day it is here.
enum Today {
    static func day() throws -> CalendarDay {
        let now = Environment.clock().now().utc
        guard let day = CalendarDay(of: now, zoneOffsetSeconds: Environment.zoneOffsetSeconds) else {
            throw Failure(.failed, "the clock of this computer tells no day. Set it:  timedatectl set-ntp true")
        }
        return day
    }
}
