/// What a student has agreed to.
public enum Consent: String, Sendable, Hashable, CaseIterable {
    /// Nothing on record: this code is not recorded.
    case none
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
}
