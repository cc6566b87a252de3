import ArgumentParser
import Formats
import Practice
import Store

/// `entrain privacy`: what students agreed to.
struct PrivacyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "privacy", abstract: "Consent, keys that seal sessions, erasing, and how long things are kept.",
        discussion: """
            Examples:
              entrain privacy consent G1-05 --yes-on-paper
              entrain privacy withdraw G1-05
              entrain privacy key import facilitator.key.pub
              entrain privacy erase G1-05 --dry-run
              entrain privacy keep --until 2027-01-31
            """,
        subcommands: [
            Consent.self, Withdraw.self, Erase.self, Key.self, Seal.self, Slips.self, Open.self, Keep.self, Purge.self,
            Log.self,
        ])

    struct Consent: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put on record what a student agreed to.",
            discussion: """
                Examples:
                  entrain privacy consent G1-05 --yes-on-paper   kept and exported
                  entrain privacy consent G1-05 --session-only   live, deleted at its end
                  entrain privacy consent G1-05 --no             nothing is recorded

                Several codes at once: G1-01,G1-02. A session that runs takes it up within a
                second.
                """)

        /// What a student said.
        enum Answer: String, EnumerableFlag {
            case yesOnPaper, sessionOnly, no

            static func help(for value: Answer) -> ArgumentHelp? {
                switch value {
                case .yesOnPaper: "Signed: recorded, kept and exported."
                case .sessionOnly: "Shown live only: what is recorded is deleted when the session ends."
                case .no: "Takes part without being recorded."
                }
            }

            var consent: Practice.Consent {
                switch self {
                case .yesOnPaper: .study
                case .sessionOnly: .session
                case .no: .no
                }
            }
        }

        @Argument(help: "The code, or several.", transform: { try CodeList($0) }) var codes: CodeList
        @Flag var answer: Answer
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                for code in codes.codes {
                    guard try await store.roster(code.group).members.contains(where: { $0.code == code }) else {
                        throw StoreError(.unknownCode, code.description)
                    }
                }
                for code in codes.codes {
                    try await tell(code, in: store)
                }
            }
        }

        private func tell(_ code: Code, in store: Store) async throws {
            // Who was recorded and says no now takes consent back: that concerns past sessions too.
            let before = try await store.roster(code.group).members.first { $0.code == code }?.consent
            if answer == .no, before?.allowsRecording == true {
                try await Withdrawal.carryOut(code, in: store, global)
                return
            }
            try await store.setConsent(code, answer.consent)
            StandardOutput.line(
                global.json
                    ? JSONValue.object([
                        .init("code", .string(code.description)), .init("consent", .string(answer.consent.rawValue)),
                    ]).line
                    : "\(code): \(answer.consent.words).")
        }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a student's consent back.",
            discussion: """
                Example:
                  entrain privacy withdraw G1-05

                Nothing more is recorded, past sessions leave the code out of summaries and
                exports, and what a session that runs has recorded of it is deleted when it
                ends.
                """)
        @Argument(help: "The code.") var code: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                try await Withdrawal.carryOut(try Code(code), in: try global.openStore(), global)
            }
        }
    }
}

/// A consent that is taken back.
enum Withdrawal {
    static func carryOut(_ code: Code, in store: Store, _ global: GlobalOptions) async throws {
        let sessions = try await store.withdraw(code)
        if global.json {
            let object: JSONValue = [
                "code": .string(code.description), "consent": .string(Practice.Consent.withdrawn.rawValue),
                "sessions": .array(sessions.map { .string($0) }),
            ]
            StandardOutput.line(object.line)
            return
        }
        StandardOutput.line("\(code) has withdrawn. Nothing more is recorded.")
        if !sessions.isEmpty {
            StandardOutput.line("Left out from now on of: \(sessions.joined(separator: ", ")).")
            StandardOutput.line("Files exported before still hold it: delete or export those anew.")
        }
    }
}
