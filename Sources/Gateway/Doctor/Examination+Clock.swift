internal import CLinux
public import Practice

extension Examination {
    /// Whether the clock is synced, and the zone.
    /// - Parameter zoneOffsetSeconds: local time's offset from UTC, seconds.
    /// - Returns: what was seen.
    public static func clock(zoneOffsetSeconds: Int) -> ClockFacts {
        var state = timex()
        // Without a mode it only asks, which everybody may.
        let answer = adjtimex(&state)
        let isSynced = answer < 0 ? nil : answer != TIME_ERROR && state.status & STA_UNSYNC == 0
        return ClockFacts(isSynced: isSynced, zoneOffsetSeconds: zoneOffsetSeconds)
    }
}
