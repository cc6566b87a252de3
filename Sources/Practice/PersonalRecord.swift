public import HeartRate
public import Timekeeping

/// Everything that was measured in a personal reading: what its numbers are computed from, now and later.
public struct PersonalRecord: Sendable, Hashable {
    /// A rate of the pacer.
    public struct PacerChange: Sendable, Hashable {
        /// From when on, seconds from the reading's start.
        public var t: Double
        /// Breaths a minute; nil for no pacer.
        public var rate: Double?

        /// Makes a change.
        public init(t: Double, rate: Double?) {
            self.t = t
            self.rate = rate
        }
    }

    /// When it began.
    public var started: UTC
    /// Local time's offset from UTC then, seconds.
    public var zoneOffsetSeconds: Int
    /// How long it lasted, pauses not counted, seconds.
    public var seconds: Double
    /// Every rate of the pacer, in order.
    public var pacers: [PacerChange]
    /// Every beat, in order.
    public var beats: [Beat]

    /// Makes a record.
    public init(
        started: UTC, zoneOffsetSeconds: Int, seconds: Double, pacers: [PacerChange], beats: [Beat]
    ) {
        self.started = started
        self.zoneOffsetSeconds = zoneOffsetSeconds
        self.seconds = seconds
        self.pacers = pacers
        self.beats = beats
    }

    /// The pacers, for the engine.
    public var timeline: PacerTimeline {
        var timeline = PacerTimeline()
        for change in pacers { timeline.begin(change.rate.map { Pacer(rate: $0) }, at: change.t) }
        return timeline
    }
}
