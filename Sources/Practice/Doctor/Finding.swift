/// One line of an examination: how something stands, and the next step where it does not stand well.
public struct Finding: Sendable, Hashable {
    /// How something stands.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Nothing to do.
        case ok
        /// It works, but something should be known or done.
        case warning = "warn"
        /// It does not work until something is done.
        case failure = "FAIL"
    }

    /// How it stands.
    public var status: Status
    /// What was looked at, in a word or two.
    public var subject: String
    /// What was found.
    public var text: String
    /// The next step; nil where there is none.
    public var advice: String?

    /// Makes a finding.
    public init(_ status: Status, _ subject: String, _ text: String, advice: String? = nil) {
        self.status = status
        self.subject = subject
        self.text = text
        self.advice = advice
    }
}

extension [Finding] {
    /// How many findings stand so.
    public func count(_ status: Finding.Status) -> Int { count { $0.status == status } }

    /// Whether something does not work.
    public var hasFailure: Bool { contains { $0.status == .failure } }
}
