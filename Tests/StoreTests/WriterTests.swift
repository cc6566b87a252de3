import GRDB
import HeartRate
import Practice
import TestSupport
import Testing
import Timekeeping

@testable import Store

@Suite("The writer") struct WriterTests {
    let folder: TemporaryFolder
    let store: Store
    let clock = ManualClock()

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
    }

    /// Lets other tasks run until `condition` holds; a test whose condition never holds ends by its time limit.
    private func until(_ condition: () async throws -> Bool) async throws {
        while try await !condition() { await Task.yield() }
    }

    private func kept() async throws -> Int { try await store.record(named: "20260804-G1").packets.count }

    private func limitPages(_ change: @escaping @Sendable (Int) -> Int) async throws {
        try await store.pool.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(change(pages))")
        }
    }

    @Test("rows are gathered for 250 ms and then written without anybody asking", .timeLimit(.minutes(1)))
    func gathering() async throws {
        let handle = try await store.begin(try Samples.info(), clock: clock)
        handle.writer.add([try Samples.packet("G1-01", 1, t: 1)])
        handle.writer.add([try Samples.packet("G1-01", 2, t: 2)])
        try await until { clock.sleeperCount == 1 }
        clock.advance(by: .milliseconds(249))
        #expect(clock.sleeperCount == 1)
        #expect(try await kept() == 0)
        clock.advance(by: .milliseconds(1))
        try await until { try await kept() == 2 }
        handle.writer.add([try Samples.packet("G1-01", 3, t: 3)])
        try await until { clock.sleeperCount == 1 }
        clock.advance(by: .milliseconds(250))
        try await until { try await kept() == 3 }
    }

    @Test("a full disk is told once, keeps every row, and is tried again every second", .timeLimit(.minutes(1)))
    func fullDisk() async throws {
        let handle = try await store.begin(try Samples.info(), clock: clock)
        var troubles = handle.writer.troubles.makeAsyncIterator()
        try await limitPages { $0 }
        var big = try Samples.packet("G1-01", 1, t: 1)
        big.bytes = [UInt8](repeating: 7, count: 20_000)
        handle.writer.add([big])
        await handle.writer.flush()
        let began = try #require(await troubles.next())
        #expect(began.kind == .began)
        #expect(began.cause.kind == .diskFull)
        #expect(began.description.contains("Free some space"))
        handle.writer.add([try Samples.packet("G1-01", 2, t: 2)])
        await handle.writer.flush()
        // One row names the strap, two are packets.
        #expect(handle.writer.waitingRows == 3)
        #expect(try await kept() == 0)
        try await limitPages { _ in 1_000_000 }
        clock.advance(by: .seconds(1))
        try await until { try await kept() == 2 }
        let over = try #require(await troubles.next())
        #expect(over.kind == .over)
        #expect(over.rows == 3)
        #expect(try await store.record(named: "20260804-G1").packets.first == big)
        #expect(await handle.writer.close() == nil)
        #expect(await troubles.next() == nil)
    }

    @Test("closing on a full disk says how many rows are lost, and can be tried again")
    func closingOnFullDisk() async throws {
        let handle = try await store.begin(try Samples.info(), clock: clock)
        try await limitPages { $0 }
        var big = try Samples.packet("G1-01", 1, t: 1)
        big.bytes = [UInt8](repeating: 7, count: 20_000)
        handle.writer.add([big])
        let trouble = try #require(await store.end(handle, seconds: 5))
        #expect(trouble.kind == .unwritten)
        #expect(trouble.rows == 2)
        #expect(trouble.description.contains("2 rows"))
        #expect(try await store.sessions().map(\.state) == [.running])
        try await limitPages { _ in 1_000_000 }
        #expect(await store.end(handle, seconds: 5) == nil)
        #expect(try await store.sessions().map(\.state) == [.ended])
        #expect(try await kept() == 1)
    }

    @Test("a cancelled caller cuts nothing off")
    func cancelled() async throws {
        let handle = try await store.begin(try Samples.info(), clock: clock)
        handle.writer.add([try Samples.packet("G1-01", 1, t: 1)])
        let store = store
        let ending = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await store.end(handle, seconds: 1)
        }
        #expect(await ending.value == nil)
        #expect(try await kept() == 1)
        #expect(try await store.sessions().map(\.state) == [.ended])
    }

    @Test(
        "rows of a code without consent are not taken",
        arguments: [
            ("G1-01", 1, 0), ("G1-02", 1, 0), ("G1-03", 0, 1), ("G1-04", 0, 1), ("G1-09", 0, 1), ("G2-01", 0, 1),
        ])
    func consent(code: String, kept: Int, refused: Int) async throws {
        let info = try Samples.info(
            codes: ["G1-01": .study, "G1-02": .session, "G1-03": Consent.none, "G1-04": .withdrawn])
        let handle = try await store.begin(info, clock: clock)
        handle.writer.add([try Samples.packet(code, 1, t: 1)])
        await handle.writer.flush()
        #expect(try await self.kept() == kept)
        #expect(handle.writer.refusedRows == (refused == 0 ? [:] : [try Code(code): refused]))
    }

    @Test("a code that comes late is taken in, one that withdraws is recorded no longer")
    func lateAndWithdrawn() async throws {
        let handle = try await store.begin(try Samples.info(codes: ["G1-01": .study]), clock: clock)
        let (first, late) = (try Code("G1-01"), try Code("G1-02"))
        handle.writer.admit(late, consent: .study)
        handle.writer.add([try Samples.packet("G1-02", 1, t: 1)])
        handle.writer.admit(first, consent: .withdrawn)
        handle.writer.add([try Samples.packet("G1-01", 1, t: 1)])
        await handle.writer.flush()
        let record = try await store.record(named: "20260804-G1")
        #expect(record.packets.map(\.code) == [late])
        #expect(record.info.codes == [first: .withdrawn, late: .study])
    }

    @Test("sixty codes at twice the pace of life for a minute are all there, in order")
    func load() async throws {
        let codes = try (1...60).map { try Code(group: GroupName("G1"), place: $0) }
        var info = try Samples.info()
        info.codes = Dictionary(uniqueKeysWithValues: codes.map { ($0, .study) })
        let handle = try await store.begin(info, clock: clock)
        for second in 1...120 {
            for code in codes {
                handle.writer.add([try Samples.packet(code.description, second, t: Double(second))])
                handle.writer.add([try Samples.beat(code.description, second, end: Double(second))])
            }
            if second % 4 == 0 { await handle.writer.flush() }
        }
        let record = try await store.record(named: "20260804-G1")
        #expect(record.packets.count == 7200)
        #expect(record.beats.map(\.beat.sequence) == codes.flatMap { _ in 1...120 })
        #expect(record.packets.map(\.code) == codes.flatMap { Array(repeating: $0, count: 120) })
    }
}
