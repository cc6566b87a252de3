public import HRV

/// What all in the room may see of a session, at one moment.
public struct WallView: Sendable, Hashable {
    /// How the session stands; nil when there is none.
    public var state: WallReading.State?
    /// The group.
    public var group: String
    /// The phase; nil before the first.
    public var place: PhasePlace?
    /// The breath now; nil without a pacer.
    public var breath: Pacer.Position?
    /// What is counted of people.
    public var counts: WallCounts

    /// No session.
    public init() {
        group = ""
        counts = WallCounts()
    }

    /// A session at `t`, seconds from its start.
    /// - Parameters:
    ///   - state: how it stands.
    ///   - group: the group.
    ///   - place: its phase; nil before the first.
    ///   - counts: what is counted of people.
    ///   - t: the moment.
    public init(state: WallReading.State, group: String, place: PhasePlace?, counts: WallCounts, at t: Double) {
        self.state = state
        self.group = group
        self.place = place
        self.counts = counts
        breath = place?.breath(at: t)
    }

    /// A session that the store tells of at `t`, seconds from its start.
    public init(_ reading: WallReading, at t: Double) {
        let place = PhasePlace(reading.spans, at: t)
        self.init(
            state: reading.state, group: reading.info.group.text, place: place,
            counts: WallCounts(
                of: reading.places, students: reading.info.codes.values.count(where: \.allowsRecording), in: place,
                rhythm: reading.rhythm, at: t), at: t)
    }
}

/// What a wall says of the people of a session: counts, and figures of the group that single nobody out.
public struct WallCounts: Sendable, Hashable {
    /// From fewer valid scores than this a single one could be worked out.
    public static let leastValid = 5
    /// A strap is good when beats came from it in so many seconds, and its newest window was clean.
    static let silence = 6.0
    /// A score counts for so many seconds.
    static let scoreAge = 15.0

    /// Straps that are good.
    public var goodStraps = 0
    /// Students who are recorded.
    public var students = 0
    /// The median band of the group; nil when fewer than five scores count or the phase shows no numbers.
    public var band: CoherenceBand?
    /// Scores that the band is the median of.
    public var scores = 0
    /// How far the group moves together, 0 to 1; nil when nothing is said of the group, or fewer than five counted.
    public var together: Double?

    /// Nobody.
    public init() {}

    /// The counts at `t`, seconds from the session's start.
    /// - Parameters:
    ///   - places: the newest of the places that are recorded and have sent something.
    ///   - students: how many are recorded.
    ///   - place: the phase; nil before the first.
    ///   - rhythm: how far the group moves together; nil before that is known.
    ///   - t: the moment.
    public init(
        of places: [WallReading.Place], students: Int, in place: PhasePlace?, rhythm: WallReading.Rhythm?, at t: Double
    ) {
        self.students = students
        goodStraps = places.count { Self.isGood($0, at: t) }
        guard let place, !place.isPaused, place.phase.feedback == .own else { return }
        let valid = places.filter { t - ($0.update ?? -.infinity) <= Self.scoreAge }.compactMap(\.score)
        guard valid.count >= Self.leastValid, let median = valid.median else { return }
        band = CoherenceBands.standard.band(of: median)
        scores = valid.count
        guard let rhythm, rhythm.phase == place.phase.key, rhythm.codes >= Self.leastValid,
            t - rhythm.t <= Self.scoreAge
        else { return }
        together = rhythm.locking
    }

    private static func isGood(_ place: WallReading.Place, at t: Double) -> Bool {
        guard t - (place.beat ?? -.infinity) <= silence else { return false }
        guard let update = place.update, t - update <= scoreAge else { return true }
        return (place.clean ?? 1) >= Quality.least
    }
}
