import Practice
import Store

/// Watches a group's record while a session of it runs: consent and straps may be changed from a second terminal.
struct RosterWatch {
    /// How long until it looks again, machine time.
    static let pause = Duration.milliseconds(500)

    let store: Store
    let group: GroupName

    /// Hands on the group whenever it has changed, until cancelled.
    func run(_ changed: (Roster) async -> Void) async {
        var last: Roster?
        while !Task.isCancelled {
            // A record that cannot be read just now is read the next time.
            if let roster = try? await store.roster(group), roster != last {
                await changed(roster)
                last = roster
            }
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }
}
