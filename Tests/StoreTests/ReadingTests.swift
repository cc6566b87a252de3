import FoundationEssentials
import GRDB
import HeartRate
import Practice
import TestSupport
import TestSupport
import Testing
import Timekeeping

@testable import Store

/// Readings that people kept for themselves.
@Suite("Kept readings", .serialized) struct ReadingTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
        try Self.makeCheap(store)
    }

    /// A lock that costs little to try, for tests that try many.
    private static func makeCheap(_ store: Store) throws {
        try store.pool.write { database in
            try database.execute(
                sql: "INSERT INTO reading_lock (salt, rounds) VALUES (randomblob(32), 1024)")
        }
    }

    @Test(
        "a lock that asks for more than scrypt may take, or for nonsense, is damaged",
        arguments: [0, -1, 1000, 1 << 40])
    func absurdRounds(_ rounds: Int) async throws {
        try await store.write { try $0.execute(sql: "UPDATE reading_lock SET rounds = ?", arguments: [rounds]) }
        let receipt = receipt()
        let error = await #expect(throws: StoreError.self) { _ = try await store.reading(receipt) }
        #expect(error?.kind == .damaged)
    }

    private func record(_ seed: Int, beats count: Int = 200) -> PersonalRecord {
        let beats = (1...count).map { number in
            Beat(
                sequence: number, ticks: UInt16(800 + (number * seed) % 97), end: Double(number) * 0.8,
                contact: number % 3 == 0 ? .yes : .unknown, flag: number == 50 ? .gapBefore : .ok,
                segment: number < 50 ? 1 : 2, packet: number)
        }
        return PersonalRecord(
            started: UTC(nanosecondsSince1970: 1_785_873_761_000_000_000 + Int64(seed)), zoneOffsetSeconds: 7200,
            seconds: Double(seed) + 0.5, pacers: [.init(t: 0, rate: 6), .init(t: 30, rate: nil)], beats: beats)
    }

    private func receipt() -> PersonalReceipt {
        var generator = SystemRandomNumberGenerator()
        return PersonalReceipt(using: &generator)
    }

    /// Every byte of every file of the store.
    private func files() throws -> [UInt8] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { !$0.hasSuffix("-shm") }
            .flatMap { try Bytes.read("\(folder.path)/\($0)").bytes }
    }

    private func rows() async throws -> [(lookup: Data, wrapped: Data, sealed: Data)] {
        try await store.read { database in
            try Row.fetchAll(database, sql: "SELECT lookup, wrapped_key, sealed FROM reading").map {
                ($0[0], $0[1], $0[2])
            }
        }
    }

    @Test("a receipt opens its own reading and no other one")
    func separate() async throws {
        let (mine, yours) = (receipt(), receipt())
        try await store.keep(record(3), under: mine)
        try await store.keep(record(5), under: yours)
        #expect(try await store.reading(mine) == record(3))
        #expect(try await store.reading(yours) == record(5))
        #expect(try await store.reading(try PersonalReceipt("melon-harbor-42-tide")) == nil)
    }

    @Test("the files tell neither receipt nor beats nor time, and the length only roughly")
    func sealed() async throws {
        let kept = receipt()
        try await store.keep(record(3), under: kept)
        let bytes = Bytes(bytes: try files())
        #expect(!bytes.contains(text: kept.text))
        for word in kept.text.split(separator: "-") where word.count > 4 {
            #expect(!bytes.contains(text: "\(word)-"), "\(word)")
        }
        for text in ["\"ticks\"", "\"beats\"", "1785873761", "gap-before"] {
            #expect(!bytes.contains(text: text), "\(text)")
        }
        let row = try #require(try await rows().first)
        // Nonce and tag of ChaChaPoly are 28 bytes.
        #expect(row.lookup.count == 16 && row.wrapped.count == 60 && (row.sealed.count - 28) % 8192 == 0)
    }

    @Test("what was deleted is in no file any more: not its lookup, its key or a piece of it", arguments: [1, 4])
    func deleted(others: Int) async throws {
        let gone = receipt()
        var kept: [PersonalReceipt] = []
        for number in 0..<others {
            let other = receipt()
            kept.append(other)
            try await store.keep(record(7 + number), under: other)
            if number == 0 { try await store.keep(record(3), under: gone) }
        }
        let row = try #require(try await rows().first { $0.lookup == (try lookup(of: gone)) })
        var pieces = [row.lookup, row.wrapped]
        for start in stride(from: 0, to: row.sealed.count - 16, by: 512) {
            pieces.append(row.sealed.dropFirst(start).prefix(16))
        }
        let before = Data(try files())
        for piece in pieces { try #require(before.firstRange(of: piece) != nil) }

        #expect(try await store.deleteReading(gone) == .done)
        let after = Data(try files())
        for piece in pieces { #expect(after.firstRange(of: piece) == nil) }
        #expect(try await store.reading(gone) == nil)
        #expect(try await store.deleteReading(gone) == .unknown)
        for (number, other) in kept.enumerated() { #expect(try await store.reading(other) == record(7 + number)) }
    }

    private func lookup(of receipt: PersonalReceipt) throws -> Data {
        let lock = try store.pool.read { database in
            try Row.fetchOne(database, sql: "SELECT salt, rounds FROM reading_lock")
                .map { (salt: $0[0] as Data, rounds: $0[1] as Int) }
        }
        let known = try #require(lock)
        return try ReadingSeal(receipt, salt: known.salt, rounds: known.rounds).lookup
    }

    @Test("a reader that holds the journal is told of, and the rest is deleted all the same")
    func busy() async throws {
        let gone = receipt()
        try await store.keep(record(3), under: gone)
        let other = try DatabasePool(path: folder.path + "/entrain.sqlite")
        let snapshot = try other.makeSnapshot()
        _ = try await snapshot.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM reading") }
        #expect(try await store.deleteReading(gone) == .journalLater)
        #expect(try await store.reading(gone) == nil)
    }

    @Test("a byte that was changed is noticed")
    func tampered() async throws {
        let kept = receipt()
        try await store.keep(record(3), under: kept)
        try await store.write { database in
            let sealed = try #require(try Data.fetchOne(database, sql: "SELECT sealed FROM reading"))
            var changed = sealed
            changed[100] ^= 1
            try database.execute(sql: "UPDATE reading SET sealed = ?", arguments: [changed])
        }
        let error = await #expect(throws: StoreError.self) { try await store.reading(kept) }
        #expect(error?.kind == .damaged)
    }

    @Test("two folders find the same receipt at different places")
    func salted() async throws {
        let other = try TemporaryFolder()
        let second = try Store(folder: other.path)
        try Self.makeCheap(second)
        let kept = receipt()
        try await store.keep(record(3), under: kept)
        try await second.keep(record(3), under: kept)
        let theirs = try await second.read { try Data.fetchOne($0, sql: "SELECT lookup FROM reading") }
        #expect(try await rows().first?.lookup != theirs)
    }

    @Test("a folder's first reading gives it a lock that makes guessing dear, and later ones keep to it")
    func dear() async throws {
        let other = try TemporaryFolder()
        let fresh = try Store(folder: other.path)
        let kept = receipt()
        try await fresh.keep(record(3), under: kept)
        #expect(try await fresh.reading(kept) == record(3))
        let lock = try await fresh.read { database in
            try Row.fetchAll(database, sql: "SELECT length(salt), rounds FROM reading_lock").map {
                [$0[0] as Int, $0[1]]
            }
        }
        #expect(lock == [[32, 131_072]])
    }
}
