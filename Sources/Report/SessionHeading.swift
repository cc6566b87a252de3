internal import Practice
internal import Timekeeping

/// What the top of a report says of its session.
enum SessionHeading {
    /// The line under the title: script and length, and the day where that was asked for.
    static func under(_ info: SessionInfo, seconds: Double, options: ReportOptions) -> String {
        let what = "Script \(info.script.name), \(Figures.spoken(seconds))."
        guard options.tellsDay else { return what + " Times are from the session's start." }
        let day = info.started.compactDay(zoneOffsetSeconds: info.zoneOffsetSeconds)
        let time = info.started.timeOfDay(zoneOffsetSeconds: info.zoneOffsetSeconds)
        return "\(what) Session \(info.name), begun on \(day) at \(time)."
    }
}
