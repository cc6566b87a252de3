import GRDB
import Practice
@testable import Store
import TestSupport
import Testing
import Timekeeping

@Suite("Straps that are known") struct StrapTests {
    let folder: TemporaryFolder
    let store: Store
    let group: GroupName
    let polar = StrapIdentity(address: "A0:9E:1A:B2:C3:D4", name: "Polar H10 A1B2C3D4")
    let tickr = StrapIdentity(address: "E0:00:00:00:00:01", name: "TICKR 0001")

    init() async throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
        group = try GroupName("G1")
        try await store.createGroup(try Roster(group: group, size: 3))
    }

    @Test("a strap is known by its code, by its label, or by both, and listed once")
    func listing() async throws {
        #expect(try await store.knownStraps().isEmpty)
        let code = try Code("G1-02")
        try await store.setStrap(code, polar)
        #expect(try await store.knownStraps() == [KnownStrap(identity: polar, code: code)])
        try await store.setLabel(tickr, SchoolLabel("S10"))
        try await store.setLabel(polar, SchoolLabel("S3"))
        let both = KnownStrap(identity: polar, label: try SchoolLabel("S3"), code: code)
        let labelled = KnownStrap(identity: tickr, label: try SchoolLabel("S10"))
        #expect(try await store.knownStraps() == [both, labelled])
        #expect(try await Store(folder: folder.path).knownStraps() == [both, labelled])
    }

    @Test("a label belongs to one strap, whatever the case of its letters")
    func taken() async throws {
        try await store.setLabel(polar, SchoolLabel("S3"))
        let error = await #expect(throws: StoreError.self) { try await store.setLabel(tickr, SchoolLabel("s3")) }
        #expect(error?.kind == .labelTaken && error?.detail == "A1B2C3D4")
        try await store.setLabel(polar, SchoolLabel("s3"))
        try await store.setLabel(polar, nil)
        try await store.setLabel(tickr, SchoolLabel("S3"))
        #expect(try await store.knownStraps().map(\.identity) == [tickr])
    }

    @Test("a new label takes the old one's place; an address is the same in any case")
    func relabelling() async throws {
        try await store.setLabel(polar, SchoolLabel("S3"))
        let small = StrapIdentity(address: polar.address.lowercased(), name: polar.name)
        try await store.setLabel(small, SchoolLabel("S4"))
        #expect(try await store.knownStraps().map { $0.label?.text } == ["S4"])
    }

    @Test("a forgotten strap has neither code nor label, and others keep theirs")
    func forgetting() async throws {
        try await store.setStrap(try Code("G1-01"), polar)
        try await store.setLabel(polar, SchoolLabel("S3"))
        try await store.setLabel(tickr, SchoolLabel("S4"))
        try await store.forgetStrap(polar.address.lowercased())
        #expect(try await store.knownStraps().map(\.identity) == [tickr])
        #expect(try await store.owner(ofStrap: polar.address) == nil)
        #expect(try await store.roster(group).members.map(\.strap) == [nil, nil, nil])
    }

    @Test("a strap whose group's session runs is not forgotten; afterwards it is, and its last signal is still known")
    func running() async throws {
        let code = try Code("G1-01")
        try await store.setStrap(code, polar)
        let info = try Samples.info()
        let handle = try await store.begin(info)
        handle.writer.add([
            LinkRecord(code: code, segment: 1, strap: polar.label, event: .connect, t: 2, rssi: -54, battery: 80),
            LinkRecord(code: code, segment: 1, strap: polar.label, event: .lost, t: 9.5, rssi: -61, battery: 80),
            LinkRecord(code: code, segment: 1, strap: polar.label, event: .back, t: 12, rssi: nil, battery: 80),
        ])
        let error = await #expect(throws: StoreError.self) { try await store.forgetStrap(polar.address) }
        #expect(error?.kind == .sessionRunning)
        #expect(await store.end(handle, seconds: 20) == nil)
        try await store.forgetStrap(polar.address)
        let last = try #require(try await store.lastSignal(of: polar))
        #expect(last.rssi == -61)
        #expect(last.at == info.started.advanced(by: .milliseconds(9500)))
        #expect(try await store.lastSignal(of: tickr) == nil)
    }

    @Test(
        "a signal of a wrong type is damage, with a sentence", arguments: ["rssi = '{}'", "t = 1e300", "rssi = x'00'"])
    func damagedSignal(_ change: String) async throws {
        let code = try Code("G1-01")
        try await store.setStrap(code, polar)
        let handle = try await store.begin(try Samples.info())
        handle.writer.add([
            LinkRecord(code: code, segment: 1, strap: polar.label, event: .connect, t: 2, rssi: -54, battery: 80)
        ])
        #expect(await store.end(handle, seconds: 20) == nil)
        #expect(try await store.lastSignal(of: polar)?.rssi == -54)
        try await store.write { try $0.execute(sql: "UPDATE link SET \(change)") }
        let error = try await #require(throws: StoreError.self) { _ = try await store.lastSignal(of: polar) }
        #expect(error.kind == .damaged && error.description.contains(folder.path))
    }

    @Test("a file of the version before labels is brought up to date and keeps what it holds")
    func migration() async throws {
        try await store.setStrap(try Code("G1-01"), polar)
        let file = folder.path + "/entrain.sqlite"
        let queue = try DatabaseQueue(path: file)
        try await queue.write { database in
            try database.execute(sql: "DROP TABLE strap_label")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '2 strap labels'")
            #expect(database.changesCount == 1)
        }
        try queue.close()
        let later = try Store(folder: folder.path)
        try await later.setLabel(polar, SchoolLabel("S3"))
        #expect(try await later.knownStraps().map { $0.code?.description } == ["G1-01"])
    }
}
