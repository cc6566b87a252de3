import HeartRate
import Practice
import Timekeeping

/// A line of packets.csv: a notification as it came, and what it says, decoded again from its bytes.
struct PacketRow: Sendable {
    let session: String
    let packet: PacketRecord
    let measurement: Measurement?
    let warning: String?

    init(session: String, packet: PacketRecord) {
        self.session = session
        self.packet = packet
        do {
            let decoded = try Measurement(bytes: packet.bytes)
            measurement = decoded
            warning = decoded.warnings.isEmpty ? nil : decoded.warnings.map(\.description).joined(separator: "; ")
        } catch {
            measurement = nil
            warning = error.description
        }
    }

    static let table = Table<PacketRow>(
        file: "packets.csv",
        columns: [
            .text("session", "the session") { $0.session },
            .text("code", "whose it is") { $0.packet.code.description },
            .integer("packet", range: "from 1", "running number within the code") { $0.packet.number },
            .thousandths("t_s", unit: "s", "arrival, from the session's start") { $0.packet.t },
            .text("utc", "arrival in UTC, RFC 3339") { $0.packet.utc.rfc3339 },
            .text("strap", "label of the strap") { StrapLabel.withoutAddress($0.packet.strap) },
            .text("raw_hex", "every byte of the notification, two digits each") { hexadecimal($0.packet.bytes) },
            .integer("heart_rate", unit: "1/min", range: "0 to 65535", "as sent; 0 means no signal") {
                $0.measurement?.heartRate
            },
            .text("contact", range: "yes|no|unknown", "skin contact as the strap tells it; a hint only") {
                $0.measurement?.contact.rawValue
            },
            .integer("energy_kj", unit: "kJ", range: "0 to 65535", "energy expended, where the strap counts it") {
                $0.measurement?.energyKilojoules
            },
            .integer("rr_count", range: "from 0", "RR intervals in the packet") { $0.measurement?.rrTicks.count },
            .text("warning", "what is odd in the packet, or why it cannot be read") { $0.warning },
        ])

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
