/// Times as tables write them: numbers, times of day, dates with times.
enum RRClock {
    /// The time in a cell.
    ///
    /// - Parameter cell: such as `2407`, `16:02:41.852`, `0:04.082`, `2026-08-04T16:02:41.852`, also with a zone.
    /// - Returns: a number as it stands, or seconds where the form says so; nil when it is no time.
    static func time(_ cell: UnsafeBufferPointer<UInt8>) -> (value: Double, isClock: Bool)? {
        if let number = RRNumberCursor.only(cell) { return number.isFinite ? (number, false) : nil }
        guard let colon = cell.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let dash = cell[..<colon].firstIndex { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
        guard dash != nil else { return seconds(cell[...]).map { ($0, true) } }
        guard cell.count > 11, let days = days(cell[..<10]) else { return nil }
        let rest = cell[11...]
        let zone = rest.firstIndex { $0 == UInt8(ascii: "Z") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
        guard let seconds = seconds(rest[..<(zone ?? rest.endIndex)]) else { return nil }
        return (days * 86_400 + seconds, true)
    }

    /// Seconds of `h:mm:ss.fff` or `m:ss.fff`.
    private static func seconds(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        var total = 0.0
        for part in parts {
            guard let value = RRNumberCursor.only(UnsafeBufferPointer(rebasing: part)), value >= 0, value.isFinite
            else { return nil }
            total = total * 60 + value
        }
        return total
    }

    /// Days since 1970-01-01 of `yyyy-mm-dd` (Hinnant's algorithm); zones do not matter, only differences count.
    private static func days(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
        let parts = bytes.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
        guard parts.count == 3, parts[0].count == 4 else { return nil }
        let numbers = parts.compactMap { part -> Int? in
            part.reduce(0) { sum, byte in
                guard let sum, (0x30...0x39).contains(byte) else { return nil }
                return sum * 10 + Int(byte - 0x30)
            }
        }
        guard numbers.count == 3, (1...12).contains(numbers[1]), (1...31).contains(numbers[2]) else { return nil }
        let year = numbers[1] <= 2 ? numbers[0] - 1 : numbers[0]
        let month = (numbers[1] + 9) % 12
        let dayOfYear = (153 * month + 2) / 5 + numbers[2] - 1
        return Double(year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468)
    }
}
