public import HRV
public import HeartRate
public import Timekeeping

/// Something that happened in a session, as the plain screen and the JSON stream tell it.
public struct SessionEvent: Sendable, Hashable {
    /// Seconds from the session's start.
    public var t: Double
    /// The same moment in UTC.
    public var utc: UTC
    /// What happened.
    public var kind: Kind

    /// Makes an event.
    public init(t: Double, utc: UTC, kind: Kind) {
        self.t = t
        self.utc = utc
        self.kind = kind
    }

    /// What can happen.
    public enum Kind: Sendable, Hashable {
        /// The session began.
        case started(session: String, group: String, codes: Int, script: String)
        /// A phase began.
        case phaseBegan(Phase)
        /// The coach interrupted a phase.
        case phasePaused(Phase)
        /// A phase that was interrupted goes on.
        case phaseResumed(Phase)
        /// A phase ended.
        case phaseEnded(Phase)
        /// A beat.
        case beat(Code, rrMilliseconds: Double, flag: Beat.Flag, phase: String)
        /// A coherence update.
        case coherence(Code, CoherenceReading)
        /// How far the group moves together in the phase that runs.
        case group(GroupRhythm)
        /// A strap changed its state.
        case strap(Code, StrapChange)
        /// A mark by the coach or the program; the code is nil for the whole group.
        case marker(Code?, text: String)
        /// Something people should know, such as a strap that sends no beats.
        case notice(Code?, text: String)
        /// The session ended.
        case ended(stoppedByUser: Bool)
    }

    /// What happened to a strap.
    public enum StrapChange: Sendable, Hashable {
        /// First beats.
        case connected(label: String)
        /// No more packets.
        case lost
        /// Packets again; the gap in seconds is kept.
        case back(gapSeconds: Double)
    }
}

/// A coherence update with what stands beside it on a screen.
public struct CoherenceReading: Sendable, Hashable {
    /// Update time, seconds from the session's start.
    public var t: Double
    /// Score `ln(1 + ep)`, open-coherence-1; nil with a reason.
    public var score: Double?
    /// Share of the peak's power, per cent; nil with a reason.
    public var pct: Double?
    /// Peak power over the rest; nil with a reason.
    public var ratio: Double?
    /// Peak frequency, Hz; nil with a reason or when there is no peak.
    public var peakHz: Double?
    /// Band of the score.
    public var band: CoherenceBand?
    /// Clean share of the window, 0 to 1.
    public var clean: Double
    /// Why there is no score.
    public var reason: String?
    /// What to know about a score that is there, such as `some odd beats`.
    public var note: String?
    /// Heart rate at the time, beats a minute.
    public var heartRate: Int?

    /// Makes a reading.
    public init(
        t: Double, score: Double?, pct: Double?, ratio: Double?, peakHz: Double?, band: CoherenceBand?, clean: Double,
        reason: String?, note: String?, heartRate: Int?
    ) {
        self.t = t
        self.score = score
        self.pct = pct
        self.ratio = ratio
        self.peakHz = peakHz
        self.band = band
        self.clean = clean
        self.reason = reason
        self.note = note
        self.heartRate = heartRate
    }
}
