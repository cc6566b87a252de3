/// What experience says of the links that one adapter holds at once; remembered by the adapter's address.
public struct SlotLesson: Sendable, Hashable {
    /// The most links it was seen to hold; 0 when nothing was seen.
    public var held: Int
    /// How many it held when it refused one more; nil when it never did.
    public var refusedAt: Int?

    /// Makes a lesson.
    public init(held: Int = 0, refusedAt: Int? = nil) {
        self.held = held
        self.refusedAt = refusedAt
    }

    /// How many links to count on.
    /// - Parameter assumed: what is assumed of such an adapter without experience.
    /// - Returns: at least 1.
    public func slots(assumed: Int) -> Int {
        refusedAt ?? max(assumed, held)
    }

    /// The adapter holds so many links now.
    mutating func hold(_ links: Int) {
        held = max(held, links)
        if let refused = refusedAt, links > refused { refusedAt = nil }
    }

    /// The adapter refused one more while it held so many.
    mutating func refuse(at links: Int) {
        refusedAt = max(1, links)
    }
}

/// Connects that came to nothing while an adapter held the same number of links: signs that it is full.
struct Refusals: Sendable, Hashable {
    /// How many links it held then.
    private(set) var links = 0
    private var straps: Set<StrapAddress> = []
    private var count = 0

    /// A Connect failed.
    ///
    /// An abort has many causes and counts only beyond the known number; one strap alone may have its own reasons.
    /// - Parameters:
    ///   - strap: whose Connect it was.
    ///   - isTimeOut: whether nothing came at all.
    ///   - links: how many the adapter held.
    ///   - isProbe: whether it was one more than it is known to hold.
    /// - Returns: whether the adapter is to be taken for full.
    mutating func add(_ strap: StrapAddress, isTimeOut: Bool, links: Int, isProbe: Bool) -> Bool {
        if links != self.links { self = Refusals(links: links) }
        guard links > 0, isTimeOut || isProbe else { return false }
        straps.insert(strap)
        count += 1
        if isProbe { return isTimeOut || count >= 2 }
        return count >= (straps.count > 1 ? 2 : 3)
    }

    private init(links: Int) { self.links = links }

    init() {}
}
