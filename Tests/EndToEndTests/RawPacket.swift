import Testing

/// A Heart Rate Measurement (Heart Rate Service 1.0, 3.1), read a second time and independently of the program.
struct RawPacket {
    var heartRate: Int
    var energy: Int?
    var intervals: [Int]

    init(_ hex: String) throws {
        let digits = Array(hex)
        var bytes = try stride(from: 0, to: digits.count, by: 2).map { place in
            try #require(Int(String(digits[place...min(place + 1, digits.count - 1)]), radix: 16), "\(hex)")
        }[...]
        func take(_ count: Int) throws -> Int {
            try #require(bytes.count >= count, "\(hex)")
            defer { bytes = bytes.dropFirst(count) }
            return bytes.prefix(count).reversed().reduce(0) { $0 << 8 | $1 }
        }
        let flags = try take(1)
        heartRate = try take(flags & 1 == 0 ? 1 : 2)
        energy = flags & 8 == 0 ? nil : try take(2)
        intervals = []
        while flags & 16 != 0, !bytes.isEmpty { intervals.append(try take(2)) }
    }
}
