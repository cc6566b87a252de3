/// What a student is shown of the own heart during a phase.
public enum Feedback: String, Sendable, Hashable, CaseIterable {
    /// Whether the strap sits well, nothing else.
    case signal
    /// Measured, but shown to nobody until afterwards.
    case hidden
    /// The own heart rate, curve and score.
    case own
    /// No numbers at all: people talk, and speech disturbs the intervals.
    case off
}

/// A part of a session with one task.
public struct Phase: Sendable, Hashable {
    /// Stable name in files, such as `practice-1`.
    public var key: String
    /// What the screen calls it.
    public var title: String
    /// Length in seconds; nil when the coach ends it.
    public var seconds: Double?
    /// What a student sees.
    public var feedback: Feedback
    /// The breathing pacer, when there is one.
    public var pacer: Pacer?
    /// How people sit or lie, such as `seated, feet on the floor`; empty when the script does not say.
    public var posture: String
    /// Emotion-regulation family (Gross 1998), such as `attentional deployment`; empty when none.
    public var regulation: String
    /// What the coach says.
    public var prompt: String
    /// Whether numbers of this phase stand in the summary.
    public var isAnalysed: Bool
    /// Whether a person, or the whole group, may leave it out.
    public var isSkippable: Bool
    /// How an open phase ends when nobody presses a key.
    public var unattendedEnd: UnattendedEnd

    /// The end of a phase without a length when no coach is at the keys.
    public enum UnattendedEnd: String, Sendable, Hashable, CaseIterable {
        /// When every strap streams, or after two minutes.
        case whenAllStream
        /// At once.
        case atOnce
        /// Not before somebody says so.
        case never
    }

    /// Makes a phase.
    public init(
        key: String, title: String, seconds: Double?, feedback: Feedback, pacer: Pacer? = nil, posture: String = "",
        regulation: String = "", prompt: String, isAnalysed: Bool = true, isSkippable: Bool = false,
        unattendedEnd: UnattendedEnd = .never
    ) {
        self.key = key
        self.title = title
        self.seconds = seconds
        self.feedback = feedback
        self.pacer = pacer
        self.posture = posture
        self.regulation = regulation
        self.prompt = prompt
        self.isAnalysed = isAnalysed
        self.isSkippable = isSkippable
        self.unattendedEnd = unattendedEnd
    }

    /// An interruption by the coach: no numbers, no pacer, until the coach goes on.
    public static let pause = Phase(
        key: "pause", title: "Pause", seconds: nil, feedback: .off, prompt: "", isAnalysed: false)

    /// Why this phase gives no numbers; nil when it does.
    public var silence: String? {
        if self == .pause { return "paused" }
        return feedback == .off ? "people talk in this phase" : nil
    }

    /// The prompt as the coach's screen shows it: with a word where the phase may be left out.
    public var coachLine: String { isSkippable ? "\(prompt) (you may skip it: n)" : prompt }

    /// Whether this phase is one of the baselines that changes are measured from.
    public var isBaseline: Bool { key.hasPrefix("baseline") }
    /// Whether this phase is breathing practice.
    public var isPractice: Bool { key.hasPrefix("practice") }
    /// Whether this phase is rest after practice.
    public var isRecovery: Bool { key.hasPrefix("recovery") }
}
