import GRDB
import Glibc
import Practice
import TestSupport
import Testing

@testable import Store

@Suite("The file") struct FileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("folder and files are open to their owner only")
    func rights() async throws {
        let path = folder.path + "/deep/data"
        let store = try Store(folder: path)
        let handle = try await store.begin(try Samples.info())
        handle.writer.add([try Samples.packet("G1-01", 1, t: 1)])
        await handle.writer.flush()
        #expect(try TemporaryFolder.mode(of: folder.path + "/deep") == "700")
        #expect(try TemporaryFolder.mode(of: path) == "700")
        for name in ["entrain.sqlite", "entrain.sqlite-wal", "entrain.sqlite-shm", "20260804-G1.lock"] {
            #expect(try TemporaryFolder.mode(of: "\(path)/\(name)") == "600", "\(name)")
        }
    }

    @Test("a commit is on the disk before it counts")
    func synchronous() async throws {
        let store = try Store(folder: folder.path)
        let full = 2
        #expect(try await store.write { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == full)
    }

    @Test("rights that were too wide are narrowed, but not those of a folder with other things in it")
    func narrowing() throws {
        let ours = folder.path + "/ours"
        let shared = folder.path + "/shared"
        for path in [ours, shared] {
            mkdir(path, 0o755)
            chmod(path, 0o755)
        }
        close(open(shared + "/somebody-elses", O_CREAT | O_WRONLY, 0o644))
        _ = try Store(folder: ours)
        _ = try Store(folder: shared)
        #expect(try TemporaryFolder.mode(of: ours) == "700")
        #expect(try TemporaryFolder.mode(of: shared) == "755")
        chmod(ours + "/entrain.sqlite", 0o644)
        _ = try Store(folder: ours)
        #expect(try TemporaryFolder.mode(of: ours + "/entrain.sqlite") == "600")
    }

    @Test("a path that is no folder is an error that names it")
    func notAFolder() throws {
        let path = folder.path + "/file"
        close(open(path, O_CREAT | O_WRONLY, 0o600))
        let error = try #require(throws: StoreError.self) { try Store(folder: path) }
        #expect(error.kind == .unwritableFolder)
        #expect(error.description.contains(path))
        #expect(error.description.contains("--data DIR"))
        let below = try #require(throws: StoreError.self) { try Store(folder: path + "/below") }
        #expect(below.kind == .unwritableFolder)
    }

    @Test("a folder without the right to write is an error", .enabled(if: geteuid() != 0))
    func unwritable() throws {
        chmod(folder.path, 0o500)
        defer { chmod(folder.path, 0o700) }
        let error = try #require(throws: StoreError.self) { try Store(folder: folder.path) }
        #expect(error.kind == .unwritableFolder)
    }

    @Test("a file that is no database is an error and is not touched")
    func damaged() throws {
        let path = folder.path + "/entrain.sqlite"
        let text = [UInt8](repeating: 0x41, count: 5000)
        let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
        #expect(write(descriptor, text, text.count) == text.count)
        close(descriptor)
        let error = try #require(throws: StoreError.self) { try Store(folder: folder.path) }
        #expect(error.kind == .damaged)
        #expect(error.description.contains("not touched"))
    }

    @Test(
        "a value of a wrong type in a short table is found when the file is opened",
        arguments: ["UPDATE session SET started = 'soon'", "UPDATE member SET place = x'00'"])
    func wrongType(_ change: String) async throws {
        let store = try Store(folder: folder.path)
        try await store.createGroup(try Roster(group: GroupName("G1"), size: 1))
        _ = try await store.begin(try Samples.info())
        try await store.write { try $0.execute(sql: change) }
        let error = try #require(throws: StoreError.self) { try Store(folder: folder.path) }
        #expect(error.kind == .damaged)
        #expect(throws: StoreError.self) { try Store(reading: folder.path) }
    }

    @Test(
        "a value of a wrong type among the rows of a session makes that session unreadable, with a sentence",
        arguments: [
            "UPDATE beat SET ticks = 'many'", "UPDATE packet SET utc = 'noon'", "UPDATE marker SET text = x'00'",
        ])
    func wrongRow(_ change: String) async throws {
        let store = try Store(folder: folder.path)
        let handle = try await store.begin(try Samples.info())
        handle.writer.add([try Samples.packet("G1-01", 1, t: 1)])
        handle.writer.add([try Samples.beat("G1-01", 1, end: 1)])
        handle.writer.add([MarkerRecord(t: 1, code: nil, kind: "mark", text: "door")])
        await handle.writer.flush()
        _ = try await store.record(named: "20260804-G1")
        try await store.write { try $0.execute(sql: change) }
        let again = try Store(folder: folder.path)
        let error = try await #require(throws: StoreError.self) { _ = try await again.record(named: "20260804-G1") }
        #expect(error.kind == .damaged && error.description.contains(folder.path))
    }

    @Test("opening an up-to-date file changes nothing in it")
    func migratingTwice() async throws {
        let first = try Store(folder: folder.path)
        try await first.createGroup(try Roster(group: GroupName("G1"), size: 2))
        let before = try await first.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema ORDER BY 1") }
        let second = try Store(folder: folder.path)
        let after = try await second.read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema ORDER BY 1") }
        #expect(before == after)
        #expect(try await second.rosters().count == 1)
    }

    @Test("a file of a newer version is refused and left as it is")
    func newer() async throws {
        do {
            let store = try Store(folder: folder.path)
            try await store.write {
                try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('999 from the future')")
            }
        }
        let error = try #require(throws: StoreError.self) { try Store(folder: folder.path) }
        #expect(error.kind == .newerSchema)
    }

    @Test("every error says what to do next", arguments: StoreError.Kind.allCases)
    func sentences(_ kind: StoreError.Kind) {
        let text = StoreError(kind, "SUBJECT", detail: "DETAIL").description
        #expect(text.contains("SUBJECT"))
        let advice = [
            "See the session", "Choose", "Free", "Install", "Keep a copy", "End that", "Check", "use it as it is",
            "Make it with", "Make another",
            "there are:", "Use a day", "Stop it", "Copy its folder", "Whoever has the private key", "See which",
            "End it first", "Change it with",
        ]
        #expect(advice.contains { text.contains($0) }, "\(text)")
    }
}
