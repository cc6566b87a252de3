public import HeartRate
public import Timekeeping

/// A Bluetooth device address such as `A0:9E:1A:B2:C3:D4`: what a strap is known by.
public typealias StrapAddress = String
/// A Bluetooth address of an adapter; its path changes when adapters are re-indexed, its address does not.
public typealias AdapterAddress = String

/// A strap as one adapter reaches it.
///
/// Never keyed by an object path.
public struct StrapKey: Sendable, Hashable {
    /// The adapter.
    public var adapter: AdapterAddress
    /// The strap.
    public var strap: StrapAddress

    /// Makes a key.
    public init(adapter: AdapterAddress, strap: StrapAddress) {
        self.adapter = adapter
        self.strap = strap
    }
}

/// What the room asks of a radio.
///
/// Each command is answered by one `RadioEvent.answer`, sooner or later.
public enum RadioCommand: Sendable, Hashable {
    /// Look for heart-rate devices (Transport le, UUID 0x180D).
    case startDiscovery(AdapterAddress)
    /// Stop looking.
    case stopDiscovery(AdapterAddress)
    /// Make a link.
    case connect(StrapKey)
    /// End a link, or cancel one that is being made.
    case disconnect(StrapKey)
    /// Ask for notifications of 0x2A37.
    case startNotify(StrapKey)
    /// End them, to ask again afresh.
    case stopNotify(StrapKey)
    /// Ask a strap for its maker, model and place on the body; what it does not tell is left out.
    case describe(StrapKey)
    /// Remove what the radio remembers of an unbonded device.
    case forget(StrapKey)
    /// Remove what the radio remembers of a device, its keys included.
    case unpair(StrapKey)
}

/// What a radio tells.
public enum RadioEvent: Sendable, Hashable {
    /// An adapter is there or has changed.
    case adapter(AdapterReport)
    /// An adapter is gone, and every device of it.
    case adapterGone(AdapterAddress)
    /// A heart-rate device was seen or is known.
    case seen(StrapKey, Sighting)
    /// The radio forgot a device.
    case vanished(StrapKey)
    /// A link is up.
    case linkUp(StrapKey)
    /// A link is down.
    case linkDown(StrapKey)
    /// Services are resolved and 0x2A37 is there.
    case ready(StrapKey)
    /// A notification of 0x2A37, stamped when it was read.
    case value(StrapKey, [UInt8], Moment)
    /// Battery level, per cent.
    case battery(StrapKey, Int)
    /// What a strap says of itself.
    case described(StrapKey, StrapDescription)
    /// A command has ended, well or not.
    case answer(RadioCommand, RadioFailure?)
    /// The Bluetooth service is gone; adapters, devices and links with it.
    case serviceGone
}

/// What is known of an adapter.
public struct AdapterReport: Sendable, Hashable {
    /// Its address.
    public var address: AdapterAddress
    /// Its name in the system, such as `hci0`.
    public var name: String
    /// Whether it is on.
    public var isPowered: Bool
    /// How many links it can hold at once, as far as is known beforehand.
    public var slots: Int
    /// Whether that number is certain, because people or the adapter itself said so; otherwise one more may be tried.
    public var isSlotsFixed: Bool

    /// Makes a report.
    public init(address: AdapterAddress, name: String, isPowered: Bool, slots: Int, isSlotsFixed: Bool = false) {
        self.address = address
        self.name = name
        self.isPowered = isPowered
        self.slots = slots
        self.isSlotsFixed = isSlotsFixed
    }
}

/// What an advertisement or the radio's memory tells of a device.
public struct Sighting: Sendable, Hashable {
    /// Advertised name; empty when unknown.
    public var name: String
    /// Signal, dBm; nil when the device is known, but was not heard since discovery began.
    public var rssi: Int?

    /// Makes a sighting.
    public init(name: String, rssi: Int?) {
        self.name = name
        self.rssi = rssi
    }
}

/// A radio that can hold straps.
///
/// Whoever conducts a session makes one of BlueZ.
public protocol Radio: Sendable {
    /// Carries a command out and waits for its end.
    /// - Returns: why it failed; nil when it went well.
    func perform(_ command: RadioCommand) async -> RadioFailure?
}
