/// Gives straps that are there to codes without one: the nearest first, never one that belongs to somebody else.
///
/// It listens for a few seconds before it gives the first, because the nearest need not be the first to be heard.
public struct StrapGiver: Sendable {
    /// A strap for a code.
    public struct Gift: Sendable, Hashable {
        /// Who gets it.
        public var code: Code
        /// What.
        public var strap: StrapIdentity
    }

    private struct Candidate: Sendable {
        var strap: StrapIdentity
        var rssi: Int
    }

    /// How long it listens before it gives, seconds.
    public static let listening = 4.0

    /// The signal to give for a strap that has a link and is therefore not heard, dBm: behind every other.
    public static let unheard = -128

    private var waiting: [Code]
    private var taken: Set<String>
    private let takenLabels: Set<String>
    private var otherRooms: OtherRooms
    private var candidates: [String: Candidate] = [:]
    private var firstHeard: Double?

    /// - Parameters:
    ///   - codes: codes without a strap; they are served in order.
    ///   - taken: addresses of straps that belong to other codes or groups.
    ///   - takenLabels: labels of straps that other sessions are using.
    ///   - elsewhere: straps of other rooms.
    public init(
        codes: [Code], taken: Set<String>, takenLabels: Set<String> = [], elsewhere: [StrapsElsewhere] = []
    ) {
        waiting = codes.sorted()
        self.taken = taken
        self.takenLabels = takenLabels
        otherRooms = OtherRooms(elsewhere)
    }

    /// Whether every code has a strap.
    public var isDone: Bool { waiting.isEmpty }

    /// One more code wants a strap: it listens anew, for what it heard before may have gone.
    public mutating func add(_ code: Code) {
        guard !waiting.contains(code) else { return }
        if waiting.isEmpty {
            candidates = [:]
            firstHeard = nil
        }
        waiting.append(code)
        waiting.sort()
    }

    /// A strap is given to nobody any more.
    public mutating func refuse(_ address: String) {
        taken.insert(address)
        candidates[address] = nil
    }

    /// A code wants none any more.
    public mutating func remove(_ code: Code) {
        waiting.removeAll { $0 == code }
    }

    /// A strap was heard.
    public mutating func heard(_ strap: StrapIdentity, rssi: Int, at t: Double) -> [Gift] {
        guard !taken.contains(strap.address), !takenLabels.contains(strap.label), !isDone, !otherRooms.have(strap)
        else {
            return []
        }
        firstHeard = firstHeard ?? t
        candidates[strap.address] = Candidate(strap: strap, rssi: rssi)
        return give(at: t)
    }

    /// Time passed.
    public mutating func give(at t: Double) -> [Gift] {
        guard let firstHeard, t >= firstHeard + Self.listening else { return [] }
        var gifts: [Gift] = []
        let nearestFirst = candidates.values.sorted { ($1.rssi, $0.strap.address) < ($0.rssi, $1.strap.address) }
        for candidate in nearestFirst where !waiting.isEmpty {
            gifts.append(Gift(code: waiting.removeFirst(), strap: candidate.strap))
            taken.insert(candidate.strap.address)
            candidates[candidate.strap.address] = nil
        }
        return gifts
    }
}
