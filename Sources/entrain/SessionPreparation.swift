import Practice
import Store

/// A group as a session wants it, before anything of that is written down: a session that cannot begin leaves no trace.
struct SessionPreparation {
    /// The group as it will be.
    private(set) var roster: Roster
    /// Whether the group must be made.
    let isNew: Bool
    /// Codes that are left out of this session.
    let excluded: Set<Code>
    private var declared: [Code] = []

    /// - Throws: `StoreError.Kind.unknownCode` when the group has no such code to leave out.
    init(roster: Roster, isNew: Bool, without excluded: [Code] = []) throws {
        let known = Set(roster.members.map(\.code))
        if let stranger = excluded.first(where: { !known.contains($0) }) {
            throw StoreError(.unknownCode, stranger.description)
        }
        self.roster = roster
        self.isNew = isNew
        self.excluded = Set(excluded)
    }

    /// Everybody who takes part and was not asked yet has agreed on paper; a no stays a no.
    mutating func declareConsent() {
        for index in roster.members.indices {
            let member = roster.members[index]
            guard member.consent == .none, !excluded.contains(member.code) else { continue }
            roster.members[index].consent = .study
            declared.append(member.code)
        }
    }

    /// Members that are recorded.
    var recorded: [Member] {
        roster.members.filter { $0.consent.allowsRecording && !excluded.contains($0.code) }
    }

    /// Codes of whom nobody knows what they agreed to.
    var unasked: [Code] {
        roster.members.filter { $0.consent == .none && !excluded.contains($0.code) }.map(\.code)
    }

    /// Who takes part without being recorded, in words; empty when nobody does.
    var bystanders: String {
        let others = roster.members.filter { !$0.consent.allowsRecording || excluded.contains($0.code) }
        return others.map { "\($0.code) (\(excluded.contains($0.code) ? "left out" : $0.consent.words))" }
            .joined(separator: ", ")
    }

    /// Writes it down.
    func keep(in store: Store) async throws {
        if isNew { try await store.createGroup(roster) }
        for code in declared { try await store.setConsent(code, .study) }
    }
}
