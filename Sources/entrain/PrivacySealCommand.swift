import ArgumentParser
import Formats
import Practice
import Store

extension PrivacyCommand {
    /// `entrain privacy seal`: what is not sealed yet.
    struct Seal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal sessions that stand in the clear.",
            discussion: """
                Examples:
                  entrain privacy seal
                  entrain privacy seal 20260804-G1 --no-slips

                Sessions are sealed when they end. This is for those that were there before
                the key was, and for one whose sealing was cut off. It prints a slip for each
                student, once.
                """)
        @Argument(help: "Sessions; all without any.") var sessions: [String] = []
        @Flag(help: "No slips: only the facilitator's key opens it.") var noSlips = false
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                guard try await !store.facilitatorKeys().isEmpty else {
                    throw Failure(
                        .failed, "there is no key to seal for. Import one:  entrain privacy key import FILE.pub")
                }
                let names = sessions.isEmpty ? try await store.plainSessions() : sessions
                if names.isEmpty, !global.json { StandardOutput.line("Nothing stands in the clear.") }
                let progress = ProgressLine()
                defer { progress.finish() }
                let trouble = await seal(names, in: store, progress)
                // Once for all of them, because the whole file is written anew.
                progress.show("Clearing the store's files of what was sealed")
                let isTidy = try await store.tidyUp()
                progress.finish()
                if global.json {
                    let object: JSONValue = ["v": 1, "type": "tidied", "tidy": .bool(isTidy)]
                    StandardOutput.line(object.line)
                }
                if let trouble { throw trouble }
                if !isTidy { SealingOutput.tellUntidy() }
            }
        }

        /// Seals one after the other, and prints each one's slips at once, because they are nowhere else.
        /// - Returns: what hindered the last of them; nil when nothing did.
        private func seal(_ names: [String], in store: Store, _ progress: ProgressLine) async -> StoreError? {
            for (place, name) in names.enumerated() {
                progress.show("Sealing \(name), \(place + 1) of \(names.count)")
                do {
                    guard let sealing = try await store.seal(name, hasSlips: !noSlips, tidiesUp: false) else {
                        continue
                    }
                    progress.clear()
                    SealingOutput.write(sealing, of: name, global: global)
                    if let trouble = sealing.trouble { return trouble }
                    if sealing.codes.isEmpty, !global.json {
                        StandardOutput.line("\(name) is sealed already, or has nothing to seal.")
                    }
                } catch {
                    return error
                }
            }
            return nil
        }
    }

    /// `entrain privacy slips`: new ones for students who lost theirs.
    struct Slips: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print new slips for the students of a sealed session.",
            discussion: """
                Example:
                  entrain privacy slips 20260804-G1 --code G1-03 --key facilitator.key

                The slips they had before open nothing any more.
                """)
        @Argument(help: "The session.") var session: String
        @Option(help: "Only this code.", transform: { try Code($0) }) var code: Code?
        @OptionGroup var keyOption: KeyOption
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                guard let key = try keyOption.privateKey() else {
                    throw Failure(.usage, "new slips need the private key: --key FILE")
                }
                let slips = try await global.openStore().newSlips(for: session, only: code, key: key)
                guard !slips.isEmpty else {
                    throw Failure(
                        .notFound,
                        "nothing of \(code?.description ?? "anybody") is sealed in \(session). "
                            + "See:  entrain session show \(session)")
                }
                SealingOutput.write(slips, of: session, global: global)
            }
        }
    }
}

/// What is told when something was sealed.
enum SealingOutput {
    static func write(_ sealing: Sealing, of session: String, global: GlobalOptions) {
        guard !sealing.codes.isEmpty else { return }
        if global.json {
            var members: [JSONValue.Member] = [
                JSONValue.Member("v", 1), JSONValue.Member("type", "sealed"),
                JSONValue.Member("session", .string(session)),
                JSONValue.Member("codes", .array(sealing.codes.map { .string($0.description) })),
            ]
            if let isTidy = sealing.isTidy { members.append(JSONValue.Member("tidy", .bool(isTidy))) }
            StandardOutput.line(JSONValue.object(members).line)
        } else {
            let count = sealing.codes.count == 1 ? "1 code" : "\(sealing.codes.count) codes"
            StandardOutput.line("\(session) is sealed for the facilitator: \(count).")
        }
        write(sealing.slips, of: session, global: global)
    }

    static func write(_ slips: [Sealing.Slip], of session: String, global: GlobalOptions) {
        guard !slips.isEmpty else { return }
        if global.json {
            for slip in slips {
                let object: JSONValue = [
                    "v": 1, "type": "slip", "session": .string(session), "code": .string(slip.code.description),
                    "receipt": .string(slip.receipt.text),
                ]
                StandardOutput.line(object.line)
            }
            return
        }
        StandardOutput.line("Slips for the students, printed only here and stored nowhere:\n")
        for slip in slips { StandardOutput.line("    give this to \(slip.code):  \(slip.receipt)") }
        StandardOutput.line("\nEach sees the own part here with:  entrain me open RECEIPT")
    }

    static func tellUntidy() {
        StandardError.write(
            """
            The store's files could not be written anew, most often because another program is using them, so rests of \
            deleted rows may still lie in them. When nothing runs any more, say:  entrain privacy seal\n
            """)
    }

    /// Seals a session that has just ended; what goes wrong is told and can be made up for.
    static func sealAtEnd(
        _ name: String, in store: Store, hasSlips: Bool
    ) async -> (sealing: Sealing?, trouble: String?) {
        func words(_ trouble: StoreError) -> String {
            "\(name) is kept, but not all of it is sealed: \(trouble)\n  Seal it:  entrain privacy seal \(name)"
        }
        let progress = ProgressLine()
        progress.show("Sealing \(name) for the facilitator")
        defer { progress.finish() }
        do {
            let sealing = try await store.seal(name, hasSlips: hasSlips)
            return (sealing, sealing?.trouble.map(words))
        } catch {
            return (nil, words(error))
        }
    }
}
