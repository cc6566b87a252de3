import Glibc
import Practice
import TestSupport
import Testing
import Timekeeping

@testable import Store

@Suite("Sessions") struct SessionTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
    }

    @Test("the second session of a day gets -2, the third -3, another group none")
    func names() async throws {
        let group = try GroupName("G1")
        #expect(try await store.nextSessionName(group: group, day: "20260804") == "20260804-G1")
        let first = try await store.begin(try Samples.info())
        #expect(try await store.nextSessionName(group: group, day: "20260804") == "20260804-G1-2")
        #expect(await store.end(first, seconds: 10) == nil)
        let second = try await store.begin(try Samples.info())
        #expect(await store.end(second, seconds: 10) == nil)
        let third = try await store.begin(try Samples.info())
        #expect([first, second, third].map(\.info.name) == ["20260804-G1", "20260804-G1-2", "20260804-G1-3"])
        #expect(try await store.nextSessionName(group: GroupName("G2"), day: "20260804") == "20260804-G2")
        #expect(try await store.record(named: "20260804-G1-2").info.name == "20260804-G1-2")
    }

    @Test("names that are no file names are refused", arguments: ["", "../x", "a b", "-x", "é"])
    func badNames(_ name: String) async throws {
        let info = try Samples.info(name: name)
        let error = try await #require(throws: StoreError.self) { _ = try await store.begin(info) }
        #expect(error.kind == .badSessionName)
    }

    @Test("a code of another group is refused")
    func stranger() async throws {
        let info = try Samples.info(codes: ["G2-01": .study])
        await #expect(throws: StoreError(.unknownCode, "G2-01")) { _ = try await store.begin(info) }
        #expect(try await store.sessions().isEmpty)
    }

    @Test("a session is running while its handle lives, interrupted without it, ended after its end")
    func states() async throws {
        var handle: SessionHandle? = try await store.begin(try Samples.info())
        handle?.writer.add([try Samples.packet("G1-01", 1, t: 30)])
        handle?.writer.add([try Samples.beat("G1-01", 1, end: 29), try Samples.beat("G1-01", 2, end: 30)])
        handle?.writer.add([try Samples.beat("G1-01", 2, end: 31)])
        await handle?.writer.flush()
        let expected = SessionListing(
            name: "20260804-G1", group: try GroupName("G1"), started: Samples.started, seconds: 30, codes: 2, beats: 2,
            state: .running)
        #expect(try await store.sessions() == [expected])
        #expect(try await store.sessions().first?.minutes == 0.5)
        handle = nil
        #expect(try await store.sessions().map(\.state) == [.interrupted])
        let second = try await store.begin(try Samples.info())
        second.writer.add([try Samples.beat("G1-01", 1, end: 29)])
        #expect(await store.end(second, seconds: 60) == nil)
        let listed = try await store.sessions()
        #expect(listed.map(\.state) == [.interrupted, .ended])
        #expect(listed.last?.minutes == 1)
        #expect(listed.last?.beats == 1)
        #expect(access(folder.path + "/20260804-G1-2.lock", F_OK) != 0)
        #expect(try await store.record(named: "20260804-G1-2").info.seconds == 60)
    }

    @Test("an interrupted session can be ended; a running one cannot")
    func endingInterrupted() async throws {
        var handle: SessionHandle? = try await store.begin(try Samples.info())
        handle?.writer.add([try Samples.packet("G1-01", 1, t: 12.5)])
        await handle?.writer.flush()
        await #expect(throws: StoreError(.sessionRunning, "20260804-G1")) {
            try await store.endInterrupted(named: "20260804-G1")
        }
        handle = nil
        try await store.endInterrupted(named: "20260804-G1")
        try await store.endInterrupted(named: "20260804-G1")
        #expect(try await store.sessions().map(\.state) == [.ended])
        #expect(try await store.record(named: "20260804-G1").info.seconds == 12.5)
    }

    @Test("sessions are listed oldest first, whatever the order they were begun in")
    func order() async throws {
        for (name, day) in [("20260806-G1", 2), ("20260804-G1", 0), ("20260805-G1", 1)] {
            var info = try Samples.info(name: name)
            info.started = info.started.advanced(by: .seconds(day * 86_400))
            let handle = try await store.begin(info)
            #expect(await store.end(handle, seconds: 1) == nil)
        }
        #expect(try await store.sessions().map(\.name) == ["20260804-G1", "20260805-G1", "20260806-G1"])
    }

    @Test("what was agreed to for the session only is gone after its end, also from the disk")
    func sessionConsent() async throws {
        let info = try Samples.info(codes: ["G1-01": .study, "G1-02": .session])
        let handle = try await store.begin(info)
        let secret = "a note on a person"
        for code in ["G1-01", "G1-02"] {
            handle.writer.add([try Samples.packet(code, 1, t: 1)])
            handle.writer.add([try Samples.beat(code, 1, end: 1)])
        }
        handle.writer.add([MarkerRecord(t: 1, code: try Code("G1-02"), kind: "mark", text: secret)])
        handle.writer.add([MarkerRecord(t: 1, code: nil, kind: "mark", text: "door")])
        await handle.writer.flush()
        #expect(try await store.record(named: "20260804-G1").beats.count == 2)
        #expect(await store.end(handle, seconds: 2) == nil)
        let record = try await store.record(named: "20260804-G1")
        #expect(record.packets.map(\.code.description) == ["G1-01"])
        #expect(record.beats.map(\.code.description) == ["G1-01"])
        #expect(record.markers.map(\.text) == ["door"])
        #expect(record.info.codes == info.codes)
        for name in ["entrain.sqlite", "entrain.sqlite-wal"] {
            #expect(try !Bytes.read(folder.path + "/" + name).contains(text: secret))
        }
    }

    @Test("an unknown session is named")
    func unknown() async throws {
        await #expect(throws: StoreError(.unknownSession, "20260804-G9")) {
            _ = try await store.record(named: "20260804-G9")
        }
        await #expect(throws: StoreError(.unknownSession, "20260804-G9")) {
            try await store.endInterrupted(named: "20260804-G9")
        }
    }
}
