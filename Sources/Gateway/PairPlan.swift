public import Practice
public import Straps

/// What giving straps to a group is to be, before it begins.
public struct PairPlan: Sendable {
    /// The group as the store has it.
    public var roster: Roster
    /// How people say which strap is meant.
    public var way: Nearness.Way
    /// Adapters in use by address, in the order of their names; the first measures who is near.
    public var adapters: [(address: String, name: String)]
    /// Labels of the straps that sessions running at this moment hold.
    public var labelsInSession: Set<String>
    /// Straps that the room's kit gives to other rooms: they are never offered.
    public var elsewhere: [StrapsElsewhere]
    /// Whether straps stay with their codes after the next session.
    public var remembers: Bool
    /// The numbers of nearness.
    public var rules: NearnessRules

    /// Makes a plan.
    public init(
        roster: Roster, way: Nearness.Way, adapters: [(address: String, name: String)],
        labelsInSession: Set<String> = [], elsewhere: [StrapsElsewhere] = [], remembers: Bool = true,
        rules: NearnessRules = NearnessRules()
    ) {
        self.roster = roster
        self.way = way
        self.adapters = adapters
        self.labelsInSession = labelsInSession
        self.elsewhere = elsewhere
        self.remembers = remembers
        self.rules = rules
    }
}

/// How giving straps ended.
public enum PairEnd: Sendable, Hashable {
    /// Every place that takes part has one.
    case done
    /// Somebody stopped it; these places are left.
    case stopped([Code])
    /// The message bus went away.
    case lostBus
}

/// What a person does while straps are given.
public enum PairOrder: Sendable, Hashable {
    /// The strap that is offered is right; with `--by new`, before that: the next strap that appears is meant.
    ///
    /// `shown` is the address of the strap that was offered on the screen when a person answered; nil where that is not known.
    /// Another one that is offered by now is not given.
    case accept(shown: String? = nil)
    /// The strap with that printed ID, name, label or address is meant.
    case name(String)
    /// Another strap of the list is meant: the next one below, or above.
    case pick(below: Bool)
    /// None of these: look again.
    case reject
    /// This place later.
    case putOff
    /// This place takes no part.
    case setAbsent
    /// Take the last step back.
    case takeBack
    /// Stop; the rest another time.
    case stop
}
