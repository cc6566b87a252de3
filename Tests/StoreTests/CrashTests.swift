import Glibc
import HeartRate
import Practice
import TestSupport
import Testing

@testable import Store

/// Real processes: each body runs in a child of its own.
@Suite("Other processes", .timeLimit(.minutes(2))) struct CrashTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("what was written before a kill is there, and the session is interrupted")
    func killed() async throws {
        let path = folder.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let handle = try await Store(folder: path).begin(try Samples.info())
            handle.writer.add([try Samples.packet("G1-01", 1, t: 1), try Samples.packet("G1-01", 2, t: 2)])
            handle.writer.add([try Samples.beat("G1-01", 1, end: 1)])
            await handle.writer.flush()
            handle.writer.add([try Samples.packet("G1-01", 3, t: 3)])
            kill(getpid(), SIGKILL)
        }
        let store = try Store(folder: path)
        let listed = try await store.sessions()
        #expect(listed.map(\.state) == [.interrupted])
        #expect(listed.map(\.beats) == [1])
        let record = try await store.record(named: "20260804-G1")
        #expect(record.packets == [try Samples.packet("G1-01", 1, t: 1), try Samples.packet("G1-01", 2, t: 2)])
        #expect(try await store.begin(try Samples.info()).info.name == "20260804-G1-2")
    }

    @Test("another process sees a running session, reads it while it is written, and writes beside it")
    func besides() async throws {
        let path = folder.path
        let store = try Store(folder: path)
        let handle = try await store.begin(try Samples.info())
        handle.writer.add([try Samples.packet("G1-01", 1, t: 1)])
        await handle.writer.flush()
        let writing = Task {
            for number in 2...200 {
                handle.writer.add([try Samples.packet("G1-01", number, t: Double(number))])
                await handle.writer.flush()
            }
        }
        await #expect(processExitsWith: .success) { [path = path as String] in
            let other = try Store(folder: path)
            #expect(try await other.sessions().map(\.state) == [.running])
            try await other.createGroup(try Roster(group: GroupName("G2"), size: 2))
            for _ in 1...20 {
                let packets = try await other.record(named: "20260804-G1").packets
                #expect(packets.map(\.number) == Array(1...packets.count))
            }
        }
        try await writing.value
        #expect(try await store.record(named: "20260804-G1").packets.count == 200)
        #expect(try await store.rosters().map(\.group.text) == ["G2"])
        #expect(await store.end(handle, seconds: 200) == nil)
    }

    @Test("two processes record two groups at once, and the second of one group is refused")
    func twoGateways() async throws {
        let path = folder.path
        let store = try Store(folder: path)
        let handle = try await store.begin(try Samples.info())
        await #expect(processExitsWith: .success) { [path = path as String] in
            let other = try Store(folder: path)
            await #expect(throws: StoreError(.groupRunning, "G1", detail: "20260804-G1")) {
                try await other.begin(try Samples.info())
            }
            let group = try GroupName("G2")
            var info = try Samples.info(name: "20260804-G2", codes: [:])
            info.group = group
            info.codes = [try Code("G2-01"): .study]
            let second = try await other.begin(info)
            for number in 1...100 { second.writer.add([try Samples.packet("G2-01", number, t: Double(number))]) }
            #expect(await other.end(second, seconds: 100) == nil)
        }
        for number in 1...100 { handle.writer.add([try Samples.packet("G1-01", number, t: Double(number))]) }
        #expect(await store.end(handle, seconds: 100) == nil)
        for name in ["20260804-G1", "20260804-G2"] {
            #expect(try await store.record(named: name).packets.map(\.number) == Array(1...100), "\(name)")
        }
        #expect(try await store.begin(try Samples.info()).info.name == "20260804-G1-2")
    }
}
