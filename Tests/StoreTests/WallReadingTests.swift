import Glibc
import HRV
import Practice
import TestSupport
import Testing

@testable import Store

@Suite("What a wall reads") struct WallReadingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("without a store there is an error, and nothing is made")
    func nothing() throws {
        let missing = folder.path + "/none"
        #expect(throws: StoreError.self) { _ = try Store(reading: missing) }
        #expect(access(missing, F_OK) != 0)
    }

    @Test("it writes nothing")
    func readOnly() async throws {
        _ = try Store(folder: folder.path)
        let reader = try Store(reading: folder.path)
        let error = try await #require(throws: StoreError.self) {
            try await reader.createGroup(try Roster(group: GroupName("G1"), size: 2))
        }
        #expect(error.kind == .unwritableFolder)
    }

    @Test("it tells phases, straps and scores of those who are recorded, and of nobody else")
    func places() async throws {
        let store = try Store(folder: folder.path)
        let handle = try await store.begin(try Samples.info(codes: ["G1-01": .study, "G1-02": .withdrawn]))
        let span = PhaseSequence.Span(phase: Script.pal30.phases[4], start: 3)
        handle.writer.set(phases: [span])
        handle.writer.add([try Samples.packet("G1-01", 1, t: 30), try Samples.packet("G1-01", 2, t: 31)])
        handle.writer.add([try Samples.beat("G1-01", 1, end: 29), try Samples.beat("G1-01", 2, end: 30.5)])
        let update = CoherenceReading(
            t: 29, score: 1.5, pct: 50, ratio: 2, peakHz: 0.1, band: .medium, clean: 0.9, reason: nil, note: nil,
            heartRate: 70)
        handle.writer.add([CoherenceRecord(code: try Code("G1-01"), reading: update)])
        await handle.writer.flush()
        let reading = try #require(try await Store(reading: folder.path).wallReading(nil, followsAll: true))
        #expect(reading.state == .running && reading.spans == [span] && reading.newest == 31)
        #expect(reading.places == [.init(packet: 31, beat: 30.5, update: 29, score: 1.5, clean: 0.9)])
    }

    @Test("of the group's rhythm it tells the newest, and nothing is left of it after the session")
    func rhythm() async throws {
        let store = try Store(folder: folder.path)
        let handle = try await store.begin(try Samples.info())
        let reader = try Store(reading: folder.path)
        var rhythm = GroupRhythm(
            phase: "practice-1", title: "Practice 1", pacerRate: 6, locking: 0.4, resultant: 0.3, codes: 5, updates: 6,
            reason: nil)
        #expect(try await reader.wallReading(nil, followsAll: true)?.rhythm == nil)
        for (locking, t) in [(0.4, 100.0), (0.6, 105)] {
            rhythm.locking = locking
            handle.writer.set(rhythm: rhythm, at: t)
            await handle.writer.flush()
        }
        #expect(
            try await reader.wallReading(nil, followsAll: true)?.rhythm
                == .init(t: 105, phase: "practice-1", locking: 0.6, codes: 5))
        #expect(await store.end(handle, seconds: 120) == nil)
        #expect(try await reader.wallReading(handle.info.name, followsAll: false)?.rhythm == nil)
    }

    @Test("it goes on with the group's next session, and with another group's only when it follows all")
    func follows() async throws {
        let store = try Store(folder: folder.path)
        let reader = try Store(reading: folder.path)
        #expect(try await reader.wallReading(nil, followsAll: true) == nil)
        let first = try await store.begin(try Samples.info())
        #expect(await store.end(first, seconds: 60) == nil)
        #expect(try await reader.wallReading(nil, followsAll: true) == nil)
        let name = first.info.name
        #expect(try await reader.wallReading(name, followsAll: false)?.state == .ended)

        var other = try Samples.info(name: "20260804-G2", codes: ["G2-01": .study])
        other.group = try GroupName("G2")
        let second = try await store.begin(other)
        #expect(try await reader.wallReading(name, followsAll: false)?.info.name == name)
        #expect(try await reader.wallReading(name, followsAll: true)?.info.name == "20260804-G2")
        let third = try await store.begin(try Samples.info())
        let next = try #require(try await reader.wallReading(name, followsAll: false))
        #expect(next.info.name == "20260804-G1-2" && next.state == .running)
        await #expect(throws: StoreError(.unknownSession, "20200101-G9")) {
            _ = try await reader.wallReading("20200101-G9", followsAll: false)
        }
        for handle in [second, third] { #expect(await store.end(handle, seconds: 1) == nil) }
    }

    @Test("who records a session stands in its lock")
    func recorder() async throws {
        let store = try Store(folder: folder.path)
        let handle = try await store.begin(try Samples.info())
        #expect(store.recorder(of: handle.info.name) == getpid())
        #expect(await store.end(handle, seconds: 1) == nil)
        #expect(store.recorder(of: handle.info.name) == nil)
    }
}
