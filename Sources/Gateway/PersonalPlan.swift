public import Practice
public import Straps

/// What a personal reading is to be, before it begins.
public struct PersonalPlan: Sendable {
    /// Which strap is meant.
    public enum Meant: Sendable, Hashable {
        /// The nearest that is nobody's; whoever wears it is asked first.
        case nearest
        /// This one, because it was named.
        case strap(StrapIdentity)
    }

    /// Which strap is meant.
    public var meant: Meant
    /// When it ends by itself, seconds from the first beats.
    public var length: Double?
    /// Breaths a minute of the pacer; nil for none.
    public var rate: Double?
    /// Addresses of straps that belong to codes: they are never offered.
    public var taken: Set<StrapAddress>
    /// Straps that the room's kit gives to other rooms: they are never offered either.
    public var otherRooms: OtherRooms
    /// Addresses of the adapters in use; the first measures who is near.
    public var adapters: [AdapterAddress]
    /// The numbers of nearness.
    public var rules: NearnessRules

    /// Makes a plan.
    public init(
        meant: Meant, length: Double?, rate: Double?, taken: Set<StrapAddress> = [],
        otherRooms: OtherRooms = OtherRooms([]), adapters: [AdapterAddress],
        rules: NearnessRules = NearnessRules()
    ) {
        self.meant = meant
        self.length = length
        self.rate = rate
        self.taken = taken
        self.otherRooms = otherRooms
        self.adapters = adapters
        self.rules = rules
    }
}

/// How a personal reading ended.
public enum PersonalEnd: Sendable, Hashable {
    /// Its time was over.
    case done
    /// Somebody stopped it.
    case stopped
    /// No strap could be offered in time; how many were heard that somebody has already.
    case nobodyNear(taken: Int)
    /// The strap sent nothing in time.
    case silent(StrapIdentity, advice: String)
    /// The message bus went away.
    case lostBus
}

/// Where a personal reading stands.
public enum PersonalStage: Sendable, Hashable {
    /// A strap is looked for, or is being connected; what there is to say about it.
    case looking(String)
    /// Whether this strap is the person's own.
    case asking(StrapIdentity)
    /// Beats are read, or awaited.
    case reading
    /// It is over.
    case ended
}
