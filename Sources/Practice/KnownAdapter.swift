/// How many links an adapter showed to hold at once, remembered by its address.
public struct KnownAdapter: Sendable, Hashable {
    /// Bluetooth address of the adapter.
    public var address: String
    /// The most links it was seen to hold; 0 when nothing was seen.
    public var held: Int
    /// How many it held when it refused one more; nil when it never did.
    public var refusedAt: Int?

    /// Makes one.
    public init(address: String, held: Int, refusedAt: Int?) {
        self.address = address
        self.held = held
        self.refusedAt = refusedAt
    }
}
