import FoundationEssentials
import HeartRate
import Practice
import Timekeeping

/// A reading as it stands inside its lock: JSON, filled up with blanks so that its length tells little.
struct StoredReading: Codable {
    private static let step = 8192

    private var version = 1
    private var started: Int64
    private var zone: Int
    private var seconds: Double
    private var pacers: [Pacer]
    private var beats: [Entry]

    private struct Pacer: Codable {
        var t: Double
        var rate: Double?
    }

    private struct Entry: Codable {
        var sequence: Int
        var ticks: UInt16
        var end: Double?
        var contact: Int
        var flag: String
        var segment: Int
        var packet: Int
    }

    init(_ record: PersonalRecord) {
        started = record.started.nanosecondsSince1970
        zone = record.zoneOffsetSeconds
        seconds = record.seconds
        pacers = record.pacers.map { Pacer(t: $0.t, rate: $0.rate) }
        beats = record.beats.map {
            Entry(
                sequence: $0.sequence, ticks: $0.ticks, end: $0.end, contact: Stored.number(of: $0.contact),
                flag: $0.flag.rawValue, segment: $0.segment, packet: $0.packet)
        }
    }

    init(bytes: Data) throws { self = try JSONDecoder().decode(StoredReading.self, from: bytes) }

    func bytes() throws -> Data {
        var bytes = try JSONEncoder().encode(self)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: Self.step - bytes.count % Self.step))
        return bytes
    }

    /// - Throws: `StoreError` where something stands in it that means nothing.
    func record(in file: String) throws -> PersonalRecord {
        PersonalRecord(
            started: UTC(nanosecondsSince1970: started), zoneOffsetSeconds: zone, seconds: seconds,
            pacers: pacers.map { PersonalRecord.PacerChange(t: $0.t, rate: $0.rate) },
            beats: try beats.map {
                try Beat(
                    sequence: $0.sequence, ticks: $0.ticks, end: $0.end, contact: Stored.contact($0.contact, in: file),
                    flag: Beat.Flag(rawValue: $0.flag) ?? .ok, segment: $0.segment, packet: $0.packet)
            })
    }
}
