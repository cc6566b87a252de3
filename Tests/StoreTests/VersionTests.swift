import FoundationEssentials
import GRDB
import Glibc
import Practice
import TestSupport
import Testing

@testable import Store

@Suite("Files of other versions") struct VersionTests {
    let folder: TemporaryFolder
    private var file: String { folder.path + "/old/entrain.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    /// A store with the tables of an earlier version and the rows of the present one, as far as those tables take them.
    private func makeOld(upTo step: String) async throws -> (record: SessionRecord, rosters: [Roster]) {
        let new = try Store(folder: folder.path + "/new")
        try await new.createGroup(try Roster(group: GroupName("G1"), size: 3))
        _ = try await new.adopt(try Samples.record())
        mkdir(folder.path + "/old", 0o700)
        let old = try DatabasePool(path: file)
        try Schema.migrator.migrate(old, upTo: step)
        let source = folder.path + "/new/entrain.sqlite"
        try await old.writeWithoutTransaction { database in
            try database.execute(sql: "ATTACH DATABASE ? AS new", arguments: [source])
            for table in [
                "roster", "member", "session", "session_code", "session_strap", "session_phase", "packet",
                "beat", "coherence", "marker", "link",
            ] {
                let names = try TableShape(of: table, in: database).columns.map(\.name).joined(separator: ", ")
                try database.execute(sql: "INSERT INTO main.\(table) (\(names)) SELECT \(names) FROM new.\(table)")
            }
            try database.execute(sql: "DETACH DATABASE new")
        }
        return (try await new.record(named: "20260804-G1"), try await new.rosters())
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/old").sorted()
    }

    @Test("a file of any earlier version is brought up to date with every row", arguments: Schema.migrator.migrations)
    func older(step: String) async throws {
        let (record, rosters) = try await makeOld(upTo: step)
        let store = try Store(folder: folder.path + "/old")
        #expect(try await store.record(named: "20260804-G1") == record)
        #expect(try await store.rosters() == rosters)
        #expect(try await store.read { try Schema.migrator.hasCompletedMigrations($0) })
        #expect(try names().allSatisfy { !$0.contains("version") }, "no copy may outlive what is erased from the file")
    }

    @Test("when bringing it up to date fails, the file reads as before, and a copy of it stands beside it")
    func failingUpgrade() async throws {
        let (record, _) = try await makeOld(upTo: "7 kept readings")
        do {
            let old = try DatabasePool(path: file)
            try await old.write { try $0.execute(sql: "CREATE TABLE room_kit (stranger)") }
        }
        let error = try #require(throws: StoreError.self) { try Store(folder: folder.path + "/old") }
        #expect(error.kind == .upgradeFailed)
        #expect(error.description.contains("room_kit already exists"))
        #expect(error.description.contains(file + ".version-7"))
        #expect(try TemporaryFolder.mode(of: file + ".version-7") == "600")
        for path in [file, file + ".version-7"] {
            let packets = try await DatabaseQueue(path: path).read { database in
                try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM packet")
            }
            #expect(packets == record.packets.count, "\(path)")
        }
        do {
            let old = try DatabasePool(path: file)
            try await old.write { try $0.execute(sql: "DROP TABLE room_kit") }
        }
        #expect(try await Store(folder: folder.path + "/old").record(named: "20260804-G1") == record)
        #expect(try names().allSatisfy { !$0.contains("version") })
    }

    @Test("an older file that can only be read is refused with what to do")
    func olderToRead() async throws {
        _ = try await makeOld(upTo: "5 lent straps")
        let error = try #require(throws: StoreError.self) { try Store(reading: folder.path + "/old") }
        #expect(error.kind == .olderSchema)
    }

    @Test("a file of a newer version is refused, and not one byte of it changes")
    func newer() async throws {
        let path = folder.path + "/new"
        do {
            let store = try Store(folder: path)
            _ = try await store.adopt(try Samples.record())
            try await store.write {
                try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('999 from the future')")
            }
        }
        let before = try Bytes.read(path + "/entrain.sqlite").bytes
        for _ in 1...2 {
            let error = try #require(throws: StoreError.self) { try Store(folder: path) }
            #expect(error.kind == .newerSchema)
            let read = try #require(throws: StoreError.self) { try Store(reading: path) }
            #expect(read.kind == .newerSchema)
        }
        #expect(try Bytes.read(path + "/entrain.sqlite").bytes == before)
        #expect(StoreFile.size(of: path + "/entrain.sqlite-wal") == 0)
    }
}
