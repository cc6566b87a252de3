/// A strap that is known without looking for it: it belongs to a code, or carries a label of the school.
public struct KnownStrap: Sendable, Hashable {
    /// Its name and address.
    public var identity: StrapIdentity
    /// The school's label; nil for none.
    public var label: SchoolLabel?
    /// Whose it is; nil when it is nobody's.
    public var code: Code?

    /// Makes one.
    public init(identity: StrapIdentity, label: SchoolLabel? = nil, code: Code? = nil) {
        self.identity = identity
        self.label = label
        self.code = code
    }

    /// Whether `text`, typed by a person, means this strap: its label, or what its identity answers to.
    public func matches(_ text: String) -> Bool {
        label?.text.lowercased() == text.lowercased() || identity.matches(text)
    }
}
