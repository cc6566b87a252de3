import GRDB
import Practice
import TestSupport
import Testing
import Timekeeping

@testable import Store

@Suite("Corrections and consent of past sessions") struct ReassignmentTests {
    let folder: TemporaryFolder
    let store: Store
    private static let name = "20260804-G1"

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
    }

    /// A session in which G1-01 was recorded from 1 to 20 s, G1-02 from 11 to 20 s, and G1-03 not at all.
    private func hold(_ consents: [String: Consent] = ["G1-01": .study, "G1-02": .study, "G1-03": .study]) async throws
    {
        let handle = try await store.begin(try Samples.info(codes: consents))
        for second in 1...20 {
            handle.writer.add([try Samples.packet("G1-01", second, t: Double(second))])
            if second > 10 { handle.writer.add([try Samples.packet("G1-02", second - 10, t: Double(second))]) }
        }
        #expect(await store.end(handle, seconds: 20) == nil)
    }

    private func change(
        _ from: String, _ to: String, _ start: Double = 0, _ end: Double = .infinity, exchange: Bool = false
    ) throws -> Reassignment {
        Reassignment(
            from: try Code(from), to: try Code(to), start: start, end: end, isExchange: exchange,
            made: Samples.started)
    }

    private func times(_ code: String) async throws -> [Double] {
        let code = try Code(code)
        return try await store.record(named: Self.name).packets.filter { $0.code == code }.map(\.t)
    }

    @Test("a correction is a row of its own: what was recorded stays, and reading applies it, in every process")
    func rawStays() async throws {
        try await hold()
        let before = try await rows()
        #expect(try await store.reassign(Self.name, change("G1-01", "G1-03", 5, 15)).packets == 10)
        #expect(try await rows() == before)
        #expect(try await times("G1-03") == (5..<15).map(Double.init))
        #expect(try await times("G1-01").count == 10)
        let other = try Store(folder: folder.path)
        #expect(try await other.record(named: Self.name).reassignments == [change("G1-01", "G1-03", 5, 15)])
        let only = try await other.record(named: Self.name, only: Code("G1-03"))
        #expect(only.packets.map(\.t) == (5..<15).map(Double.init))
        _ = try await store.reassign(Self.name, change("G1-03", "G1-01", 5, 15))
        #expect(try await times("G1-01") == (1...20).map(Double.init))
        #expect(try await store.record(named: Self.name).reassignments.count == 2, "history is kept")
    }

    private func rows() async throws -> [[String]] {
        try await store.read { database in
            try ["packet", "beat", "link", "marker"].map { table in
                try Row.fetchAll(database, sql: "SELECT * FROM \(table)").map { "\($0)" }
            }
        }
    }

    @Test("beats of two people are never mixed: the other's own are in the way, unless both are exchanged")
    func inTheWay() async throws {
        try await hold()
        let error = try await #require(throws: StoreError.self) {
            _ = try await store.reassign(Self.name, change("G1-01", "G1-02"))
        }
        #expect(error.kind == .badReassignment && error.description.contains("from 11 to 20 s"), "\(error)")
        #expect(try await store.reassign(Self.name, change("G1-01", "G1-02", 0, 11)).packets == 10)
        #expect(try await times("G1-02") == (1...20).map(Double.init))
        #expect(try await store.reassign(Self.name, change("G1-01", "G1-02", 15, exchange: true)).packets == 12)
    }

    @Test("what cannot be is refused with the reason")
    func refused() async throws {
        try await hold(["G1-01": .study, "G1-02": .study, "G1-03": .session])
        for (from, to, words) in [
            ("G1-03", "G1-01", "nothing of G1-03"), ("G1-01", "G1-01", "both codes"),
            ("G1-01", "G1-03", "agreed to the session only"),
        ] {
            let change = try change(from, to)
            let error = try await #require(throws: StoreError.self) { _ = try await store.reassign(Self.name, change) }
            #expect(error.kind == .badReassignment && error.description.contains(words), "\(error)")
        }
        let stranger = try change("G1-01", "G2-01")
        await #expect(throws: StoreError(.unknownCode, "G2-01")) { _ = try await store.reassign(Self.name, stranger) }
        let missing = try change("G1-01", "G1-02")
        await #expect(throws: StoreError(.unknownSession, "x")) { _ = try await store.reassign("x", missing) }
    }

    @Test("a code that took no part is taken in when its group knows that it agreed")
    func latecomer() async throws {
        var roster = try Roster(group: GroupName("G1"), size: 5)
        roster.members[3].consent = .study
        try await store.createGroup(roster)
        try await hold()
        #expect(try await store.reassign(Self.name, change("G1-01", "G1-04")).packets == 20)
        #expect(try await store.record(named: Self.name).info.codes[Code("G1-04")] == .study)
        let unasked = try change("G1-04", "G1-05")
        await #expect(throws: StoreError.self) { _ = try await store.reassign(Self.name, unasked) }
    }

    @Test("a withdrawn code is left out of every record, and its strap is free")
    func withdrawal() async throws {
        var roster = try Roster(group: GroupName("G1"), size: 3)
        roster.members[0].consent = .study
        roster.members[0].strap = StrapIdentity(address: "A0:9E:1A:B2:C3:D4", name: "")
        try await store.createGroup(roster)
        try await hold()
        #expect(try await store.withdraw(Code("G1-01")) == [Self.name])
        let record = try await store.record(named: Self.name)
        #expect(Set(record.packets.map(\.code)) == [try Code("G1-02")])
        #expect(record.info.withdrawnCount == 1)
        #expect(try record.info.presentCodes == [Code("G1-02"), Code("G1-03")])
        #expect(try await store.roster(roster.group).members[0] == Member(code: Code("G1-01"), consent: .withdrawn))
        let missing = try Code("G1-09")
        await #expect(throws: StoreError(.unknownCode, "G1-09")) { _ = try await store.withdraw(missing) }
    }

    @Test("who withdraws after a correction takes what is theirs, under whatever code it was recorded")
    func withdrawalAfterCorrection() async throws {
        try await hold()
        _ = try await store.reassign(Self.name, change("G1-01", "G1-03", 0, 10))
        _ = try await store.withdraw(Code("G1-03"))
        #expect(try await times("G1-01") == (10...20).map(Double.init))
        #expect(try await times("G1-03") == [])
    }

    @Test("what a session recorded of who withdrew in it is deleted at its end")
    func withdrawalInSession() async throws {
        let handle = try await store.begin(try Samples.info())
        handle.writer.add([try Samples.packet("G1-01", 1, t: 1), try Samples.packet("G1-02", 1, t: 1)])
        handle.writer.admit(try Code("G1-02"), consent: .withdrawn)
        handle.writer.add([try Samples.packet("G1-02", 2, t: 2)])
        #expect(await store.end(handle, seconds: 3) == nil)
        let count = try await store.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM packet") }
        #expect(count == 1)
    }

    @Test("a group is renamed with its past sessions, and removed without them")
    func renaming() async throws {
        try await store.createGroup(try Roster(group: GroupName("G1"), size: 3))
        try await store.createGroup(try Roster(group: GroupName("G2"), size: 1))
        try await hold()
        let taken = try GroupName("G2")
        let old = try GroupName("G1")
        await #expect(throws: StoreError(.groupExists, "G2")) { try await store.renameGroup(old, to: taken) }
        try await store.renameGroup(old, to: try GroupName("A1"))
        #expect(try await store.rosters().map(\.group.text) == ["A1", "G2"])
        #expect(try await store.roster(GroupName("A1")).members.map(\.code.description) == ["A1-01", "A1-02", "A1-03"])
        let record = try await store.record(named: Self.name)
        #expect(Set(record.packets.map(\.code)) == [try Code("A1-01"), try Code("A1-02")])
        #expect(try await store.withdraw(Code("A1-01")) == [Self.name])
        try await store.removeGroup(try GroupName("A1"))
        await #expect(throws: StoreError(.unknownGroup, "A1")) { try await store.removeGroup(GroupName("A1")) }
        #expect(try await store.sessions().count == 1)
    }

    @Test("a group with a running session is neither renamed nor removed")
    func running() async throws {
        let group = try GroupName("G1")
        try await store.createGroup(try Roster(group: group, size: 3))
        let handle = try await store.begin(try Samples.info())
        let name = try GroupName("A1")
        await #expect(throws: StoreError(.sessionRunning, Self.name)) { try await store.renameGroup(group, to: name) }
        await #expect(throws: StoreError(.sessionRunning, Self.name)) { try await store.removeGroup(group) }
        #expect(await store.end(handle, seconds: 1) == nil)
    }

    @Test("a file from before there were corrections is read and brought up to date")
    func migration() async throws {
        try await hold()
        try await store.write { database in
            try database.execute(sql: "DROP TABLE reassignment")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '4 reassignments'")
        }
        let newer = try Store(folder: folder.path)
        #expect(try await newer.record(named: Self.name).packets.count == 30)
        #expect(try await newer.reassign(Self.name, change("G1-01", "G1-03")).packets == 20)
    }

    @Test("a script's own text and every entry of its phases come back, also of a session from before there were some")
    func script() async throws {
        var info = try Samples.info()
        info.script = Script.resonance
        info.script.source = "name: x\n# a comment\n"
        info.script.phases[2].isSkippable = true
        let handle = try await store.begin(info)
        #expect(try await store.record(named: Self.name).info.script == info.script)
        try await store.write { database in
            try database.execute(
                sql: """
                    UPDATE session SET script = '{"name":"old","purpose":"","phases":[{"key":"p","title":"P",\
                    "feedback":"own","regulation":"","prompt":"","isAnalysed":true,"unattendedEnd":"never"}]}'
                    """)
        }
        let old = try await store.record(named: Self.name).info.script
        #expect(old.source == nil && old.phases[0].posture == "" && !old.phases[0].isSkippable)
        #expect(await store.end(handle, seconds: 1) == nil)
    }
}
