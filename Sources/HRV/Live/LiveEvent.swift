/// What live analysis has to say after a beat.
public enum LiveEvent: Sendable, Equatable {
    /// A label became final; `index` is the running count of beats added before that beat, from 0.
    case label(index: Int, BeatLabel)
    /// An update came due.
    case coherence(CoherenceUpdate)
}
