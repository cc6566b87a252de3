import ArgumentParser
import Formats
import Glibc
import Practice
import Store

extension SessionCommand {
    /// `entrain session stop`: ends a session from another terminal.
    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop a session that runs, from another terminal.",
            discussion: """
                Examples:
                  entrain session stop                    the only one that runs
                  entrain session stop 20260804-G1

                Everything until now is kept.
                """)
        @Argument(help: "The session, or its group; needed only when more than one runs.") var session: String?
        @OptionGroup var global: GlobalOptions

        /// How long it waits for the session's end, machine time.
        private static let patience = Duration.seconds(60)

        func run() async throws {
            try await Failing.run {
                let store = try global.openStore()
                let name = try await wanted(in: store).name
                guard let process = store.recorder(of: name), kill(process, SIGTERM) == 0 else {
                    throw Failure(.failed, "\(name) cannot be stopped from here. Press Ctrl-C where it runs.")
                }
                let limit = ContinuousClock.now.advanced(by: Self.patience)
                while try await running(in: store).contains(where: { $0.name == name }) {
                    guard ContinuousClock.now < limit else {
                        throw Failure(.failed, "\(name) was asked to stop, and has not after a minute.")
                    }
                    try await Task.sleep(for: .milliseconds(100))
                }
                StandardOutput.line(
                    global.json
                        ? JSONValue.object([.init("session", .string(name)), .init("state", .string("ended"))]).line
                        : "\(name) has stopped; everything until now is kept.")
            }
        }

        private func running(in store: Store) async throws -> [SessionListing] {
            try await store.sessions().filter { $0.state == .running }
        }

        private func wanted(in store: Store) async throws -> SessionListing {
            let running = try await running(in: store)
            let matching = running.filter { session == nil || $0.name == session || $0.group.text == session }
            guard let only = matching.first else {
                throw Failure(.notFound, "no session\(session.map { " \($0)" } ?? "") runs. See:  entrain session list")
            }
            guard matching.count == 1 else {
                let names = matching.map(\.name).joined(separator: ", ")
                throw Failure(.usage, "more than one session runs: \(names). Name the one to stop.")
            }
            return only
        }
    }
}
