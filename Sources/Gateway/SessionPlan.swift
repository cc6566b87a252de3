public import Practice
public import Timekeeping

/// What a session is to be, before it begins.
public struct SessionPlan: Sendable {
    /// The session as the store knows it.
    public var info: SessionInfo
    /// Places that are recorded, with the straps they have.
    public var members: [Member]
    /// Whether places without a strap get one that is there.
    public var givesStraps: Bool
    /// Addresses that belong to somebody else.
    public var taken: Set<String>
    /// Labels of straps that sessions of other groups are using at this moment.
    public var takenLabels: Set<String>
    /// Straps that belong to other rooms.
    public var elsewhere: [StrapsElsewhere]
    /// Places that are left out of this session whatever their students agreed to.
    public var excluded: Set<Code>
    /// The moment that is second zero.
    public var start: Moment

    /// Makes a plan.
    public init(
        info: SessionInfo, members: [Member], givesStraps: Bool, taken: Set<String>, takenLabels: Set<String> = [],
        elsewhere: [StrapsElsewhere] = [], excluded: Set<Code> = [], start: Moment
    ) {
        self.info = info
        self.members = members
        self.givesStraps = givesStraps
        self.taken = taken
        self.takenLabels = takenLabels
        self.elsewhere = elsewhere
        self.excluded = excluded
        self.start = start
    }
}

/// How a session ended.
public struct SessionOutcome: Sendable, Hashable {
    /// Length, seconds of session time.
    public var seconds: Double
    /// Whether somebody stopped it before its script was over.
    public var wasStopped: Bool
    /// Whether the message bus went away in the middle.
    public var lostBus: Bool
    /// Codes from which no packet came.
    public var silentCodes: [Code]
}
