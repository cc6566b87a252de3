import FoundationEssentials
import GRDB
import Practice
import TestSupport
import Testing

@testable import Store

@Suite("Sealing", .serialized) struct SealingTests {
    private func sealed(_ room: SealedStore, _ record: SessionRecord) async throws -> Sealing {
        _ = try await room.store.add([room.key.publicKey])
        try await room.record(record)
        return try #require(try await room.store.seal(record.info.name, hasSlips: true))
    }

    @Test("what is opened is what was recorded, row by row and bit by bit")
    func same() async throws {
        for record in [try Samples.record(), try Samples.crowd()] {
            let room = try SealedStore()
            try await room.record(record)
            let places = record.info.codes.keys.map(\.place).sorted()
            let before = try await room.rows(of: record.info.name, places: places)
            let read = try await room.store.record(named: record.info.name)
            #expect(before.allSatisfy { !$0.tables.isEmpty })
            _ = try await room.store.add([room.key.publicKey])
            let sealing = try await room.store.seal(record.info.name, hasSlips: false)
            #expect(sealing?.codes == record.info.codes.keys.sorted() && sealing?.slips.isEmpty == true)
            #expect(try await room.rows(of: record.info.name, places: places).allSatisfy(\.tables.isEmpty))
            #expect(try await room.opened(record.info.name, places: places) == before)
            #expect(try await room.store.record(named: record.info.name, key: room.key) == read)
        }
    }

    @Test("nothing of it is in any file: no packet, no note, no strap; what is the group's stays")
    func hidden() async throws {
        let room = try SealedStore()
        let record = try Samples.crowd()
        try await room.record(record)
        for place in 1...4 {
            try #require(try room.holds(Samples.raw(place, 300)) && room.holds("note-of-place-\(place)"))
        }
        _ = try await room.store.add([room.key.publicKey])
        let sealing = try #require(try await room.store.seal(record.info.name, hasSlips: true))
        #expect(sealing.isTidy == true && sealing.slips.count == 4)
        for place in 1...4 {
            for number in stride(from: 1, through: 600, by: 23) {
                #expect(try !room.holds(Samples.raw(place, number)), "\(place) \(number)")
            }
            #expect(try !room.holds("note-of-place-\(place)") && !room.holds("SECRET0\(place)"))
        }
        #expect(try room.holds("group-mark"))
        for slip in sealing.slips { #expect(try !room.holds(slip.receipt.text)) }
    }

    @Test("without the key it is refused in a sentence, and counts and clean shares are there for all")
    func counts() async throws {
        let room = try SealedStore()
        _ = try await sealed(room, try Samples.crowd())
        let name = "20260804-G1"
        let error = await #expect(throws: StoreError.self) { try await room.store.record(named: name) }
        #expect(error?.kind == .sealed && error?.description.contains("--key FILE") == true)
        #expect(error?.description.contains(room.key.publicKey.fingerprint) == true)
        let other = try FacilitatorPrivateKey()
        let refused = await #expect(throws: StoreError.self) {
            try await room.store.record(named: name, key: other)
        }
        #expect(refused?.kind == .otherKey)
        let seen = try #require(try await room.store.sealedSession(name))
        #expect(seen.parts.map(\.packets) == [600, 600, 600, 600] && seen.parts.map(\.beats) == [600, 600, 600, 600])
        let record = try await room.store.record(named: name, key: room.key)
        let clean = SessionSummary(
            info: record.info, seconds: 600, phases: PhaseSummary.all(of: record, replays: record.replays())
        ).rows.map(\.clean)
        #expect(seen.parts.map(\.clean) == clean && clean.allSatisfy { $0 != nil })
        #expect(try await room.store.sessions().map(\.beats) == [2400])
    }

    @Test("each of two recipients opens it, and each slip its own part alone")
    func recipients() async throws {
        let room = try SealedStore()
        let second = try FacilitatorPrivateKey()
        _ = try await room.store.add([second.publicKey])
        let sealing = try await sealed(room, try Samples.crowd())
        let whole = try await room.store.record(named: "20260804-G1", key: room.key)
        #expect(try await room.store.record(named: "20260804-G1", key: second) == whole)
        for slip in sealing.slips {
            let own = try #require(try await room.store.ownPart(slip.receipt))
            #expect(own.code == slip.code)
            #expect(own.record.beats == whole.beats.filter { $0.code == slip.code })
            #expect(own.record.packets == whole.packets.filter { $0.code == slip.code })
            #expect(Set(own.record.markers.compactMap(\.code)) == [slip.code])
        }
        #expect(try await room.store.ownPart(try PersonalReceipt("melon-harbor-42-tide")) == nil)
    }

    @Test("new slips take the place of the old ones")
    func newSlips() async throws {
        let room = try SealedStore()
        let sealing = try await sealed(room, try Samples.crowd(places: 1...2))
        let code = try Samples.code("G1-02")
        let slips = try await room.store.newSlips(for: "20260804-G1", only: code, key: room.key)
        #expect(slips.map(\.code) == [code])
        #expect(try await room.store.ownPart(sealing.slips[1].receipt) == nil)
        #expect(try await room.store.ownPart(slips[0].receipt)?.code == code)
        #expect(try await room.store.ownPart(sealing.slips[0].receipt)?.code == (try Samples.code("G1-01")))
    }

    @Test("cut off in the middle, nothing is lost, and it goes on where it stood", arguments: [0, 1, 3])
    func cutOff(after done: Int) async throws {
        let room = try SealedStore()
        let record = try Samples.crowd()
        try await room.record(record)
        let before = try await room.rows(of: record.info.name, places: [1, 2, 3, 4])
        _ = try await room.store.add([room.key.publicKey])
        try await room.store.write { database in
            // The last step of a part fails, after its lock was written.
            try database.execute(
                sql: """
                    CREATE TRIGGER cut BEFORE DELETE ON link WHEN (SELECT COUNT(*) FROM sealed_part) > \(done)
                    BEGIN SELECT RAISE(ABORT, 'cut off'); END
                    """)
        }
        if done == 0 {
            await #expect(throws: StoreError.self) { try await room.store.seal(record.info.name, hasSlips: true) }
        } else {
            let some = try #require(try await room.store.seal(record.info.name, hasSlips: true))
            #expect(some.trouble != nil && some.codes.count == done)
            for slip in some.slips { #expect(try await room.store.ownPart(slip.receipt)?.code == slip.code) }
            #expect(some.slips.count == done, "who was sealed before has a slip")
        }
        #expect(try await room.store.plainSessions() == [record.info.name])
        let sealedOnes = try await room.store.sealedSession(record.info.name)?.parts.count ?? 0
        #expect(sealedOnes == done)
        #expect(try await room.opened(record.info.name, places: [1, 2, 3, 4]) == before)
        try await room.store.write { try $0.execute(sql: "DROP TRIGGER cut") }
        let rest = try #require(try await room.store.seal(record.info.name, hasSlips: true))
        #expect(rest.codes.count == 4 - done)
        #expect(try await room.opened(record.info.name, places: [1, 2, 3, 4]) == before)
        #expect(try await room.store.plainSessions().isEmpty)
        #expect(try await room.store.seal(record.info.name, hasSlips: true)?.codes.isEmpty == true)
    }

    @Test("a byte that was changed is noticed, in the part and in its lock")
    func tampered() async throws {
        for (table, column) in [("sealed_part", "content"), ("sealed_key", "wrapped")] {
            let room = try SealedStore()
            _ = try await sealed(room, try Samples.crowd(places: 1...1))
            try await room.store.write { database in
                let rows = try Row.fetchAll(database, sql: "SELECT rowid FROM sealed_part")
                try #require(rows.count == 1)
                var bytes = try #require(try Data.fetchOne(database, sql: "SELECT \(column) FROM \(table)"))
                bytes[bytes.startIndex + 40] ^= 1
                try database.execute(sql: "UPDATE \(table) SET \(column) = ?", arguments: [bytes])
            }
            let error = await #expect(throws: StoreError.self) {
                try await room.store.record(named: "20260804-G1", key: room.key)
            }
            #expect(error?.kind == .damaged, "\(table)")
        }
    }

    @Test("a sealed session can be corrected with the key, and takes no import")
    func corrected() async throws {
        let room = try SealedStore()
        _ = try await sealed(room, try Samples.crowd(places: 1...2))
        let change = Reassignment(
            from: try Samples.code("G1-01"), to: try Samples.code("G1-03"), start: 0, end: .infinity, isExchange: false,
            made: Samples.started)
        try await room.store.mergeRoster(
            Roster(group: try GroupName("G1"), members: [Member(code: change.to, consent: .study)]))
        let refused = await #expect(throws: StoreError.self) {
            try await room.store.reassign("20260804-G1", change)
        }
        #expect(refused?.kind == .sealed)
        #expect(try await room.store.reassign("20260804-G1", change, key: room.key).packets == 600)
        let record = try await room.store.record(named: "20260804-G1", key: room.key)
        #expect(Set(record.packets.map(\.code.description)) == ["G1-02", "G1-03"])
        let recording = ImportRecord(
            code: try Samples.code("G1-02"), digest: "x", format: "kubios", start: 0, beats: 1, remarks: [],
            made: Samples.started)
        let error = await #expect(throws: StoreError.self) {
            try await room.store.add([], coherence: [], as: recording, to: "20260804-G1")
        }
        #expect(error?.kind == .badImport && error?.description.contains("sealed") == true)
    }

    @Test("a running session is not sealed; a folder without a key seals nothing")
    func running() async throws {
        let room = try SealedStore()
        let handle = try await room.store.begin(try Samples.info())
        #expect(try await room.store.seal(handle.info.name, hasSlips: true) == nil)
        _ = try await room.store.add([room.key.publicKey])
        let error = await #expect(throws: StoreError.self) {
            try await room.store.seal(handle.info.name, hasSlips: true)
        }
        #expect(error?.kind == .sessionRunning)
        #expect(await room.store.end(handle, seconds: 1) == nil)
    }
}
