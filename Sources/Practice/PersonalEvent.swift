public import HRV
public import HeartRate
public import Timekeeping

/// A coherence update as the person is told it.
public struct PersonalUpdate: Sendable {
    /// When it was due, seconds.
    public var t: Double
    /// Score, `open-coherence-1`; nil with a reason.
    public var score: Double?
    /// Share of the peak's power, per cent; nil with a reason, or when it was not told.
    public var pct: Double?
    /// Peak frequency, Hz; nil with a reason or when there is no peak.
    public var peakHz: Double?
    /// Clean share of the window, 0 to 1; nil when it was not told.
    public var clean: Double?
    /// Why there is no score.
    public var reason: String?
    /// What to know about a score that is there.
    public var note: String?
    /// How its window stands to the first one.
    public var standing: PersonalYardstick.Standing?
    /// The moment.
    public var view: PersonalView

    /// An update of the engine.
    public init(_ update: CoherenceUpdate, _ standing: PersonalYardstick.Standing?, _ view: PersonalView) {
        self.init(
            t: update.t, score: update.result?.score, pct: update.result?.pct, peakHz: update.result?.peakHz,
            clean: update.clean, reason: update.reason, note: update.note, standing: standing, view: view)
    }

    /// An update from its parts.
    public init(
        t: Double, score: Double?, pct: Double?, peakHz: Double?, clean: Double?, reason: String?, note: String?,
        standing: PersonalYardstick.Standing?, view: PersonalView
    ) {
        self.t = t
        self.score = score
        self.pct = pct
        self.peakHz = peakHz
        self.clean = clean
        self.reason = reason
        self.note = note
        self.standing = standing
        self.view = view
    }
}

/// Something that happened in a personal reading, as plain lines and the JSON stream tell it.
public struct PersonalEvent: Sendable {
    /// What can happen.
    public enum Kind: Sendable {
        /// First beats of the strap.
        case began(strap: String)
        /// A beat: its end in seconds, nil where nobody knows it; the interval in ms; what the ledger thinks of it.
        case beat(t: Double?, milliseconds: Double, Beat.Flag)
        /// A coherence update.
        case update(PersonalUpdate)
        /// No more packets.
        case lost
        /// Packets again; the gap in seconds is kept.
        case back(gapSeconds: Double)
        /// It was interrupted, or goes on.
        case paused(Bool)
        /// The pacer's rate is another one, breaths a minute.
        case pacer(Double)
        /// Something people should know.
        case notice(String)
    }

    /// Seconds from the reading's start.
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
}
