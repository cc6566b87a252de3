import ArgumentParser
import BlueZ
import Formats
import Gateway
import Practice
import Screens
import Store
import Terminal

extension StrapCommand {
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Connect a strap, listen, and say whether it is good for a session.",
            discussion: """
                Example:
                  entrain strap test A1B2C3D4 --seconds 20

                Each line is ok, warn or FAIL. Exit 0 when it is good, 6 without enough clean
                beats, 4 when it is not found. The strap is let go again, also on Ctrl-C.
                """)
        @Argument(help: "The strap: printed ID, name, label or address.") var strap: String
        @Option(help: "How long to listen.") var seconds = 20.0
        @OptionGroup var global: GlobalOptions

        func validate() throws {
            guard seconds >= 5, seconds <= 3600 else {
                throw ValidationError("Listen for 5 to 3600 seconds.")
            }
        }

        func run() async throws {
            try await Failing.run {
                let clock = Environment.clock()
                let identity = try await StrapFinder.find(
                    strap, seconds: StrapTester.findingSeconds, needsName: false, global: global)
                try await StrapFinder.refuseElsewhere(identity, global: global)
                let client = try await Bluetooth.open(clock: clock)
                do { try await refuseIfHeld(identity, client) } catch {
                    await client.close()
                    throw error
                }
                let tester = StrapTester(address: identity.address, seconds: seconds, client: client, clock: clock)
                // From now on Ctrl-C finds somebody who lets the strap go.
                let signals = Signals.stream()
                let stopping = Task { for await _ in signals { await tester.stop() } }
                defer { stopping.cancel() }
                if !global.json {
                    StandardError.write("Listening to \(SafeText.line(identity.label)) for \(Int(seconds)) s.\n")
                }
                try tell(await tester.run(), identity)
            }
        }

        /// A strap that a running session holds would be taken from it.
        private func refuseIfHeld(_ identity: StrapIdentity, _ client: BlueZClient) async throws {
            let isConnected = await client.devices.contains { $0.key.device == identity.address && $0.isConnected }
            guard isConnected, global.hasStore else { return }
            guard let session = try await global.openStore().sessions().first(where: { $0.state == .running }) else {
                return
            }
            throw Failure(
                .refused,
                """
                \(identity.label) is connected and the session \(session.name) runs: a test would take it away.
                  See it in the session, or test it after the session has ended.
                """)
        }

        private func tell(_ outcome: StrapTester.Outcome, _ identity: StrapIdentity) throws {
            switch outcome {
            case .tried(let result):
                let findings = result.findings
                if global.json {
                    StandardOutput.line(StrapTestJSON.object(identity, result, findings).line)
                } else {
                    let verdict = findings.hasFailure ? "Not good for a session." : "Good for a session."
                    FindingsOutput.write(findings, closing: verdict, global: global)
                }
                if findings.hasFailure { throw Failure(.notEnough) }
            case .notFound:
                throw Failure(
                    .notFound,
                    """
                    \(identity.label) was not heard in \(Int(StrapTester.findingSeconds)) s.
                      Wet the pads, put it on, close phone apps that use it, and see who is there:  entrain strap scan
                    """)
            case .stopped: throw Failure(.stopped, "stopped; \(identity.label) is let go.")
            case .lostBus:
                throw Failure(.bluetooth, "the message bus went away. Once it is back, test the strap again.")
            }
        }
    }
}
