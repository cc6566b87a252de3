/// A moment as a file tells it: by the clock of the phone, mostly without a zone.
public struct RRMoment: Sendable, Hashable {
    /// Seconds since 1970-01-01 00:00 of that clock.
    public internal(set) var secondsSince1970: Double
    /// Whether the clock is UTC; otherwise it is the local time of wherever it was.
    public let isUTC: Bool
    /// The row it stands in; nil when it is the zero of the file's times.
    let row: Int?

    init(secondsSince1970: Double, isUTC: Bool, row: Int?) {
        self.secondsSince1970 = secondsSince1970
        self.isUTC = isUTC
        self.row = row
    }

    /// The moment in a cell: a date with a time, or seconds or milliseconds since 1970.
    init?(cell: UnsafeBufferPointer<UInt8>, row: Int) {
        guard let (value, isClock) = RRClock.time(cell) else { return nil }
        if isClock {
            guard value >= 86_400 else { return nil }  // a time of day has no day
            self.init(secondsSince1970: value, isUTC: false, row: row)
        } else {
            guard value >= 1e8, value < 1e14 else { return nil }
            self.init(secondsSince1970: value >= 1e11 ? value / 1000 : value, isUTC: true, row: row)
        }
    }

    /// The moment in the name of a file, such as `2026-08-04 16-02-41.txt` or `..._20260804_160241_RR.txt`; nil when there
    /// is no day with a time in it.
    /// - Parameter name: the name, with or without folders.
    public init?(fileName name: String) {
        let last = name.split(separator: "/").last ?? ""
        let digits = last.split { !$0.isASCII || !$0.isNumber }.map(String.init)
        for start in digits.indices {
            let rest = digits[start...]
            let lengths = rest.map(\.count)
            let text: String
            if lengths.starts(with: [4, 2, 2, 2, 2, 2]) {
                text = rest.prefix(3).joined(separator: "-") + "T" + rest.dropFirst(3).prefix(3).joined(separator: ":")
            } else if lengths.starts(with: [8, 6]) {
                let (day, time) = (Array(digits[start]), Array(digits[start + 1]))
                text =
                    "\(String(day[0..<4]))-\(String(day[4..<6]))-\(String(day[6..<8]))"
                    + "T\(String(time[0..<2])):\(String(time[2..<4])):\(String(time[4..<6]))"
            } else {
                continue
            }
            let time = Array(text.utf8).withUnsafeBufferPointer { RRClock.time($0) }
            guard let time, time.isClock else { continue }
            self.init(secondsSince1970: time.value, isUTC: false, row: 0)
            return
        }
        return nil
    }
}
