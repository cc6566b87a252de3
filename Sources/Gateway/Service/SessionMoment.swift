public import Practice

/// Where a session stands at one moment, as the service tells it.
public struct SessionMoment: Sendable, Hashable {
    /// Seconds from the session's start.
    public var t: Double
    /// The phase that runs, or that goes on after an interruption, such as `practice-1`; empty after the last.
    public var phase: String
    /// What a screen calls the phase.
    public var title: String
    /// What a student sees of the own heart in it.
    public var feedback: Feedback
    /// Seconds that ran of the phase.
    public var elapsed: Double
    /// Length of the phase in seconds; nil when open.
    public var length: Double?
    /// When its newest span began, from which its pacer counts, seconds from the session's start.
    public var start: Double
    /// Whether it is interrupted.
    public var isPaused: Bool
    /// Its pacer; nil without one.
    public var pacer: Pacer?

    /// Makes a moment.
    public init(
        t: Double, phase: String, title: String, feedback: Feedback, elapsed: Double, length: Double?, start: Double,
        isPaused: Bool, pacer: Pacer?
    ) {
        self.t = t
        self.phase = phase
        self.title = title
        self.feedback = feedback
        self.elapsed = elapsed
        self.length = length
        self.start = start
        self.isPaused = isPaused
        self.pacer = pacer
    }

    /// Whether a student may see numbers of the own heart now.
    public var showsNumbers: Bool { feedback == .own && !isPaused }
}
