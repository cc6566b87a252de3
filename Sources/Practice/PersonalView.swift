public import HRV

/// One moment of a personal reading, ready to be drawn.
public struct PersonalView: Sendable, Hashable {
    /// Whose strap it is.
    public enum Source: Sendable, Hashable {
        /// The person's own, connected by this very program.
        case strap(String)
        /// One of a session that runs in the room, by its code.
        case session(Code)
    }

    /// How smooth the rhythm is.
    public enum Smoothness: Sendable, Hashable {
        /// The newest score, `open-coherence-1`, how its window stands to the person's own first one, and what to know
        /// about it.
        case score(Double, PersonalYardstick.Standing?, note: String?)
        /// Why there is none, such as `needs 23 s more`.
        case none(String)

        /// What an update says.
        /// - Parameters:
        ///   - update: the update.
        ///   - standing: how its window stands to the first one.
        public init(_ update: CoherenceUpdate, _ standing: PersonalYardstick.Standing?) {
            self =
                update.result.map { .score($0.score, standing, note: update.note) }
                ?? .none(update.reason ?? "no score")
        }
    }

    /// Whose strap it is.
    public var source: Source
    /// Whether it is to be kept under a receipt.
    public var isKept = false
    /// Seconds since the first beats, pauses not counted.
    public var elapsed = 0.0
    /// Seconds until it ends by itself; nil when something else ends it.
    public var left: Double?
    /// Whether the person has interrupted it.
    public var isPaused = false
    /// The pacer; nil for none.
    public var pacer: Pacer?
    /// The breath now; nil without a pacer.
    public var breath: Pacer.Position?
    /// Whether the pacer's rate is the person's to change.
    public var ownsPacer = true
    /// Heart rate of the newest packet, beats a minute.
    public var heartRate: Int?
    /// The beats of the last minute, oldest first.
    public var beats: [Readout.BeatPoint] = []
    /// Highest minus lowest heart rate over the last breath, beats a minute.
    public var swing: Double?
    /// How smooth the rhythm is.
    public var smoothness = Smoothness.none("no beats yet")
    /// Clean share of the last 64 s, 0 to 1.
    public var clean: Double?
    /// How the strap is doing.
    public var strap = StrapReadout.waiting
    /// What people should know now; empty for nothing.
    public var message = ""

    /// A view with nothing in it yet.
    public init(source: Source) {
        self.source = source
    }
}
