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
