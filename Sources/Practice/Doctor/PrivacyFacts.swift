/// What was seen of how safe what is kept would be, if somebody else had this computer.
public struct PrivacyFacts: Sendable, Hashable {
    /// For how many keys sessions are sealed; nil when nothing is kept yet.
    public var keys: Int?
    /// Sessions that are over and stand in the clear.
    public var plainSessions: Int
    /// Until when sessions are kept that have no day of their own.
    public var keptUntil: CalendarDay?
    /// Sessions whose day is over.
    public var dueSessions: Int
    /// Whether the disk under the data folder is encrypted; nil when it could not be seen.
    public var isDiskEncrypted: Bool?
    /// Rights of the home folder, such as 0o700; nil when there is none.
    public var homeRights: Int?

    /// Puts facts together.
    public init(
        keys: Int? = nil, plainSessions: Int = 0, keptUntil: CalendarDay? = nil, dueSessions: Int = 0,
        isDiskEncrypted: Bool? = nil, homeRights: Int? = nil
    ) {
        self.keys = keys
        self.plainSessions = plainSessions
        self.keptUntil = keptUntil
        self.dueSessions = dueSessions
        self.isDiskEncrypted = isDiskEncrypted
        self.homeRights = homeRights
    }
}
