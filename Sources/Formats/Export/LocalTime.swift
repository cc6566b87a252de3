import Practice
import Timekeeping

/// Moments of a session as phones write them: the local time where it was held, without a zone.
struct LocalTime {
    private let start: UTC

    init(_ info: SessionInfo) {
        start = info.started.advanced(by: .seconds(info.zoneOffsetSeconds))
    }

    /// `2026-08-04T16:02:41.852`, of a moment in seconds from the session's start.
    func stamp(_ t: Double) -> String { String(text(t).dropLast()) }

    /// `2026-08-04 16:02:41.852`.
    func spaced(_ t: Double) -> String { "\(day(t)) \(text(t).dropFirst(11).dropLast())" }

    /// `2026-08-04`.
    func day(_ t: Double) -> String { String(text(t).prefix(10)) }

    /// `16:02:41`.
    func time(_ t: Double) -> String { String(text(t).dropFirst(11).prefix(8)) }

    private func text(_ t: Double) -> String {
        let milliseconds = t.isFinite ? Int64((t * 1000).rounded()) : 0
        return start.advanced(by: .milliseconds(milliseconds)).rfc3339
    }
}
