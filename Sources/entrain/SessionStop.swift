import ArgumentParser
import Formats
import Gateway
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
        @Argument(help: SteerText.session) var session: String?
        @OptionGroup var global: GlobalOptions

        /// How long it waits for the session's end, machine time.
        private static let patience = Duration.seconds(60)

        func run() async throws {
            try await Failing.run {
                let name: String
                if let steered = try await SteeredSession.find(session, global: global) {
                    name = steered.session.name
                    do { try await stop(steered) } catch {
                        await steered.client.close()
                        throw error
                    }
                    await steered.client.close()
                } else {
                    name = try await signal()
                }
                StandardOutput.line(
                    global.json
                        ? JSONValue.object([.init("session", .string(name)), .init("state", .string("ended"))]).line
                        : "\(name) has stopped; everything until now is kept.")
            }
        }

        /// Over the bus.
        private func stop(_ steered: SteeredSession) async throws {
            let name = steered.session.name
            let store = global.hasStore ? try global.openStore() : nil
            _ = try await steered.perform(.stop)
            try await wait(name) {
                if let store, try await isRunning(name, in: store) { return false }
                return await !steered.isThere()
            }
        }

        /// By a signal, for a session that no bus offers.
        private func signal() async throws -> String {
            let store = try global.openStore()
            let name = try await wanted(in: store).name
            guard let process = store.recorder(of: name), kill(process, SIGTERM) == 0 else {
                throw Failure(.failed, "\(name) cannot be stopped from here. Press Ctrl-C where it runs.")
            }
            try await wait(name) { try await !isRunning(name, in: store) }
            return name
        }

        private func wait(_ name: String, until isOver: () async throws -> Bool) async throws {
            let limit = ContinuousClock.now.advanced(by: Self.patience)
            while !(try await isOver()) {
                guard ContinuousClock.now < limit else {
                    throw Failure(.failed, "\(name) was asked to stop, and has not after a minute.")
                }
                try await Task.sleep(for: .milliseconds(100))
            }
        }

        private func isRunning(_ name: String, in store: Store) async throws -> Bool {
            try await running(in: store).contains { $0.name == name }
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
