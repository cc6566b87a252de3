import Practice
import Store

/// A group as a session wants it, before anything of that is written down: a session that cannot begin leaves no trace.
struct SessionPreparation {
    /// The group as it will be.
    private(set) var roster: Roster
    /// Whether the group must be made.
    let isNew: Bool
    private var declared: [Code] = []

    init(roster: Roster, isNew: Bool) {
        self.roster = roster
        self.isNew = isNew
    }

    /// Everybody without consent on record has agreed on paper.
    mutating func declareConsent() {
        for index in roster.members.indices where roster.members[index].consent == .none {
            roster.members[index].consent = .study
            declared.append(roster.members[index].code)
        }
    }

    /// Writes it down.
    func keep(in store: Store) async throws {
        if isNew { try await store.createGroup(roster) }
        for code in declared { try await store.setConsent(code, .study) }
    }
}
