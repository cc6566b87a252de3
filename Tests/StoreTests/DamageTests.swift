import FoundationEssentials
import GRDB
import Glibc
import Practice
import TestSupport
import Testing
import Timekeeping

@testable import Store

@Suite("Damaged files") struct DamageTests {
    let folder: TemporaryFolder
    private var file: String { folder.path + "/entrain.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    /// Two sessions of two codes with so many packets and beats that their tables have many pages.
    private func fill() async throws -> [SessionRecord] {
        let store = try Store(folder: folder.path)
        try await store.createGroup(try Roster(group: GroupName("G1"), size: 2))
        var records: [SessionRecord] = []
        for name in ["20260804-G1", "20260805-G1"] {
            var record = try Samples.record()
            record.info.name = name
            record.info.seconds = 1000
            for code in ["G1-01", "G1-02"] {
                let last = record.packets.count { $0.code.description == code }
                for number in (last + 1)...1000 {
                    record.packets.append(try Samples.packet(code, number, t: Double(number)))
                    record.beats.append(try Samples.beat(code, number + 2, end: Double(number)))
                }
            }
            _ = try await store.adopt(record)
            records.append(try await store.record(named: name))
        }
        try await store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        return records
    }

    private func leaves(of table: String) throws -> [Int] {
        try DatabaseQueue(path: file).read { database in
            try Int.fetchAll(
                database, sql: "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path",
                arguments: [table])
        }
    }

    private func overwrite(_ bytes: [UInt8], at offset: Int, of path: String) throws {
        let descriptor = open(path, O_WRONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(pwrite(descriptor, bytes, bytes.count, off_t(offset)) == bytes.count)
    }

    private func destroy(page: Int) throws {
        try overwrite([UInt8](repeating: 0xA5, count: 4096), at: (page - 1) * 4096, of: file)
    }

    @Test("a page that is lost is named, the other session reads as before, and all but the page is rescued")
    func lostPage() async throws {
        let records = try await fill()
        let pages = try leaves(of: "packet")
        try destroy(page: pages[pages.count / 8])
        let bytes = try Bytes.read(file).bytes
        let store = try Store(folder: folder.path)
        #expect(try await store.sessions().map(\.name) == ["20260804-G1", "20260805-G1"])
        #expect(try await store.record(named: "20260805-G1") == records[1])
        do {
            _ = try await store.record(named: "20260804-G1")
            Issue.record("a session with a lost page was read")
        } catch {
            #expect(error.kind == .damaged)
            #expect(error.description.contains("session 20260804-G1 cannot be read"))
            #expect(error.description.contains("entrain store rescue"))
        }
        let health = try Store.health(of: folder.path)
        #expect(!health.faults.isEmpty && health.soundSessions == 1)
        #expect(health.damagedSessions.map(\.name) == ["20260804-G1"])
        #expect(health.damagedSessions.map(\.tables) == [["packet"]])

        let rescued = try Store.rescue(folder.path, into: folder.path + "/rescued")
        let new = try Store(folder: folder.path + "/rescued")
        #expect(try await new.record(named: "20260805-G1") == records[1])
        let part = try await new.record(named: "20260804-G1")
        #expect(part.beats == records[0].beats && part.info == records[0].info)
        let lost = Set(records[0].packets).subtracting(part.packets)
        #expect(Set(part.packets).isSubset(of: records[0].packets))
        #expect((10...200).contains(lost.count), "\(lost.count) of a page of some eighty rows")
        #expect(rescued.damagedSessions.first?.losses.map(\.packets).reduce(0, +) == lost.count)
        #expect(try await new.rosters() == store.rosters())
        #expect(try Store.health(of: folder.path + "/rescued").isSound)
        withExtendedLifetime(store) {}
        #expect(try Bytes.read(file).bytes == bytes, "the damaged file is only read")
    }

    @Test("a session whose own row is lost is rescued under its name")
    func lostSession() async throws {
        let records = try await fill()
        for page in try leaves(of: "session") { try destroy(page: page) }
        let rescued = try Store.rescue(folder.path, into: folder.path + "/rescued")
        #expect(rescued.damagedSessions.flatMap(\.tables).contains("session"))
        let new = try Store(folder: folder.path + "/rescued")
        #expect(try await new.sessions().map(\.name) == ["20260804-G1", "20260805-G1"])
        for record in records {
            let part = try await new.record(named: record.info.name)
            #expect(part.packets == record.packets && part.beats == record.beats && part.phases == record.phases)
            #expect(part.info.codes == record.info.codes)
            try await new.endInterrupted(named: record.info.name)
        }
        #expect(try await new.sessions().map(\.state) == [.ended, .ended])
    }

    @Test("bytes that change inside rows end in an error or in other values, never in a crash", arguments: 0..<24)
    func changedBytes(seed: Int) async throws {
        _ = try await fill()
        let tables = [
            "packet", "beat", "coherence", "session_strap", "session_phase", "session_code", "link", "session",
        ]
        let pages = try tables.flatMap { try leaves(of: $0) }
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<20 {
            let page = pages[next(below: pages.count)]
            try overwrite([UInt8(next(below: 256))], at: (page - 1) * 4096 + 200 + next(below: 3896), of: file)
        }
        let store = try Store(folder: folder.path)
        var told: [StoreError] = []
        do { _ = try await store.sessions() } catch { told.append(error) }
        for name in ["20260804-G1", "20260805-G1"] {
            do { _ = try await store.record(named: name) } catch { told.append(error) }
        }
        #expect(told.allSatisfy { [.damaged, .unknownSession].contains($0.kind) }, "\(told)")
        _ = try Store.health(of: folder.path)
        _ = try Store.rescue(folder.path, into: folder.path + "/rescued")
    }

    @Test("a log that was cut off gives everything that was written before the cut")
    func truncatedLog() async throws {
        let copy = folder.path + "/copy"
        var length = 0
        do {
            let store = try Store(folder: folder.path)
            let handle = try await store.begin(try Samples.info())
            for number in 1...300 {
                handle.writer.add([try Samples.packet("G1-01", number, t: Double(number))])
                if number % 10 == 0 { await handle.writer.flush() }
                if number == 200 { length = StoreFile.size(of: folder.path + "/entrain.sqlite-wal") }
            }
            mkdir(copy, 0o700)
            for name in ["entrain.sqlite", "entrain.sqlite-wal"] {
                try FileManager.default.copyItem(atPath: "\(folder.path)/\(name)", toPath: "\(copy)/\(name)")
            }
        }
        #expect(truncate(copy + "/entrain.sqlite-wal", off_t(length + 77)) == 0)
        let store = try Store(folder: copy)
        #expect(try await store.sessions().map(\.state) == [.interrupted])
        let numbers = try await store.record(named: "20260804-G1").packets.map(\.number)
        #expect(numbers == Array(1...numbers.count))
        #expect(numbers.count >= 200 && numbers.count < 300)
    }

    @Test("without the index of the log everything is there; an empty file is a new store")
    func missingFiles() async throws {
        let records = try await fill()
        #expect(unlink(file + "-shm") == 0 || errno == ENOENT)
        #expect(try await Store(folder: folder.path).record(named: "20260804-G1") == records[0])
        let empty = folder.path + "/empty"
        mkdir(empty, 0o700)
        close(open(empty + "/entrain.sqlite", O_CREAT | O_WRONLY, 0o600))
        #expect(try await Store(folder: empty).sessions().isEmpty)
    }

    @Test("an empty file beside a log that is not empty is refused, and the log is kept")
    func lostHead() throws {
        let log = [UInt8](repeating: 7, count: 4152)
        try Data(log).write(to: URL(filePath: file + "-wal"))
        close(open(file, O_CREAT | O_WRONLY, 0o600))
        let error = try #require(throws: StoreError.self) { try Store(folder: folder.path) }
        #expect(error.kind == .damaged && error.description.contains("its log"))
        #expect(try Bytes.read(file + "-wal").bytes == log)
    }

    @Test("a database of another program is refused and left as it is")
    func stranger() async throws {
        do {
            try await DatabaseQueue(path: file).write { try $0.execute(sql: "CREATE TABLE bookmarks (url TEXT)") }
        }
        let before = try Bytes.read(file).bytes
        let error = try #require(throws: StoreError.self) { try Store(folder: folder.path) }
        #expect(error.kind == .damaged && error.description.contains("another program"))
        #expect(try Bytes.read(file).bytes == before)
    }

    @Test("a rescue writes into no store that is there")
    func target() async throws {
        _ = try await fill()
        let error = try #require(throws: StoreError.self) { try Store.rescue(folder.path, into: folder.path) }
        #expect(error.kind == .folderInUse)
    }

    @Test("a session that began after the clock was set back has its own name and stands where its clock says")
    func clockSetBack() async throws {
        let store = try Store(folder: folder.path)
        let first = try await store.begin(try Samples.info())
        #expect(await store.end(first, seconds: 60) == nil)
        var info = try Samples.info()
        info.started = info.started.advanced(by: .seconds(-3600))
        let second = try await store.begin(info)
        #expect(await store.end(second, seconds: 60) == nil)
        #expect(try await store.sessions().map(\.name) == ["20260804-G1-2", "20260804-G1"])
    }
}
