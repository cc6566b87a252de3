import Timekeeping

/// Where a strap stands on its way from the air to beats.
public enum StrapState: Sendable, Hashable {
    /// Wanted, but no adapter has seen it.
    case unseen
    /// Seen, waiting for its turn and a free slot.
    case queued
    /// Connect is under way.
    case connecting
    /// The link is up, services are being resolved.
    case resolving
    /// StartNotify is under way, or the first packet is awaited.
    case subscribing
    /// Valid packets arrive.
    case streaming
    /// The link is up, but packets stopped.
    case stalled
    /// A try failed; the next comes at the deadline.
    case backOff
    /// Somebody has to do something; it is tried again at long intervals.
    case needsPerson(String)

    /// Whether a link is up or being made: whether it takes a slot.
    public var holdsSlot: Bool {
        switch self {
        case .connecting, .resolving, .subscribing, .streaming, .stalled: true
        case .unseen, .queued, .backOff, .needsPerson: false
        }
    }
}

/// One wanted strap: its state, the deadline of that state, and what was learned on the way.
struct StrapLife: Sendable {
    var state = StrapState.unseen
    /// The adapter that has it, while it holds a slot.
    var adapter: AdapterAddress?
    /// When the state has lasted too long.
    var deadline: Instant?
    /// Tries that failed since the last valid packet.
    var failures = 0
    /// Whether StartNotify was asked a second time in this link.
    var didRenew = false
    /// Whether StartNotify has been answered in this link.
    var isSubscribed = false
    /// Whether it was asked for its maker and model.
    var isDescribed = false
    /// When it began to wait in the queue; the longest waiting goes first.
    var queuedAt: Instant?
    /// Adapters that have heard it since it was last lost, with the signal in dBm.
    var heard: [AdapterAddress: Int] = [:]
    /// When the link came up.
    var linkSince: Instant?
    /// How long the last three links lasted that ended by themselves, seconds.
    var linkAges: [Double] = []
    /// When StartNotify was asked in this link.
    var subscribingSince: Instant?
    /// How often StartNotify had no answer until the link ended, since the last valid packet.
    var hungSubscriptions = 0
    /// How often the Bluetooth service died while this strap was being connected.
    var serviceLosses = 0
    /// Whether the radio is to forget it before the next Connect.
    var mustUnpair = false
    /// What people were last told of it.
    var told = ""

    /// The key of the link that is up or being made.
    func key(_ strap: StrapAddress) -> StrapKey? {
        adapter.map { StrapKey(adapter: $0, strap: strap) }
    }
}
