import FoundationEssentials
import GRDB
import HeartRate
import Practice
import TestSupport
import Testing
import Timekeeping

@testable import Store

@Suite("Erasing, keeping and purging", .serialized) struct ErasureTests {
    private func day(_ text: String) throws -> CalendarDay { try #require(CalendarDay(text)) }

    private func erase(
        _ room: SealedStore, _ code: String, session: String? = nil, key: FacilitatorPrivateKey? = nil
    ) async throws -> Erasure {
        try await room.store.erase(
            try Code(code), in: session, on: try day("2026-08-05"), mayBreakKeep: false, key: key)
    }

    /// A group of four, its session, and an answer of G1-03 to a survey.
    private func room(isSealed: Bool) async throws -> SealedStore {
        let room = try SealedStore()
        try await room.store.mergeRoster(
            Roster(
                group: try GroupName("G1"),
                members: try (1...4).map { Member(code: try Code("G1-0\($0)"), consent: .study) }))
        try await room.record(try Samples.crowd())
        try await room.store.write { database in
            try database.execute(
                sql: """
                    INSERT INTO instrument (name, text, defined) VALUES ('pal', 'x', 1);
                    INSERT INTO survey_response (id, instrument, wave, number, group_name, place, source, made)
                        VALUES (1, 'pal', 'post', 1, 'G1', 3, 'entered', 1), (2, 'pal', 'post', 2, 'G1', 4, 'entered', 1);
                    INSERT INTO survey_answer (response, item, value)
                        VALUES (1, 'goals', 'answer-of-three'), (2, 'goals', 'answer-of-four');
                    """)
        }
        if isSealed {
            _ = try await room.store.add([room.key.publicKey])
            _ = try await room.store.seal("20260804-G1", hasSlips: true)
        }
        return room
    }

    /// Pieces of everything that stands of a place, in the clear or sealed.
    private func pieces(_ room: SealedStore, place: Int) async throws -> [Data] {
        let blobs = try await room.store.read { database in
            try Data.fetchAll(
                database,
                sql: """
                    SELECT content FROM sealed_part WHERE place = :place
                    UNION ALL SELECT wrapped FROM sealed_key JOIN sealed_part ON id = part WHERE place = :place
                    UNION ALL SELECT bytes FROM packet WHERE place = :place
                    """, arguments: ["place": place])
        }
        return blobs.flatMap { blob in
            stride(from: 0, to: max(1, blob.count - 16), by: 997).map { blob.dropFirst($0).prefix(16) }
        }
    }

    @Test("no byte of a code is in any file afterwards, and everybody else's is", arguments: [false, true])
    func gone(isSealed: Bool) async throws {
        let room = try await room(isSealed: isSealed)
        let before = try room.files()
        let stored = try await pieces(room, place: 3)
        // Some lie across two pages.
        let own = stored.filter(before.holds)
        try #require(own.count > 20 && own.count > stored.count * 9 / 10)
        let erasure = try await erase(room, "G1-03")
        #expect(erasure.sessions == ["20260804-G1"] && erasure.answers == 1 && erasure.isTidy)
        let files = try room.files()
        for piece in own { #expect(!files.holds(piece)) }
        let left = try await room.store.record(named: "20260804-G1", key: room.key)
        #expect(left.packets.filter { $0.code.place == 2 }.map(\.bytes) == (1...600).map { Samples.raw(2, $0) })
        for text in ["note-of-place-3", "SECRET03", "answer-of-three"] { #expect(try !room.holds(text), "\(text)") }
        for number in 1...600 { #expect(!files.holds(Data(Samples.raw(3, number))), "\(number)") }
        #expect(try room.holds("answer-of-four") && (isSealed || room.holds("note-of-place-2")))
    }

    @Test("the code stays as one that has withdrawn, without its rows, and the log says who did it")
    func traces() async throws {
        for isSealed in [false, true] {
            let room = try await room(isSealed: isSealed)
            _ = try await erase(room, "G1-03")
            let record = try await room.store.record(named: "20260804-G1", key: room.key)
            #expect(record.info.withdrawnCount == 1 && record.info.presentCodes.count == 3)
            #expect(Set(record.beats.map(\.code.place)) == [1, 2, 4] && record.beats.count == 1800)
            #expect(try await room.store.sessions().map(\.beats) == [1800])
            let member = try await room.store.roster(try GroupName("G1")).members[2]
            #expect(member.consent == .withdrawn)
            let entry = try #require(try await room.store.privacyLog().last)
            #expect(entry.action == "erased" && entry.about == "G1-03: 20260804-G1, surveys" && !entry.account.isEmpty)
        }
    }

    @Test("a slip of an erased part opens nothing; only one session is concerned where one is named")
    func oneSession() async throws {
        let room = try SealedStore()
        _ = try await room.store.add([room.key.publicKey])
        try await room.record(try Samples.crowd(places: 1...2))
        try await room.record(try Samples.crowd(places: 1...2))
        let first = try #require(try await room.store.seal("20260804-G1", hasSlips: true))
        let second = try #require(try await room.store.seal("20260804-G1-2", hasSlips: true))
        #expect(try await erase(room, "G1-01", session: "20260804-G1-2").sessions == ["20260804-G1-2"])
        #expect(try await room.store.ownPart(second.slips[0].receipt) == nil)
        #expect(try await room.store.ownPart(first.slips[0].receipt) != nil)
        #expect(try await room.store.record(named: "20260804-G1", key: room.key).info.withdrawnCount == 0)
        let unknown = await #expect(throws: StoreError.self) { try await erase(room, "G1-09") }
        #expect(unknown?.kind == .unknownCode)
    }

    @Test(
        "what a correction gave to a code is destroyed with it, and what it gave away is not", arguments: [false, true])
    func corrections(isSealed: Bool) async throws {
        let room = try await room(isSealed: isSealed)
        let change = Reassignment(
            from: try Code("G1-01"), to: try Code("G1-03"), start: 300.5, end: .infinity, isExchange: true,
            made: Samples.started)
        _ = try await room.store.reassign("20260804-G1", change, key: room.key)
        if isSealed {
            let refused = await #expect(throws: StoreError.self) { try await erase(room, "G1-03") }
            #expect(refused?.kind == .sealed)
        }
        let erasure = try await erase(room, "G1-03", key: room.key)
        #expect(erasure.resealed == (isSealed ? ["20260804-G1"] : []))
        for (place, number) in [(3, 1), (3, 300), (1, 301), (1, 600)] {
            #expect(try !room.holds(Samples.raw(place, number)), "\(place) \(number)")
        }
        let record = try await room.store.record(named: "20260804-G1", key: room.key)
        let own = record.packets.filter { $0.code.place == 1 }
        #expect(own.map(\.bytes) == (1...600).map { Samples.raw($0 <= 300 ? 1 : 3, $0) })
        #expect(record.packets.filter { $0.code.place == 2 }.count == 600 && record.beats.count == 1800)
        #expect(record.markers.contains { $0.text == "group-mark" })
        #expect(try await room.store.plainSessions().isEmpty == isSealed)
    }

    @Test("a recording made elsewhere goes with its code, corrected or not; the others and new ones keep their places")
    func imports() async throws {
        let room = try await room(isSealed: false)
        func bring(_ digest: String, to code: String, at start: Double) async throws {
            var beat = try Samples.beat(code, 10_000, end: start + 1, segment: 9)
            beat.beat.importedMilliseconds = 811.5
            beat.beat.packet = 0
            let recording = ImportRecord(
                code: beat.code, digest: digest, format: "kubios", start: start, beats: 1, remarks: [],
                made: Samples.started)
            try await room.store.add([beat.beat], coherence: [], as: recording, to: "20260804-G1")
        }
        try await bring("a", to: "G1-01", at: 1000)
        try await bring("b", to: "G1-02", at: 2000)
        let change = Reassignment(
            from: try Code("G1-02"), to: try Code("G1-03"), start: 1500, end: .infinity, isExchange: false,
            made: Samples.started)
        #expect(try await room.store.reassign("20260804-G1", change).imported == 1)
        _ = try await erase(room, "G1-02")
        _ = try await erase(room, "G1-01")
        try await bring("c", to: "G1-03", at: 3000)
        let left = try await room.store.record(named: "20260804-G1").imports
        #expect(left.map { "\($0.code) \($0.digest)" } == ["G1-03 b", "G1-03 c"])
    }

    @Test("what must be kept is neither erased nor purged before its day, and purged after it")
    func kept() async throws {
        let room = try await room(isSealed: false)
        let last = Retention(session: "20260804-G1", until: try day("2026-12-31"), isRequired: true)
        try await room.store.keep([last, Retention(session: nil, until: try day("2026-09-01"), isRequired: false)])
        for work in [
            { _ = try await erase(room, "G1-03") },
            { _ = try await room.store.purge(["20260804-G1"], on: try day("2026-12-31"), isDry: false) },
        ] {
            let error = await #expect(throws: StoreError.self) { try await work() }
            #expect(error?.kind == .mustKeep && error?.detail == "2026-12-31")
        }
        #expect(try await room.store.purge([], on: try day("2026-12-31"), isDry: false).sessions.isEmpty)
        #expect(try await room.store.purge([], on: try day("2027-01-01"), isDry: true).sessions == ["20260804-G1"])
        #expect(try await room.store.sessions().count == 1)
        let purged = try await room.store.purge([], on: try day("2027-01-01"), isDry: false)
        #expect(purged.sessions == ["20260804-G1"] && purged.isTidy)
        #expect(try await room.store.sessions().isEmpty && !room.holds(Samples.raw(2, 77)))
        let log = try await room.store.privacyLog().map { "\($0.action): \($0.about)" }
        #expect(
            log.suffix(3) == [
                "keep until: 20260804-G1: 2026-12-31, required", "keep until: all sessions: 2026-09-01",
                "purged: 20260804-G1",
            ])
    }

    @Test("a purge takes what a broken-off session left of those who agreed to the session only")
    func leftovers() async throws {
        let room = try SealedStore()
        var record = try Samples.crowd(places: 1...2)
        record.info.codes[try Code("G1-01")] = .session
        var handle: SessionHandle? = try await room.store.begin(record.info)
        handle?.writer.add(record.packets)
        await handle?.writer.flush()
        let today = try day("2026-08-05")
        #expect(try await room.store.purge([], on: today, isDry: true).leftovers.isEmpty)
        handle = nil
        let purged = try await room.store.purge([], on: today, isDry: false)
        #expect(purged.leftovers.map(\.code.description) == ["G1-01"])
        #expect(try !room.holds(Samples.raw(1, 77)) && room.holds(Samples.raw(2, 77)))
    }

    @Test("a store too large for memory is written anew as well, and nothing is left beside it")
    func large() async throws {
        let room = try await room(isSealed: false)
        try await room.store.write { database in
            // More than SQLite keeps in its cache, so that the copy does reach the disk.
            try database.execute(sql: "UPDATE instrument SET text = hex(zeroblob(4000000))")
        }
        let before = try await room.store.record(named: "20260804-G1")
        try await room.store.write { try PersonalRows.delete(session: 1, place: 3, in: $0) }
        #expect(try await room.store.sweep(inMemoryUpTo: 0))
        #expect(try !room.holds(Samples.raw(3, 77)) && room.holds(Samples.raw(2, 77)))
        let after = try await room.store.record(named: "20260804-G1")
        #expect(after.beats == before.beats.filter { $0.code.place != 3 })
        let names = try FileManager.default.contentsOfDirectory(atPath: room.folder.path)
        #expect(names.allSatisfy { $0.hasPrefix("entrain.sqlite") || $0.hasSuffix(".lock") }, "\(names)")
    }

    @Test("another reader does not stop it, and is told of")
    func busy() async throws {
        let room = try await room(isSealed: false)
        let other = try DatabasePool(path: room.folder.path + "/entrain.sqlite")
        let snapshot = try other.makeSnapshot()
        _ = try await snapshot.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM packet") }
        #expect(try await erase(room, "G1-03").isTidy == false)
        #expect(try await room.store.record(named: "20260804-G1").beats.count == 1800)
    }
}
