/// A breathing pacer: one breath in, an optional hold, one breath out, again and again.
public struct Pacer: Sendable, Hashable {
    /// Breaths a minute, 3 to 20.
    public var rate: Double
    /// Seconds of breathing in.
    public var inSeconds: Double
    /// Seconds of holding after breathing in; 0 in every script of ours.
    public var holdSeconds: Double
    /// Seconds of breathing out.
    public var outSeconds: Double

    /// A pacer with equal in and out and no hold.
    public init(rate: Double) {
        self.init(rate: rate, inSeconds: 30 / rate, holdSeconds: 0, outSeconds: 30 / rate)
    }

    /// A pacer with its own shape.
    public init(rate: Double, inSeconds: Double, holdSeconds: Double, outSeconds: Double) {
        self.rate = rate
        self.inSeconds = inSeconds
        self.holdSeconds = holdSeconds
        self.outSeconds = outSeconds
    }

    /// What a breath does at one moment.
    public enum Motion: String, Sendable, Hashable {
        /// Breathing in.
        case inhale = "in"
        /// Holding.
        case hold
        /// Breathing out.
        case exhale = "out"
    }

    /// The breath at a moment: what to do, and how full the bar is (0 empty, 1 full).
    public struct Position: Sendable, Hashable {
        /// What to do.
        public var motion: Motion
        /// Fill of the bar, 0 to 1.
        public var fill: Double

        /// Makes a position.
        public init(motion: Motion, fill: Double) {
            self.motion = motion
            self.fill = fill
        }
    }

    /// The breath `seconds` after the pacer began.
    public func position(at seconds: Double) -> Position {
        let cycle = inSeconds + holdSeconds + outSeconds
        guard cycle > 0 else { return Position(motion: .hold, fill: 0) }
        let into = seconds - (seconds / cycle).rounded(.down) * cycle
        if into < inSeconds { return Position(motion: .inhale, fill: into / inSeconds) }
        if into < inSeconds + holdSeconds { return Position(motion: .hold, fill: 1) }
        return Position(motion: .exhale, fill: 1 - (into - inSeconds - holdSeconds) / outSeconds)
    }
}
