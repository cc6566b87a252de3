import FoundationEssentials
import GRDB
import Glibc
import HRV
import HeartRate
import Practice
import Store
import Timekeeping

/// A folder in memory, because a file is written for every input.
struct MemoryFolder: Sendable {
    let path: String

    init() throws {
        let root = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(root)/entrain-fuzz-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXFailure(code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func remove() {
        do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path) (\(error))") }
    }

    struct POSIXFailure: Error {
        let code: Int32
    }
}

/// A store in which every table has rows, made once.
actor PristineStore {
    static let shared = PristineStore()
    private var known: [UInt8]?

    /// Its file.
    var bytes: [UInt8] {
        get async throws {
            if let known { return known }
            let folder = try MemoryFolder()
            defer { folder.remove() }
            try await Self.makeCheap(folder)
            try await Self.fill(Store(folder: folder.path))
            // The last reference is gone: what stood in the journal is in the file.
            let file = [UInt8](try Data(contentsOf: URL(filePath: "\(folder.path)/entrain.sqlite")))
            known = file
            return file
        }
    }

    private static let started = UTC(nanosecondsSince1970: 1_785_873_761_852_123_456)
    private static let strap = StrapIdentity(address: "A0:9E:1A:00:00:01", name: "Polar H10 A1B2C3D4")

    /// What opens the reading that is kept in it.
    static let receipt = "melon-harbor-42-tide"

    /// A lock of kept readings that costs little to try.
    private static func makeCheap(_ folder: MemoryFolder) async throws {
        _ = try Store(folder: folder.path)
        let queue = try DatabaseQueue(path: "\(folder.path)/entrain.sqlite")
        try await queue.write { database in
            try database.execute(sql: "INSERT INTO reading_lock (salt, rounds) VALUES (zeroblob(32), 1024)")
        }
        try queue.close()
    }

    private static func fill(_ store: Store) async throws {
        let group = try GroupName("G1")
        let (first, second) = (try Code("G1-01"), try Code("G1-02"))
        try await store.createGroup(
            Roster(
                group: group, members: [Member(code: first, consent: .study), Member(code: second, consent: .study)]))
        try await store.setStrap(first, strap)
        try await store.setLabel(strap, SchoolLabel("S1"))
        try await store.setAccount(first, "student1")
        let name = try await store.adopt(record(group, first, second))
        _ = try await store.reassign(
            name, Reassignment(from: first, to: second, start: 1, end: 2, isExchange: true, made: started))
        try await store.keep(
            PersonalRecord(started: started, zoneOffsetSeconds: 0, seconds: 2, pacers: [], beats: []),
            under: PersonalReceipt(receipt))
        let item = SurveyItem(wave: "post", name: "next", kind: .text, label: "Next", text: "Next?")
        let own = Instrument(name: "own", title: "Own", items: [item], text: "instrument: own\n")
        let answer = SurveyResponse(id: "", wave: "post", code: first, answers: ["next": "walk"])
        _ = try await store.keep([answer], of: own, merging: .refuse, source: "test", at: started).get()
        _ = try await store.keep(
            [SurveyCoding(response: "post-001", item: "next", rater: "R1", theme: "breath")], of: "own")
    }

    private static func record(_ group: GroupName, _ first: Code, _ second: Code) throws -> SessionRecord {
        let info = SessionInfo(
            name: "20260804-G1", group: group, started: started, zoneOffsetSeconds: -14_400, seconds: 20.5,
            script: .pal30, codes: [first: .study, second: .study], toolVersion: "0.1.0", clockRate: 1,
            adapters: ["hci0"])
        var record = SessionRecord(
            info: info, phases: [PhaseSequence.Span(phase: Script.pal30.phases[0], start: 0, end: 20)], packets: [],
            beats: [], coherence: [], markers: [MarkerRecord(t: 2, code: nil, kind: "mark", text: "door")], links: [])
        record.straps = [
            strap.name: StrapDescription(manufacturer: "Polar", model: "H10", firmware: "5", location: .chest)
        ]
        for (code, number) in [(first, 1), (second, 1), (first, 2), (second, 2)] {
            let t = Double(number)
            record.packets.append(
                PacketRecord(
                    code: code, number: number, t: t, utc: started.advanced(by: .seconds(number)), strap: strap.name,
                    bytes: [0x10, 72, 0x3c, 0x03]))
            record.beats.append(
                BeatRecord(
                    code: code,
                    beat: Beat(
                        sequence: number, ticks: 828, end: t, contact: .yes, flag: number == 1 ? .gapBefore : .ok,
                        segment: 1, packet: number)))
            record.links.append(
                LinkRecord(code: code, segment: 1, strap: strap.name, event: .connect, t: t, rssi: -61, battery: 80))
            record.coherence.append(
                CoherenceRecord(
                    code: code,
                    reading: CoherenceReading(
                        t: t, score: 0.9, pct: 58, ratio: 1.4, peakHz: 0.1, band: .medium, clean: 0.93, reason: nil,
                        note: "some odd beats", heartRate: 68)))
        }
        return record
    }
}
