/// Straps that the kit of a room gives to other rooms, as digests: whose they are, and where, cannot be read from them.
public struct StrapsElsewhere: Sendable, Hashable {
    /// What everything is mixed with before it is digested.
    public let salt: String
    /// The digests, 64 hexadecimal digits each.
    public let digests: Set<String>

    /// Makes a list.
    public init(salt: String, digests: some Sequence<String>) {
        self.salt = salt
        self.digests = Set(digests)
    }

    /// The digest of a strap as somebody wrote it down: printed ID, name, label or address.
    public func digest(of strap: String) -> String { Checksum.hexadecimal(of: "\(salt) \(Self.plain(strap))".utf8) }

    /// Whether a strap that is heard, or known, belongs to another room.
    public func contains(_ strap: StrapIdentity, label: String? = nil) -> Bool {
        guard !digests.isEmpty else { return false }
        var texts: Set<String> = [Self.plain(strap.name), Self.plain(strap.address), Self.plain(label ?? "")]
        for whole in [Self.plain(strap.printedID), Self.plain(strap.address)] where whole.count >= 4 {
            for count in 4...whole.count { texts.insert(String(whole.suffix(count))) }
        }
        return texts.contains { !$0.isEmpty && digests.contains(digest(of: $0)) }
    }

    /// Large letters without colons and spaces, so that one strap has one spelling.
    private static func plain(_ text: String) -> String { text.uppercased().filter { $0 != ":" && $0 != " " } }
}
