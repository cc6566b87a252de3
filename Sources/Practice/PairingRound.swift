/// The places of a group in the order in which they get straps: who is asked now, who was put off, who has one.
public struct PairingRound: Sendable, Hashable {
    /// What can be taken back.
    public struct Step: Sendable, Hashable {
        /// Whose place it was.
        public let code: Code
        /// The strap it had before.
        public let strap: StrapIdentity?
        /// What was agreed to before.
        public let consent: Consent
        /// The strap that was given; nil when the place was said to stay empty.
        public let given: StrapIdentity?
    }

    /// The places, in the order of their codes.
    public private(set) var members: [Member]
    /// Places that were put off, the one that waits longest first.
    public private(set) var putOff: [Code] = []
    /// What was done, oldest first.
    public private(set) var steps: [Step] = []

    /// A round that goes on where the group stands: places that have a strap, or take no part, are not asked again.
    public init(_ members: [Member]) {
        self.members = members.sorted { $0.code < $1.code }
    }

    /// Whose turn it is; nil when everybody is done.
    ///
    /// Those put off come again after all others.
    public var current: Code? {
        let open = members.filter { Self.isOpen($0) }.map(\.code)
        return open.first { !putOff.contains($0) } ?? putOff.first { open.contains($0) }
    }

    /// How many places have a strap.
    public var doneCount: Int { members.count { $0.strap != nil } }
    /// How many places take part.
    public var size: Int { members.count { $0.strap != nil || Self.takesPart($0) } }
    /// Places without a strap that take part.
    public var openCodes: [Code] { members.filter { Self.isOpen($0) }.map(\.code) }

    /// The place wears this strap now.
    public mutating func give(_ strap: StrapIdentity, to code: Code) {
        change(code, given: strap) { $0.strap = strap }
    }

    /// The place takes no part.
    public mutating func setAbsent(_ code: Code) {
        change(code, given: nil) { $0.consent = .no }
    }

    /// The place is asked again after all others.
    public mutating func putOff(_ code: Code) {
        putOff.removeAll { $0 == code }
        putOff.append(code)
    }

    /// Takes the last step back; the same place is asked again.
    /// - Returns: what is taken back; nil when there is nothing.
    public mutating func takeBack() -> Step? {
        guard let step = steps.popLast(), let index = members.firstIndex(where: { $0.code == step.code }) else {
            return nil
        }
        members[index].strap = step.strap
        members[index].consent = step.consent
        putOff.removeAll { $0 == step.code }
        return step
    }

    /// Takes over what somebody else changed: another window, or a correction.
    public mutating func follow(_ newest: [Member]) {
        members = newest.sorted { $0.code < $1.code }
    }

    /// Whether a place is asked for a strap at all.
    public static func takesPart(_ member: Member) -> Bool {
        member.consent != .no && member.consent != .withdrawn
    }

    private static func isOpen(_ member: Member) -> Bool { member.strap == nil && takesPart(member) }

    private mutating func change(_ code: Code, given: StrapIdentity?, _ change: (inout Member) -> Void) {
        guard let index = members.firstIndex(where: { $0.code == code }) else { return }
        let old = members[index]
        steps.append(Step(code: code, strap: old.strap, consent: old.consent, given: given))
        putOff.removeAll { $0 == code }
        change(&members[index])
    }
}
