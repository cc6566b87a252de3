/// Straps that the kits of rooms give to others, asked about again and again as straps are heard.
public struct OtherRooms: Sendable {
    private let lists: [StrapsElsewhere]
    /// Whether a strap belongs to another room, by its address; only of straps whose name is known.
    private var verdicts: [String: Bool] = [:]

    /// - Parameter lists: what the kits say.
    public init(_ lists: [StrapsElsewhere]) { self.lists = lists }

    /// Whether a strap belongs to another room.
    public mutating func have(_ strap: StrapIdentity) -> Bool {
        if let verdict = verdicts[strap.address] { return verdict }
        let verdict = lists.contains { $0.contains(strap) }
        if !strap.name.isEmpty || verdict { verdicts[strap.address] = verdict }
        return verdict
    }
}
