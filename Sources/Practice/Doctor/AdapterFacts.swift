/// What was seen of a Bluetooth adapter.
public struct AdapterFacts: Sendable, Hashable {
    /// From where the number of links is known.
    public enum SlotSource: String, Sendable, Hashable, CaseIterable {
        /// The adapter says so itself, as virtual ones do.
        case declared
        /// Sessions saw what it holds and refuses.
        case learned
        /// Controllers of its maker are known for it.
        case maker
        /// Nothing better is known.
        case usual
    }

    /// Its name in the system, such as `hci0`.
    public var name: String
    /// Whether it is on.
    public var isPowered: Bool
    /// Whether it can hold LE links as a central; nil when it could not be seen.
    public var isLowEnergy: Bool?
    /// How many straps it is taken to hold at once.
    public var slots: Int
    /// From where that is known.
    public var slotSource: SlotSource
    /// Who made it; nil when it could not be seen.
    public var maker: String?
    /// Bluetooth version, such as `4.0`; nil when it could not be seen.
    public var version: String?
    /// How it is attached, such as `USB`; nil when it could not be seen.
    public var attachment: String?

    /// Puts facts together.
    public init(
        name: String, isPowered: Bool, isLowEnergy: Bool? = nil, slots: Int, slotSource: SlotSource = .usual,
        maker: String? = nil, version: String? = nil, attachment: String? = nil
    ) {
        self.name = name
        self.isPowered = isPowered
        self.isLowEnergy = isLowEnergy
        self.slots = slots
        self.slotSource = slotSource
        self.maker = maker
        self.version = version
        self.attachment = attachment
    }
}
