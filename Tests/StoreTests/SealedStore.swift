import FoundationEssentials
import GRDB
import Glibc
import Practice
import TestSupport
import Testing

@testable import Store

/// A store with sessions of one group, and everything that may be asked of its files.
struct SealedStore {
    let folder: TemporaryFolder
    let store: Store
    let key: FacilitatorPrivateKey

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
        key = try FacilitatorPrivateKey()
        // A lock that costs little to try.
        try store.pool.write { database in
            try database.execute(sql: "INSERT INTO reading_lock (salt, rounds) VALUES (randomblob(32), 1024)")
        }
    }

    /// Records a session and ends it.
    @discardableResult
    func record(_ record: SessionRecord) async throws -> String {
        let handle = try await store.begin(record.info)
        handle.writer.add(record.packets)
        handle.writer.add(record.beats)
        handle.writer.add(record.coherence)
        handle.writer.add(record.links)
        handle.writer.add(record.markers)
        handle.writer.set(phases: record.phases)
        for (label, description) in record.straps { handle.writer.describe(strap: label, description) }
        #expect(await store.end(handle, seconds: 600) == nil)
        return handle.info.name
    }

    /// Every personal row of a session, as it stands.
    func rows(of name: String, places: [Int]) async throws -> [RowArchive] {
        try await store.read { database in
            guard let id = try Store.id(of: name, in: database) else { return [] }
            return try places.map { try PersonalRows.archive(session: id, place: $0, in: database) }
        }
    }

    /// Every personal row of a sealed session, opened.
    func opened(_ name: String, places: [Int]) async throws -> [RowArchive] {
        let (key, file) = (key, store.place.database)
        return try await store.read { database in
            try Store.opened(name, with: key, in: database, file: file) { memory, id, _ in
                try places.map { try PersonalRows.archive(session: id, place: $0, in: memory) }
            }
        }
    }

    /// Every byte of every file of the store, the index of the journal included.
    func files() throws -> Data {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().reduce(into: Data()) {
            $0 += Data(try Bytes.read("\(folder.path)/\($1)").bytes)
        }
    }

    func holds(_ piece: [UInt8]) throws -> Bool { try files().holds(Data(piece)) }
    func holds(_ text: String) throws -> Bool { try holds(Array(text.utf8)) }
}

extension Data {
    /// Whether a piece of it equals another.
    func holds(_ piece: Data) -> Bool {
        let wanted = [UInt8](piece)
        guard let first = wanted.first else { return true }
        return withUnsafeBytes { whole in
            guard let base = whole.baseAddress else { return false }
            var place = 0
            while place + wanted.count <= whole.count {
                let rest = whole.count - wanted.count + 1 - place
                guard let found = memchr(base + place, Int32(first), rest) else { return false }
                place = base.distance(to: UnsafeRawPointer(found))
                if memcmp(found, wanted, wanted.count) == 0 { return true }
                place += 1
            }
            return false
        }
    }
}

extension Samples {
    /// Bytes that are found nowhere else.
    static func raw(_ place: Int, _ number: Int) -> [UInt8] {
        [0x10, UInt8(60 + place), 0xE0 + UInt8(place), 0x5A, 0xA5, UInt8(number & 255), UInt8(number >> 8), 0xC3, 0x3C]
    }

    /// Many packets and beats of several codes, recorded side by side, with marks and links of each.
    static func crowd(name: String = "20260804-G1", places: ClosedRange<Int> = 1...4) throws -> SessionRecord {
        let names = places.map { "G1-0\($0)" }
        var record = SessionRecord(
            info: try info(name: name, codes: Dictionary(uniqueKeysWithValues: names.map { ($0, .study) })), phases: [],
            packets: [], beats: [], coherence: [], markers: [], links: [])
        record.phases = [PhaseSequence.Span(phase: Script.pal30.phases[1], start: 0, end: 600)]
        for number in 1...600 {
            for (place, name) in zip(places, names) {
                var packet = try packet(name, number, t: Double(number))
                packet.bytes = raw(place, number)
                packet.strap = "Polar H10 SECRET0\(place)"
                record.packets.append(packet)
                record.beats.append(try beat(name, number, end: Double(number)))
            }
        }
        for (place, name) in zip(places, names) {
            record.markers.append(
                MarkerRecord(t: 5, code: try Code(name), kind: "note", text: "note-of-place-\(place)"))
            record.links.append(
                LinkRecord(
                    code: try Code(name), segment: 1, strap: "Polar H10 SECRET0\(place)", event: .connect, t: 0.1,
                    rssi: -60, battery: 70))
        }
        record.markers.append(MarkerRecord(t: 7, code: nil, kind: "mark", text: "group-mark"))
        return record
    }
}
