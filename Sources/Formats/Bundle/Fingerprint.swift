import HeartRate
public import Practice
import Timekeeping

/// What a session comes down to when it is asked whether two copies of it are the same: times to the ms, as bundles have
/// them.
public struct Fingerprint: Sendable, Hashable {
    /// The group and the moment it began, to the ms: no two sessions have both.
    public let identity: String
    /// A digest of the phases.
    public let phases: String
    /// A digest of what was recorded of each code.
    public let codes: [Code: String]

    /// The fingerprint of a session with its corrections applied.
    public init(_ record: SessionRecord) {
        identity = "\(record.info.group) \(record.info.started.rfc3339)"
        phases = Checksum.hexadecimal(
            of: record.phases.map { "\($0.phase.key) \(Self.time($0.start)) \(Self.time($0.end))\n" }.joined().utf8)
        var digests: [Code: Checksum] = [:]
        for code in record.info.presentCodes { digests[code] = Checksum() }
        for packet in record.packets {
            digests[packet.code]?.add(Array("p \(packet.number) \(Self.time(packet.t)) ".utf8) + packet.bytes)
        }
        for record in record.beats {
            let beat = record.beat
            digests[record.code]?.add(
                Array(
                    "b \(beat.sequence) \(beat.ticks) \(Self.time(beat.end)) \(beat.flag) \(beat.segment) \(beat.packet)"
                        .utf8))
        }
        codes = digests.mapValues(\.hexadecimal)
    }

    /// How two copies of one session differ; nil when all that both have is the same.
    /// - Parameter other: the other copy.
    /// - Returns: the difference in words.
    public func difference(from other: Fingerprint) -> String? {
        if phases != other.phases { return "its phases are others" }
        let common = codes.keys.filter { other.codes[$0] != nil }.sorted()
        let unlike = common.filter { codes[$0] != other.codes[$0] }
        if !unlike.isEmpty { return "other beats of \(unlike.map(\.description).joined(separator: ", "))" }
        return nil
    }

    /// Rounded as tables round, so that a copy that went through one is the same.
    private static func time(_ t: Double?) -> String { t.map { Decimals.text($0, 3) } ?? "-" }
}
