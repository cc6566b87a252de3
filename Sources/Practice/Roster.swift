/// One place of a group: its code, the strap it wears and what its student agreed to.
public struct Member: Sendable, Hashable {
    /// The code.
    public let code: Code
    /// The strap given to this code.
    public var strap: StrapIdentity?
    /// What the student agreed to.
    public var consent: Consent
    /// The Unix account that may read this code while a session runs; nil when none is tied to it.
    public var account: String?

    /// Makes a member.
    public init(code: Code, strap: StrapIdentity? = nil, consent: Consent = .none, account: String? = nil) {
        self.code = code
        self.strap = strap
        self.consent = consent
        self.account = account
    }
}

/// A strap as the roster remembers it.
public struct StrapIdentity: Sendable, Hashable {
    /// Bluetooth device address, such as `A0:9E:1A:B2:C3:D4`; never exported.
    public let address: String
    /// The advertised name, such as `Polar H10 A1B2C3D4`; empty when the strap tells none.
    public let name: String

    /// Makes an identity.
    public init(address: String, name: String) {
        self.address = address
        self.name = name
    }

    /// What people see: the name, or the address where there is none.
    public var label: String { name.isEmpty ? address : name }

    /// The ID printed on the pod as far as the name tells it: the last word of at least four hexadecimal digits or
    /// digits; otherwise the last four characters of the address.
    public var printedID: String {
        if let last = name.split(separator: " ").last, last.count >= 4, last.allSatisfy(\.isHexDigit) {
            return String(last)
        }
        return String(address.filter { $0 != ":" }.suffix(4))
    }

    /// Whether `text`, typed by a person, means this strap: its printed ID, its name, its address, or
    /// at least four characters at the end of one, or at the beginning of the printed ID.
    public func matches(_ text: String) -> Bool {
        let wanted = text.lowercased()
        guard !wanted.isEmpty else { return false }
        let plainAddress = address.lowercased().filter { $0 != ":" }
        if wanted == name.lowercased() || wanted == address.lowercased() { return true }
        let printed = printedID.lowercased()
        return wanted.count >= 4
            && (printed.hasSuffix(wanted) || printed.hasPrefix(wanted) || plainAddress.hasSuffix(wanted))
    }
}

/// A breakout group and its places, in the order of their codes.
public struct Roster: Sendable, Hashable {
    /// The group.
    public let group: GroupName
    /// One member a place.
    public var members: [Member]
    /// Who leads it; nil when that is not on record.
    public var coach: CoachCode?

    /// A new group with places 1 to `size`.
    /// - Throws: `PracticeError.badGroupSize` outside 1 to 99.
    public init(group: GroupName, size: Int, coach: CoachCode? = nil) throws(PracticeError) {
        guard (1...99).contains(size) else { throw .badGroupSize(size) }
        var members: [Member] = []
        for place in 1...size { members.append(Member(code: try Code(group: group, place: place))) }
        self.init(group: group, members: members, coach: coach)
    }

    /// A group as it was stored.
    public init(group: GroupName, members: [Member], coach: CoachCode? = nil) {
        self.group = group
        self.coach = coach
        self.members = members.sorted { $0.code < $1.code }
    }
}
