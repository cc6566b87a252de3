/// What a student has agreed to.
public enum Consent: String, Sendable, Hashable, CaseIterable {
    /// Nothing on record: this code is not recorded.
    case none
    /// Asked, and said no: takes part without being recorded.
    case no
    /// Live feedback only; what was recorded is deleted at the end.
    case session
    /// Recorded, kept and exported.
    case study
    /// Taken back.
    case withdrawn

    /// Whether beats of this code may be written down at all.
    public var allowsRecording: Bool {
        self == .session || self == .study
    }

    /// The state in words for people, such as `agreed to the session only`.
    public var words: String {
        switch self {
        case .none: "not asked yet"
        case .no: "said no"
        case .session: "agreed to the session only"
        case .study: "agreed"
        case .withdrawn: "has withdrawn"
        }
    }
}
