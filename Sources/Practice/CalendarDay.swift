public import Timekeeping

/// A day as people write it: `2027-01-31`.
public struct CalendarDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Year, 1900 to 9999.
    public let year: Int
    /// Month, 1 to 12.
    public let month: Int
    /// Day, from 1.
    public let day: Int

    /// Reads `2027-01-31`; nil when it is no day of the Gregorian calendar.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.count) == [4, 2, 2],
            parts.joined().allSatisfy({ "0123456789".contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            (1900...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.length(of: month, in: year)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day that a moment falls on.
    /// - Parameters:
    ///   - moment: the moment.
    ///   - zoneOffsetSeconds: local time's offset from UTC, seconds.
    public init?(of moment: UTC, zoneOffsetSeconds: Int) {
        let digits = moment.compactDay(zoneOffsetSeconds: zoneOffsetSeconds)
        self.init("\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.dropFirst(6))")
    }

    /// The day as it is written.
    public var description: String { "\(year)-\(Self.padded(month))-\(Self.padded(day))" }

    /// Earlier days are smaller.
    public static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

    private static func length(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
