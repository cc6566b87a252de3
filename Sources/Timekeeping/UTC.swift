/// A wall-clock time in UTC, to the nanosecond, as stored beside every packet.
public struct UTC: Sendable, Hashable, Comparable {
    /// Nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted (POSIX time).
    public var nanosecondsSince1970: Int64

    /// Makes a time from POSIX nanoseconds.
    public init(nanosecondsSince1970: Int64) {
        self.nanosecondsSince1970 = nanosecondsSince1970
    }

    /// The time that lies `duration` later.
    public func advanced(by duration: Duration) -> UTC {
        UTC(nanosecondsSince1970: nanosecondsSince1970 + duration.nanoseconds)
    }

    /// Earlier times are smaller.
    public static func < (left: UTC, right: UTC) -> Bool {
        left.nanosecondsSince1970 < right.nanosecondsSince1970
    }

    /// RFC 3339 with milliseconds and a `Z`, such as `2026-08-04T20:02:41.852Z`.
    public var rfc3339: String {
        let seconds = nanosecondsSince1970.floorDivided(by: 1_000_000_000)
        let milliseconds = (nanosecondsSince1970 - seconds * 1_000_000_000) / 1_000_000
        let date = CivilDate(secondsSince1970: seconds)
        return "\(date)T\(timeOfDay(zoneOffsetSeconds: 0)).\(milliseconds.padded(to: 3))Z"
    }
}

/// A day of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms").
struct CivilDate: CustomStringConvertible {
    let year: Int64
    let month: Int64
    let day: Int64

    init(secondsSince1970 seconds: Int64) {
        let days = seconds.floorDivided(by: 86_400) + 719_468
        let era = days.floorDivided(by: 146_097)
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var description: String { "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))" }
}

extension Int64 {
    func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    func padded(to width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}

extension UTC {
    /// Local time of day, such as `16:02:41`.
    /// - Parameter zoneOffsetSeconds: the zone's offset from UTC, seconds.
    /// - Returns: hours, minutes and seconds, two digits each.
    public func timeOfDay(zoneOffsetSeconds: Int) -> String {
        let seconds = nanosecondsSince1970.floorDivided(by: 1_000_000_000) + Int64(zoneOffsetSeconds)
        let ofDay = seconds - seconds.floorDivided(by: 86_400) * 86_400
        return [ofDay / 3600, ofDay / 60 % 60, ofDay % 60].map { $0.padded(to: 2) }.joined(separator: ":")
    }

    /// Local day without separators, such as `20260804`.
    /// - Parameter zoneOffsetSeconds: the zone's offset from UTC, seconds.
    /// - Returns: year, month and day, eight digits.
    public func compactDay(zoneOffsetSeconds: Int) -> String {
        let seconds = nanosecondsSince1970.floorDivided(by: 1_000_000_000) + Int64(zoneOffsetSeconds)
        return "\(CivilDate(secondsSince1970: seconds))".filter { $0 != "-" }
    }

    /// Local day and minute for people, such as `2026-08-04 16:02`.
    /// - Parameter zoneOffsetSeconds: the zone's offset from UTC, seconds.
    /// - Returns: the day as in ISO 8601, a space, hours and minutes.
    public func dayAndMinute(zoneOffsetSeconds: Int) -> String {
        let seconds = nanosecondsSince1970.floorDivided(by: 1_000_000_000) + Int64(zoneOffsetSeconds)
        return "\(CivilDate(secondsSince1970: seconds)) \(timeOfDay(zoneOffsetSeconds: zoneOffsetSeconds).prefix(5))"
    }
}
