import ArgumentParser
import Formats
import Gateway
import Practice
import Store
import Terminal

extension StrapCommand {
    struct Forget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take a strap's label and code away, and have Bluetooth forget it.",
            discussion: """
                Example:
                  entrain strap forget A1B2C3D4

                What was recorded from it stays. Bluetooth keeps a strap that is connected or
                paired.
                """)
        @Argument(help: "The strap: printed ID, name, label or address.") var strap: String
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                let known = try await StrapFinder.known(strap, global: global)
                let identity: StrapIdentity
                if let known { identity = known.identity } else { identity = try await remembered() }
                if known != nil { try await global.openStore().forgetStrap(identity.address) }
                let memory = await StrapMemory.forget(identity.address, clock: Environment.clock())
                if global.json {
                    StandardOutput.line(json(identity, known, memory))
                } else {
                    tell(identity, known, memory)
                }
            }
        }

        /// A strap that only the Bluetooth service knows.
        private func remembered() async throws -> StrapIdentity {
            let found = try await StrapMemory.find(strap, clock: Environment.clock())
            guard let identity = try StrapFinder.only(found, strap) else {
                throw Failure(
                    .notFound, "No strap '\(strap)' is known. See those that are:  entrain strap list")
            }
            return identity
        }

        private func tell(_ identity: StrapIdentity, _ known: KnownStrap?, _ memory: StrapMemory.Outcome) {
            let name = SafeText.line(identity.label)
            if let label = known?.label { StandardOutput.line("\(name) carries the label \(label) no longer.") }
            if let code = known?.code { StandardOutput.line("\(name) belongs to \(code) no longer.") }
            let sentence =
                switch memory {
                case .removed: "Bluetooth has forgotten it."
                case .unknown: "Bluetooth knew nothing of it."
                case .connected: "Bluetooth keeps it: it is connected. Stop what uses it, then again."
                case .bonded:
                    "Bluetooth keeps it: it is paired. Remove it with:  bluetoothctl remove \(identity.address)"
                case .failed(let reason): "Bluetooth could not be asked: \(reason)"
                }
            StandardOutput.line(sentence)
        }

        private func json(_ identity: StrapIdentity, _ known: KnownStrap?, _ memory: StrapMemory.Outcome) -> String {
            let (word, reason): (String, String?) =
                switch memory {
                case .removed: ("removed", nil)
                case .unknown: ("unknown", nil)
                case .connected: ("kept", "connected")
                case .bonded: ("kept", "paired")
                case .failed(let reason): ("failed", reason)
                }
            let members: [JSONValue.Member] = [
                .init("code", JSONValue(known?.code?.description)), .init("bluetooth", .string(word)),
                .init("reason", JSONValue(reason)),
            ]
            return JSONValue.object(StrapFinder.json(identity, label: known?.label) + members).line
        }
    }
}
