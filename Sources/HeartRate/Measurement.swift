/// One value of the Heart Rate Measurement characteristic, 0x2A37 (Bluetooth SIG, Heart Rate Service 1.0, section 3.1).
public struct Measurement: Sendable, Hashable {
    /// Heart rate, beats a minute, 0 to 65535; 0 means that the strap has no signal.
    public var heartRate: Int
    /// Skin contact.
    public var contact: Contact
    /// Energy expended since the last reset, kJ; the strap stops counting at 65535.
    ///
    /// Nil when the field is absent.
    public var energyKilojoules: Int?
    /// RR intervals in units of 1/1024 s, oldest first, without zeros.
    public var rrTicks: [UInt16]
    /// Whether the strap sent the RR field at all.
    public var hasRRField: Bool
    /// What was odd in the packet.
    public var warnings: [MeasurementWarning]

    /// Decodes the bytes of one notification.
    /// - Throws: `MeasurementError`, naming the field that is missing and its first byte.
    public init(bytes: [UInt8]) throws(MeasurementError) {
        guard let flags = bytes.first else { throw .empty }
        let isWide = flags & 0x01 != 0
        var offset = 1 + (isWide ? 2 : 1)
        guard bytes.count >= offset else {
            throw .missing(.heartRate, at: bytes.count, needs: offset - bytes.count)
        }
        heartRate = isWide ? Int(bytes[1]) | Int(bytes[2]) << 8 : Int(bytes[1])
        contact = flags & 0x04 == 0 ? .unknown : flags & 0x02 == 0 ? .no : .yes
        if flags & 0x08 != 0 {
            guard bytes.count >= offset + 2 else {
                throw .missing(.energy, at: bytes.count, needs: offset + 2 - bytes.count)
            }
            energyKilojoules = Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
            offset += 2
        } else {
            energyKilojoules = nil
        }
        hasRRField = flags & 0x10 != 0
        rrTicks = []
        warnings = []
        if hasRRField {
            readIntervals(of: bytes, from: offset)
        } else if bytes.count > offset {
            warnings.append(.trailingBytes(at: offset, count: bytes.count - offset))
        }
    }

    private mutating func readIntervals(of bytes: [UInt8], from offset: Int) {
        let count = (bytes.count - offset) / 2
        var firstZero: Int?
        rrTicks = [UInt16](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                let place = offset + 2 * index
                let ticks = UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
                guard ticks != 0 else {
                    firstZero = firstZero ?? place
                    continue
                }
                buffer.initializeElement(at: initialized, to: ticks)
                initialized += 1
            }
        }
        if let firstZero { warnings.append(.zeroInterval(at: firstZero)) }
        if count == 0, bytes.count == offset { warnings.append(.noIntervals(at: offset)) }
        if (bytes.count - offset) % 2 != 0 { warnings.append(.truncatedInterval(at: bytes.count - 1)) }
    }

    /// Milliseconds of an interval of `ticks` 1/1024 s; exact in binary.
    public static func milliseconds(ticks: UInt16) -> Double {
        Double(ticks) * 1000 / 1024
    }
}
