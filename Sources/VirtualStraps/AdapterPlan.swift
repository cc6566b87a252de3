/// One virtual Bluetooth adapter.
public struct AdapterPlan: Sendable, Hashable {
    /// Its name on the bus, such as `hci0`.
    public var name: String
    /// Its address, upper case.
    public var address: String
    /// How many links it holds at once; nil for as many as there are straps.
    public var slots: Int?
    /// Whether it is switched on at the start.
    public var isPowered = true
    /// How many advertisements it makes at once.
    public var advertisements: UInt8 = 4

    /// Makes an adapter.
    public init(name: String, address: String, slots: Int? = nil) {
        self.name = name
        self.address = address
        self.slots = slots
    }

    /// The adapter `hciN` that a scenario without a list of adapters has.
    public static func standard(_ number: Int) -> AdapterPlan {
        AdapterPlan(
            name: "hci\(number)", address: "00:1A:7D:DA:71:\(Hex.byte(UInt8(truncatingIfNeeded: 0x10 + number)))")
    }
}
