/// Until when a session is kept: the last day on which it is there, and whether it must be there until then.
public struct Retention: Sendable, Hashable {
    /// The session; nil for all that have no day of their own.
    public var session: String?
    /// The last day.
    public var until: CalendarDay
    /// Whether it may not go before, because somebody requires it.
    public var isRequired: Bool

    /// Puts it on record.
    public init(session: String?, until: CalendarDay, isRequired: Bool) {
        self.session = session
        self.until = until
        self.isRequired = isRequired
    }

    /// Whether the session is to go.
    public func isDue(on today: CalendarDay) -> Bool { today > until }

    /// Whether the session may not go yet.
    public func forbidsDeletion(on today: CalendarDay) -> Bool { isRequired && !isDue(on: today) }
}

extension [Retention] {
    /// What holds for a session: its own day, or that of all; nil when nobody said anything.
    public func holding(for session: String) -> Retention? {
        first { $0.session == session } ?? first { $0.session == nil }
    }
}
