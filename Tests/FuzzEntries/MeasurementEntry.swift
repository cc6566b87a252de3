import HeartRate

/// The decoder of 0x2A37: any bytes are a measurement or an error, and a measurement says what the bytes say.
enum MeasurementEntry {
    static func take(_ bytes: [UInt8]) throws {
        switch Result(catching: { () throws(MeasurementError) in try Measurement(bytes: bytes) }) {
        case .success(let measurement): try check(measurement, against: bytes)
        case .failure(let error):
            try claim(bytes.count < 5, "\(bytes.count) bytes are enough for every field, yet: \(error)")
            try claim(error.description.hasSuffix("."), "an error is a sentence")
        }
    }

    private static func check(_ measurement: Measurement, against bytes: [UInt8]) throws {
        for warning in measurement.warnings { try claim(!warning.description.isEmpty, "a warning has words") }
        let again = encoded(measurement, flags: bytes[0])
        let zeros = zeroIntervals(in: bytes, from: again.count - 2 * measurement.rrTicks.count)
        let isWhole = !measurement.warnings.contains { warning in
            switch warning {
            case .truncatedInterval, .trailingBytes: true
            case .zeroInterval, .noIntervals: false
            }
        }
        try claim(!measurement.rrTicks.contains(0), "no interval is 0")
        try claim(
            measurement.warnings.contains { if case .zeroInterval = $0 { true } else { false } }
                == (measurement.hasRRField && zeros > 0), "an interval of 0 is warned of")
        if zeros == 0 || !measurement.hasRRField {
            try claim(bytes.starts(with: again), "what was decoded encodes to the same bytes")
            try claim(isWhole == (bytes.count == again.count), "bytes left over are warned of")
        }
    }

    /// The bytes that say what a measurement says, by section 3.1 of the Heart Rate Service.
    private static func encoded(_ measurement: Measurement, flags: UInt8) -> [UInt8] {
        func pair(_ number: Int) -> [UInt8] { [UInt8(number & 0xff), UInt8(number >> 8)] }
        var bytes = [flags & 0xe1]
        switch measurement.contact {
        case .unknown: bytes[0] |= flags & 0x02
        case .no: bytes[0] |= 0x04
        case .yes: bytes[0] |= 0x06
        }
        bytes += flags & 0x01 == 0 ? [UInt8(measurement.heartRate)] : pair(measurement.heartRate)
        if let energy = measurement.energyKilojoules {
            bytes[0] |= 0x08
            bytes += pair(energy)
        }
        if measurement.hasRRField {
            bytes[0] |= 0x10
            bytes += measurement.rrTicks.flatMap { pair(Int($0)) }
        }
        return bytes
    }

    private static func zeroIntervals(in bytes: [UInt8], from start: Int) -> Int {
        stride(from: start, to: bytes.count - 1, by: 2).count { bytes[$0] == 0 && bytes[$0 + 1] == 0 }
    }
}
