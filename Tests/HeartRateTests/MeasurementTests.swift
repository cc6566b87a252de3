import HeartRate
import Testing

@Suite("A Heart Rate Measurement")
struct MeasurementTests {
    struct Row: Sendable {
        let bytes: [UInt8]
        let heartRate: Int
        var contact = Contact.unknown
        var energy: Int?
        var ticks: [UInt16] = []
        var warnings: [MeasurementWarning] = []
    }

    static let readable: [Row] = [
        Row(bytes: [0x00, 72], heartRate: 72),
        Row(bytes: [0x01, 0x2C, 0x01], heartRate: 300),
        Row(bytes: [0x02, 72], heartRate: 72),
        Row(bytes: [0x04, 72], heartRate: 72, contact: .no),
        Row(bytes: [0x06, 72], heartRate: 72, contact: .yes),
        Row(bytes: [0x08, 72, 0xFF, 0xFF], heartRate: 72, energy: 65535),
        Row(bytes: [0x10, 72, 0x3C, 0x03], heartRate: 72, ticks: [828]),
        Row(bytes: [0x16, 72, 0x3C, 0x03, 0x3F, 0x03], heartRate: 72, contact: .yes, ticks: [828, 831]),
        Row(bytes: [0x19, 0x48, 0x00, 0x05, 0x00, 0x3C, 0x03], heartRate: 72, energy: 5, ticks: [828]),
        Row(bytes: [0xE0, 72], heartRate: 72),
        Row(bytes: [0x10, 72, 0x3C, 0x03, 0x3F], heartRate: 72, ticks: [828], warnings: [.truncatedInterval(at: 4)]),
        Row(bytes: [0x10, 72, 0x3F], heartRate: 72, warnings: [.truncatedInterval(at: 2)]),
        Row(bytes: [0x10, 72], heartRate: 72, warnings: [.noIntervals(at: 2)]),
        Row(bytes: [0x10, 72, 0, 0, 0x3C, 0x03], heartRate: 72, ticks: [828], warnings: [.zeroInterval(at: 2)]),
        Row(bytes: [0x00, 72, 1, 2, 3], heartRate: 72, warnings: [.trailingBytes(at: 2, count: 3)]),
        Row(bytes: [0x00, 0], heartRate: 0),
        Row(
            bytes: [0x10, 60] + (0..<9).flatMap { _ in [0x00, 0x04] as [UInt8] }, heartRate: 60,
            ticks: Array(repeating: 1024, count: 9)),
    ]

    @Test("is read field by field", arguments: readable)
    func reads(row: Row) throws {
        let measurement = try Measurement(bytes: row.bytes)
        #expect(measurement.heartRate == row.heartRate)
        #expect(measurement.contact == row.contact)
        #expect(measurement.energyKilojoules == row.energy)
        #expect(measurement.rrTicks == row.ticks)
        #expect(measurement.warnings == row.warnings)
    }

    @Test(
        "that is too short names the missing field and its byte",
        arguments: [
            ([], MeasurementError.empty),
            ([0x00], .missing(.heartRate, at: 1, needs: 1)),
            ([0x01, 72], .missing(.heartRate, at: 2, needs: 1)),
            ([0x01], .missing(.heartRate, at: 1, needs: 2)),
            ([0x08, 72], .missing(.energy, at: 2, needs: 2)),
            ([0x18, 72, 5], .missing(.energy, at: 3, needs: 1)),
        ] as [([UInt8], MeasurementError)])
    func refuses(bytes: [UInt8], error: MeasurementError) {
        #expect(throws: error) { try Measurement(bytes: bytes) }
    }

    @Test("says in words what is missing")
    func words() {
        #expect(
            MeasurementError.missing(.energy, at: 3, needs: 1).description
                == "The packet ends too early: its flags promise the energy expended, but 1 byte is missing at byte 3.")
        #expect(MeasurementError.empty.description == "The packet is empty: the flags are missing at byte 0.")
    }

    @Test("never crashes on any flags and length")
    func allShapes() {
        for flags in UInt8.min...UInt8.max {
            for length in 0..<24 {
                let bytes = [flags] + (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
                guard let measurement = try? Measurement(bytes: bytes) else { continue }
                let fixed = 2 + Int(flags & 1) + (flags & 8 == 0 ? 0 : 2)
                #expect(measurement.rrTicks.count <= max(0, bytes.count - fixed) / 2)
                #expect(!measurement.rrTicks.contains(0))
            }
        }
    }

    @Test("has intervals of 1/1024 s")
    func unit() {
        #expect(Measurement.milliseconds(ticks: 1024) == 1000)
        #expect(Measurement.milliseconds(ticks: 828) == 808.59375)
    }
}
