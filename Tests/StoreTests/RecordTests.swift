import HeartRate
import Practice
import TestSupport
import Testing

@testable import Store

@Suite("Records") struct RecordTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
    }

    private func keep(_ record: SessionRecord) async throws -> SessionHandle {
        let handle = try await store.begin(record.info)
        handle.writer.set(phases: [record.phases[0]])
        handle.writer.set(phases: record.phases)
        handle.writer.add(record.packets)
        handle.writer.add(record.beats)
        handle.writer.add(record.coherence)
        handle.writer.add(record.markers)
        handle.writer.add(record.links)
        await handle.writer.flush()
        return handle
    }

    @Test("everything comes back bit for bit, running, in another process, and after the end")
    func roundTrip() async throws {
        var record = try Samples.record()
        let handle = try await keep(record)
        #expect(try await store.record(named: "20260804-G1") == record)
        #expect(try await Store(folder: folder.path).record(named: "20260804-G1") == record)
        #expect(await store.end(handle, seconds: 1880.25) == nil)
        record.info.seconds = 1880.25
        #expect(try await store.record(named: "20260804-G1") == record)
    }

    @Test(
        "times keep their last bit", arguments: [0.1, 1.0 / 3, 5, 86_399.999_999_999_99, 1e-300, -0.25, 1e15 + 0.125])
    func times(_ t: Double) async throws {
        let handle = try await store.begin(try Samples.info())
        handle.writer.add([try Samples.beat("G1-01", 1, end: t)])
        handle.writer.add([try Samples.packet("G1-01", 1, t: 0)])
        handle.writer.add([MarkerRecord(t: t, code: nil, kind: "mark", text: "")])
        await handle.writer.flush()
        let record = try await store.record(named: "20260804-G1")
        #expect(record.beats.first?.beat.end?.bitPattern == t.bitPattern)
        #expect(record.markers.first?.t.bitPattern == t.bitPattern)
    }

    @Test("what a strap says of itself comes back by its label, and what it does not say is absent")
    func descriptions() async throws {
        let handle = try await store.begin(try Samples.info())
        let said = StrapDescription(manufacturer: "Polar", model: "H10", firmware: nil, location: .chest)
        handle.writer.describe(strap: "Polar H10 A1B2C3D4", said)
        handle.writer.describe(strap: "TICKR", StrapDescription())
        await handle.writer.flush()
        #expect(try await store.record(named: "20260804-G1").straps == ["Polar H10 A1B2C3D4": said])
    }

    @Test("rows are ordered by code and number, however they came")
    func order() async throws {
        let handle = try await store.begin(try Samples.info())
        handle.writer.add([try Samples.beat("G1-02", 1, end: 1), try Samples.beat("G1-01", 1, end: 2)])
        handle.writer.add([try Samples.beat("G1-02", 2, end: 3), try Samples.beat("G1-01", 2, end: 4)])
        await handle.writer.flush()
        let beats = try await store.record(named: "20260804-G1").beats
        #expect(beats.map(\.beat.end) == [2, 4, 1, 3])
    }

    @Test("a beat that is placed anew replaces the one with its number, before and after it was written")
    func revising() async throws {
        let handle = try await store.begin(try Samples.info())
        handle.writer.add(try (1...3).map { try Samples.beat("G1-01", $0, end: Double($0)) })
        await handle.writer.flush()
        handle.writer.add([try Samples.beat("G1-01", 4, end: 4)])
        handle.writer.add([try Samples.beat("G1-02", 2, end: 40)])
        handle.writer.add([
            try Samples.beat("G1-01", 2, end: 12, flag: .gapBefore, segment: 2),
            try Samples.beat("G1-01", 4, end: 14, segment: 2),
        ])
        await handle.writer.flush()
        let beats = try await store.record(named: "20260804-G1").beats
        #expect(beats.map(\.beat.sequence) == [1, 2, 3, 4, 2])
        #expect(beats.map(\.beat.end) == [1, 12, 3, 14, 40])
        #expect(beats.map(\.beat.segment) == [1, 2, 1, 2, 1])
        #expect(try await store.sessions().first?.beats == 5)
    }

    @Test("one code can be read alone, with the marks of the group")
    func oneCode() async throws {
        let record = try Samples.record()
        let handle = try await keep(record)
        let code = try Samples.code("G1-02")
        let alone = try await store.record(named: handle.info.name, only: code)
        #expect(alone.packets == record.packets.filter { $0.code == code })
        #expect(alone.beats == record.beats.filter { $0.code == code })
        #expect(alone.coherence == record.coherence.filter { $0.code == code })
        #expect(alone.markers == record.markers)
        #expect(alone.links.isEmpty)
    }

    @Test("sessions do not mix")
    func twoSessions() async throws {
        let first = try await keep(try Samples.record())
        #expect(await store.end(first, seconds: 10) == nil)
        let second = try await store.begin(try Samples.info())
        second.writer.add([try Samples.packet("G1-02", 7, t: 1)])
        await second.writer.flush()
        #expect(try await store.record(named: first.info.name).packets == Samples.record().packets)
        #expect(try await store.record(named: second.info.name).packets.map(\.number) == [7])
        #expect(try await store.record(named: second.info.name).beats.isEmpty)
    }
}
