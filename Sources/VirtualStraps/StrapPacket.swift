/// What a strap says in one notification of 0x2A37 (Heart Rate Service 1.0, 3.1).
struct StrapPacket: Sendable, Hashable {
    /// Heart rate, beats a minute.
    var heartRate: Int
    /// Whether the heart rate takes 16 bits.
    var isWide: Bool
    /// Skin contact.
    var contact: ContactReport
    /// Energy expended, kJ; nil when it is not sent.
    var energy: Int?
    /// RR intervals, 1/1024 s; nil when the strap sends none at all.
    var rrTicks: [UInt16]?

    /// How many RR intervals fit beside the other fields into an ATT MTU of 23 bytes.
    var capacity: Int {
        (20 - 1 - (isWide ? 2 : 1) - (energy == nil ? 0 : 2)) / 2
    }

    /// The value as it goes over the air.
    var bytes: [UInt8] {
        var flags: UInt8 = isWide ? 0x01 : 0
        switch contact {
        case .none: break
        case .yes: flags |= 0x06
        case .no: flags |= 0x04
        }
        if energy != nil { flags |= 0x08 }
        let intervals = rrTicks ?? []
        if !intervals.isEmpty { flags |= 0x10 }
        var bytes = [flags]
        if isWide {
            bytes += Self.littleEndian(UInt16(clamping: heartRate))
        } else {
            bytes.append(UInt8(clamping: heartRate))
        }
        if let energy { bytes += Self.littleEndian(UInt16(clamping: energy)) }
        for interval in intervals { bytes += Self.littleEndian(interval) }
        return bytes
    }

    private static func littleEndian(_ value: UInt16) -> [UInt8] {
        [UInt8(value & 0xFF), UInt8(value >> 8)]
    }
}
