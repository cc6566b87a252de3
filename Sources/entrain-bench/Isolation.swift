import Glibc
import Practice
import Store

/// Whether optimised code comes back to an actor after a call that leaves it.
///
/// swiftc 6.3.1 -O left the way back out where the upcoming feature NonisolatedNonsendingByDefault was on (docs/decisions.md):
/// two tasks then changed one actor's state at once.
enum Isolation {
    private static let tasks = 50
    private static let rounds = 2
    private static let places = 8
    /// Places that the group does not have.
    private static let strangers = 2

    /// Has fifty tasks ask one actor, which asks a store, and holds the actor against its executor after each answer.
    ///
    /// Ends the process where the actor is not on it.
    static func prove() async throws {
        let folder = "/var/tmp/entrain-bench-isolation.\(getpid())"
        defer { try? Processes.run(["rm", "-rf", folder]) }
        let group = try GroupName("G1")
        let desk = Desk(try Store(folder: folder))
        try await desk.open(Roster(group: group, size: places))
        let codes = try (1...places + strangers).map { try Code(group: group, place: $0) }
        await withTaskGroup(of: Void.self) { calls in
            for _ in 0..<tasks {
                calls.addTask {
                    for _ in 0..<rounds { for code in codes { await desk.give(code) } }
                }
            }
        }
        let (given, refused) = await (desk.given, desk.refused)
        guard given == tasks * rounds * places, refused == tasks * rounds * strangers else {
            throw Trouble(description: "\(given) straps were given and \(refused) refused")
        }
        Bench.report("actors, calls to a store", Double(given + refused), "answered on their executor", target: "all")
    }

    /// Gives straps as the gateway does, with calls that end well and calls that throw.
    private actor Desk {
        private let store: Store
        private(set) var given = 0
        private(set) var refused = 0

        init(_ store: Store) { self.store = store }

        func open(_ roster: Roster) async throws {
            try await store.createGroup(roster)
            preconditionIsolated("after a call that writes")
        }

        func give(_ code: Code) async {
            do {
                try await accept(code)
                given += 1
            } catch {
                preconditionIsolated("after a call that throws")
                refused += 1
            }
        }

        private func accept(_ code: Code) async throws {
            let strap = StrapIdentity(address: "C4:64:E3:00:00:0\(code.place)", name: "Bench \(code.place)")
            try await store.setStrap(code, strap)
            preconditionIsolated("after a call that writes")
            _ = try await store.knownStraps()
            preconditionIsolated("after a call that reads")
        }
    }
}
