import Practice
import Store
import TestSupport
import Testing

@Suite("Accounts that codes are tied to") struct AccountTests {
    let folder: TemporaryFolder
    let store: Store
    let code: Code
    let other: Code

    init() async throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
        code = try Code("G1-01")
        other = try Code("G1-02")
        try await store.createGroup(try Roster(group: code.group, size: 2))
    }

    private func accounts() async throws -> [String?] {
        try await store.roster(code.group).members.map(\.account)
    }

    @Test("a tie stands in the roster, is replaced by another, and can be taken away")
    func tie() async throws {
        try await store.setAccount(code, "ann")
        #expect(try await accounts() == ["ann", nil])
        try await store.setAccount(code, "ben")
        #expect(try await accounts() == ["ben", nil])
        try await store.setAccount(code, nil)
        #expect(try await accounts() == [nil, nil])
    }

    @Test("an account stands for one student of a group, and for another in another group")
    func once() async throws {
        try await store.setAccount(code, "ann")
        await #expect(throws: StoreError(.accountTaken, "ann", detail: "G1-01")) {
            try await store.setAccount(other, "ann")
        }
        #expect(try await accounts() == ["ann", nil])
        try await store.createGroup(try Roster(group: GroupName("G2"), size: 1))
        try await store.setAccount(try Code("G2-01"), "ann")
        #expect(try await store.roster(try GroupName("G2")).members[0].account == "ann")
    }

    @Test("a code that does not exist is refused")
    func unknown() async throws {
        await #expect(throws: StoreError(.unknownCode, "G1-09")) {
            try await store.setAccount(try Code("G1-09"), "ann")
        }
    }

    @Test("who withdraws is tied to no account any more")
    func withdrawal() async throws {
        try await store.setAccount(code, "ann")
        _ = try await store.withdraw(code)
        #expect(try await accounts() == [nil, nil])
    }
}
