public import HRV
public import Timekeeping

/// What the store tells a wall of a session: no beat, and of people only what is counted.
public struct WallReading: Sendable, Hashable {
    /// How a session stands.
    public enum State: String, Sendable, Hashable {
        /// Some process records it.
        case running
        /// It is over.
        case ended
        /// Its process died.
        case interrupted
    }

    /// The newest of one place.
    public struct Place: Sendable, Hashable {
        /// Newest packet, seconds from the session's start.
        public var packet: Double
        /// Newest beat, seconds from the session's start; nil before the first.
        public var beat: Double?
        /// Newest coherence update, seconds from the session's start; nil before the first.
        public var update: Double?
        /// Score of that update; nil when it had none.
        public var score: Double?
        /// Clean share of that update, 0 to 1; nil before the first.
        public var clean: Double?

        /// Makes a place.
        public init(
            packet: Double, beat: Double? = nil, update: Double? = nil, score: Double? = nil, clean: Double? = nil
        ) {
            self.packet = packet
            self.beat = beat
            self.update = update
            self.score = score
            self.clean = clean
        }
    }

    /// How far the group moved together at some moment.
    public struct Rhythm: Sendable, Hashable {
        /// When, seconds from the session's start.
        public var t: Double
        /// Key of the phase.
        public var phase: String
        /// How steadily the hearts keep their distance to one another, 0 to 1.
        public var locking: Double
        /// Codes that counted.
        public var codes: Int

        /// Makes a rhythm.
        public init(t: Double, phase: String, locking: Double, codes: Int) {
            self.t = t
            self.phase = phase
            self.locking = locking
            self.codes = codes
        }
    }

    /// The session.
    public var info: SessionInfo
    /// How it stands.
    public var state: State
    /// Phases that have begun.
    public var spans: [PhaseSequence.Span]
    /// The newest of the places that are recorded and have sent something.
    public var places: [Place]
    /// How far the group moves together; nil before that is known.
    public var rhythm: Rhythm?

    /// Makes a reading.
    public init(
        info: SessionInfo, state: State, spans: [PhaseSequence.Span], places: [Place], rhythm: Rhythm? = nil
    ) {
        self.info = info
        self.state = state
        self.spans = spans
        self.places = places
        self.rhythm = rhythm
    }

    /// The newest moment that it tells of, seconds from the session's start.
    public var newest: Double {
        let times = places.map(\.packet) + spans.map { $0.end ?? $0.start }
        return times.max() ?? 0
    }
}

/// What all in the room may see of a session, at one moment.
public struct WallView: Sendable, Hashable {
    /// A strap is good when beats came from it in so many seconds, and its newest window was clean.
    static let silence = 6.0
    /// A score counts for so many seconds.
    static let scoreAge = 15.0
    /// From fewer valid scores than this a single one could be worked out.
    public static let leastValid = 5

    /// How the session stands; nil when there is none.
    public var state: WallReading.State?
    /// The group.
    public var group: String
    /// The phase; nil before the first.
    public var place: PhasePlace?
    /// The breath now; nil without a pacer.
    public var breath: Pacer.Position?
    /// Straps that are good.
    public var goodStraps: Int
    /// Students who are recorded.
    public var students: Int
    /// The median band of the group, and of how many; nil when fewer than five count or the phase shows no numbers.
    public var band: (CoherenceBand, of: Int)? { bandValue.map { ($0, bandCount) } }

    /// How far the group moves together, 0 to 1; nil when nothing is said of the group, or fewer than five counted.
    public private(set) var together: Double?

    private var bandValue: CoherenceBand?
    private var bandCount = 0

    /// No session.
    public init() {
        group = ""
        goodStraps = 0
        students = 0
    }

    /// A session at `t`, seconds from its start.
    public init(_ reading: WallReading, at t: Double) {
        state = reading.state
        group = reading.info.group.text
        place = PhasePlace(reading.spans, at: t)
        breath = place?.breath(at: t)
        students = reading.info.codes.values.count(where: \.allowsRecording)
        goodStraps = reading.places.count { Self.isGood($0, at: t) }
        guard let place, !place.isPaused, place.phase.feedback == .own else { return }
        let scores = reading.places.filter { t - ($0.update ?? -.infinity) <= Self.scoreAge }.compactMap(\.score)
        guard scores.count >= Self.leastValid, let median = scores.median else { return }
        bandValue = CoherenceBands.standard.band(of: median)
        bandCount = scores.count
        guard let rhythm = reading.rhythm, rhythm.phase == place.phase.key, rhythm.codes >= Self.leastValid,
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

/// The time of a session that another process leads: exact at rate 1; in training that is faster than life it is
/// learned from what comes.
public struct WallClock: Sendable {
    private let started: UTC
    private let rate: Double
    private var leastLag = Double.infinity

    /// The clock of a session.
    public init(_ info: SessionInfo) {
        started = info.started
        rate = info.clockRate
    }

    /// At `now` the newest that is known happened at `newest`, seconds from the session's start.
    public mutating func learn(newest: Double, now: UTC) {
        leastLag = min(leastLag, seconds(at: now) * rate - newest)
    }

    /// Seconds from the session's start at `now`, at least 0.
    public func t(at now: UTC) -> Double {
        let machine = seconds(at: now)
        return max(0, rate == 1 ? machine : leastLag.isFinite ? machine * rate - leastLag : 0)
    }

    private func seconds(at now: UTC) -> Double {
        Double(now.nanosecondsSince1970 - started.nanosecondsSince1970) / 1e9
    }
}
