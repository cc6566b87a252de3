import ArgumentParser
import Formats
import Practice
import Store
import Timekeeping
import Terminal

extension PrivacyCommand {
    /// `entrain privacy keep`: until when sessions are there.
    struct Keep: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say until when sessions are kept.",
            discussion: """
                Examples:
                  entrain privacy keep --until 2027-01-31
                  entrain privacy keep 20260804-G1 --until 2031-12-31 --required
                  entrain privacy keep

                After that day `entrain privacy purge` deletes them. With --required they may
                not be deleted before it either: purge and erase refuse. Without sessions it
                holds for all that have no day of their own; without anything it lists the
                days.
                """)
        @Argument(help: "Sessions; all without any.") var sessions: [String] = []
        @Option(
            help: ArgumentHelp("The last day on which they are there, such as 2027-01-31.", valueName: "day"),
            transform: { text in
                guard let day = CalendarDay(text) else {
                    throw ValidationError("'\(text)' is no day. Write it as 2027-01-31.")
                }
                return day
            })
        var until: CalendarDay?
        @Flag(help: "They may not go before that day.") var required = false
        @OptionGroup var global: GlobalOptions

        func validate() throws {
            if until == nil, required || !sessions.isEmpty { throw ValidationError("say the day with --until.") }
        }

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                if let until {
                    let names: [String?] = sessions.isEmpty ? [nil] : sessions
                    try await store.keep(
                        names.map { Retention(session: $0, until: until, isRequired: required) })
                }
                for retention in try await store.retentions() { tell(retention) }
                if try await store.retentions().isEmpty, !global.json {
                    StandardOutput.line(
                        "Nobody has said until when. Say it:  entrain privacy keep --until 2027-01-31")
                }
            }
        }

        private func tell(_ retention: Retention) {
            if global.json {
                let object: JSONValue = [
                    "session": JSONValue(retention.session), "until": .string(retention.until.description),
                    "required": .bool(retention.isRequired),
                ]
                StandardOutput.line(object.line)
                return
            }
            let word = retention.isRequired ? "must be kept until" : "kept until"
            StandardOutput.line("\(retention.session ?? "All sessions"): \(word) \(retention.until).")
        }
    }

    /// `entrain privacy purge`: deletes what is past its day.
    struct Purge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete sessions that are past their day.",
            discussion: """
                Examples:
                  entrain privacy purge --dry-run
                  entrain privacy purge
                  entrain privacy purge 20260804-G1 --yes

                Without sessions: those whose day (entrain privacy keep) is over, and beats
                for the session only that a broken-off session left. Named sessions go at
                once, unless they must be kept. Afterwards no byte of them is in the store's
                files.
                """)
        @Argument(help: "Sessions that go now, whatever their day.") var sessions: [String] = []
        @Flag(help: "Say what would go, and delete nothing.") var dryRun = false
        @Flag(help: "Do not ask.") var yes = false
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                let today = try Today.day()
                let planned = try await store.purge(sessions, on: today, isDry: true)
                if dryRun { return tell(planned) }
                if !sessions.isEmpty {
                    try await Confirmation.ask(
                        "Delete \(sessions.joined(separator: ", ")) for good?", isGiven: yes, global)
                }
                let progress = ProgressLine()
                progress.show("Deleting, and writing the store anew")
                defer { progress.finish() }
                let purge = try await store.purge(sessions, on: today, isDry: false)
                progress.finish()
                tell(purge)
                if !purge.isTidy {
                    throw Failure(
                        .partial,
                        """
                        another program is using the store, or its disk is full, so rests of deleted rows may lie in its \
                        files. When nothing runs any more, say:  entrain privacy purge
                        """)
                }
            }
        }

        private func tell(_ purge: Purged) {
            if global.json {
                let object: JSONValue = [
                    "sessions": .array(purge.sessions.map { .string($0) }),
                    "session_only": .array(
                        purge.leftovers.map { ["session": .string($0.session), "code": .string($0.code.description)] }),
                    "dry_run": .bool(dryRun), "tidy": .bool(purge.isTidy),
                ]
                StandardOutput.line(object.line)
                return
            }
            let verb = dryRun ? "would go" : "is deleted"
            for name in purge.sessions { StandardOutput.line("\(name) \(verb).") }
            for (name, code) in purge.leftovers {
                StandardOutput.line("\(name): what \(code) agreed to for the session only \(verb).")
            }
            if purge.sessions.isEmpty, purge.leftovers.isEmpty { StandardOutput.line("Nothing is past its day.") }
        }
    }

    /// `entrain privacy log`: who did what to whose data.
    struct Log: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what was sealed, withdrawn, erased, kept and purged.",
            discussion: "Examples:\n  entrain privacy log\n  entrain privacy log --json")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let entries = try await global.openStore().privacyLog()
                if global.json {
                    for entry in entries {
                        let object: JSONValue = [
                            "at": .string(entry.at.rfc3339), "account": .string(entry.account),
                            "action": .string(entry.action), "about": .string(entry.about),
                        ]
                        StandardOutput.line(object.line)
                    }
                } else if entries.isEmpty {
                    StandardOutput.line("Nothing was sealed, withdrawn, erased or purged here yet.")
                } else {
                    StandardOutput.write(
                        TextTable.text(
                            ["When", "Account", "What", "Of"],
                            entries.map { [$0.at.rfc3339, $0.account, $0.action, $0.about] }))
                }
            }
        }
    }
}
