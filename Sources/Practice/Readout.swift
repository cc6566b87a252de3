public import HRV

/// The newest that is known of one code, ready to be drawn.
public struct Readout: Sendable, Hashable {
    /// The code.
    public var code: Code
    /// Heart rate of the newest packet, beats a minute; nil when there is none or the strap is lost.
    public var heartRate: Int?
    /// The beats of the last 60 s, oldest first.
    public var beats: [BeatPoint] = []
    /// The newest coherence score, or the reason why there is none.
    public var score: ScoreReadout = .none(reason: "no beats yet")
    /// Scores of the session so far, one an update, nil where there was none.
    public var scoreHistory: [Double?] = []
    /// Updates with a score so far, by band.
    public var bandCounts: [CoherenceBand: Int] = [:]
    /// Frequency of the newest peak, Hz.
    public var peakHz: Double?
    /// Clean share of the last 64 s, 0 to 1.
    public var clean: Double?
    /// Battery, per cent.
    public var battery: Int?
    /// How the strap is doing.
    public var strap: StrapReadout = .waiting
    /// Signal when the strap last advertised, dBm.
    public var rssi: Int?

    /// A readout with nothing in it yet.
    public init(code: Code) {
        self.code = code
    }

    /// One beat of the curve.
    public struct BeatPoint: Sendable, Hashable {
        /// End of the interval, seconds from the session's start.
        public var t: Double
        /// The interval, ms.
        public var rrMilliseconds: Double
        /// Whether beats are missing before this one.
        public var followsGap: Bool

        /// Makes a point.
        public init(t: Double, rrMilliseconds: Double, followsGap: Bool) {
            self.t = t
            self.rrMilliseconds = rrMilliseconds
            self.followsGap = followsGap
        }

        /// The instantaneous heart rate, beats a minute.
        public var heartRate: Double { 60_000 / rrMilliseconds }
    }
}

/// A score or an honest reason.
public enum ScoreReadout: Sendable, Hashable {
    /// A score of `open-coherence-1`, its band and, where the window had some odd beats, a note.
    case score(Double, CoherenceBand, note: String?)
    /// Why there is no score.
    case none(reason: String)
}

/// How a strap is doing, in the words of the screen.
public enum StrapReadout: Sendable, Hashable {
    /// No strap has been given to this code yet, or it has not been seen.
    case waiting
    /// Being connected.
    case connecting
    /// Beats arrive and are clean.
    case on
    /// Beats arrive, yet too many are odd.
    case loose
    /// It sends heart rate, but no beats.
    case noBeats
    /// Nothing for so many seconds; it is tried again.
    case lost(seconds: Int)
    /// Somebody has to do something; the sentence says what.
    case needsPerson(String)

    /// The word in the table: `on`, `loose?`, `lost` ...
    public var word: String {
        switch self {
        case .waiting: "wait"
        case .connecting: "conn."
        case .on: "on"
        case .loose: "loose?"
        case .noBeats: "no RR"
        case .lost: "lost"
        case .needsPerson: "help"
        }
    }
}
