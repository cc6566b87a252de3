internal import DBus

/// A device object: one strap as one adapter knows it.
struct DeviceKey: Sendable, Hashable {
    /// Place of the adapter in the scenario.
    var adapter: Int
    /// Place of the strap in the scenario.
    var strap: Int
}

/// Who asks and which call is to be answered.
struct Caller: Sendable, Hashable {
    /// The unique name on the bus.
    var sender: String
    /// The number of the call.
    var token: Int
}

/// What the daemon keeps of an adapter.
struct AdapterState: Sendable {
    /// A connection attempt.
    struct Attempt: Sendable {
        let key: DeviceKey
        let ticket: Int
        let deadline: Double
    }

    let plan: AdapterPlan
    let path: ObjectPath
    let slots: Int
    var isPowered: Bool
    /// Discovery sessions by sender.
    var sessions: [String: DiscoveryFilter] = [:]
    /// Filters that were set before a session.
    var presets: [String: DiscoveryFilter] = [:]
    /// Devices that wait to be connected.
    var queue: [DeviceKey] = []
    /// The one attempt under way: a controller initiates one link at a time.
    var attempt: Attempt?
    /// How often each method was called.
    var calls: [String: Int] = [:]
}

/// What the daemon keeps of a device object.
struct DeviceState: Sendable {
    /// A client that wants notifications.
    struct Subscriber: Sendable {
        let sender: String
        /// Whether the strap knows.
        var isRegistered = false
        /// The StartNotify call that waits for that.
        var token: Int?
    }

    /// A call that waits for the link to be down.
    struct Farewell: Sendable {
        let token: Int
        let removesDevice: Bool
    }

    /// Whether it is dropped some time after it was last seen.
    var isTemporary = true
    var lastSeen: Double
    /// When its advertisements were last reported.
    var lastReport: Double
    /// The signal strength that listeners know.
    var rssi: Int?
    var willBeForgotten = false
    var isConnected = false
    var isResolved = false
    var hasServices = false
    var hasBattery = false
    var isDisconnecting = false
    /// The Connect call that waits.
    var connecting: Int?
    var farewells: [Farewell] = []
    var subscribers: [Subscriber] = []
    var isNotifying = false
}

/// What the air holds of a strap, whoever may know it.
struct StrapState: Sendable {
    var strap: VirtualStrap
    /// Which device objects it has: its places on the bus.
    var tables: [DeviceKey: GattTable] = [:]
    /// The adapter it is linked to.
    var link: DeviceKey?
    /// When it was connected for the first time, seconds.
    var firstLink: Double?
    /// Distinguishes one link from the next.
    var linkTicket = 0
    /// Distinguishes one stream of notifications from the next; nil when there is none.
    var stream: Int?
    /// Whether its next advertisement is in the agenda.
    var isAdvertising = false
    /// Packets that are held back.
    var held: [StrapPacket] = []
    var outOfReachUntil = 0.0
    var silentUntil = 0.0
    var lossUntil = 0.0
    var holdUntil = 0.0
    /// How many of the next Connects fail, and how.
    var failures: [(left: Int, error: DBusError)] = []
    /// How many of the next Connects answer success without a link.
    var lies = 0
    /// After how many of the next Connects services are never resolved.
    var unresolved = 0
    /// How often each method was called.
    var calls: [String: Int] = [:]
}
