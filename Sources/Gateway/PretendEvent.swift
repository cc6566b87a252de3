public import Timekeeping

/// Something that happened to a pretended strap.
public struct PretendEvent: Sendable, Hashable {
    /// What it was.
    public enum Kind: Sendable, Hashable {
        /// Others can find the strap on the adapter of that name.
        case advertising(adapter: String)
        /// Others cannot find it for now.
        case waiting(Trouble)
        /// A central made a link; its name, or its address where it told none.
        case connected(String)
        /// A link went down.
        case disconnected(String)
        /// The first central asked for beats.
        case listening
        /// No central asks for beats any more.
        case unheard
        /// A central had the energy expended counted anew.
        case energyReset
        /// A packet was sent.
        case packet(PretendPacket)
    }

    /// Why a pretended strap cannot be found for a while; it comes back by itself.
    public enum Trouble: Sendable, Hashable {
        /// bluetoothd is gone.
        case serviceGone
        /// The adapter is gone.
        case adapterGone
        /// The adapter is off.
        case adapterOff
        /// The Bluetooth service let the strap go.
        case released
        /// It did not take it back.
        case refused(PretendError)
    }

    /// What it was.
    public var kind: Kind
    /// When, seconds of session time since the start.
    public var seconds: Double
    /// When, on the wall.
    public var utc: UTC
}

/// How a pretended strap fares.
public struct PretendView: Sendable, Hashable {
    /// Whether others can find it; nil, or why not.
    public var trouble: PretendEvent.Trouble?
    /// The name of the adapter, such as `hci0`.
    public var adapter: String
    /// How many links there are on the adapter that were made since the start.
    public var links = 0
    /// Whether a central asks for beats.
    public var isHeard = false
    /// Packets sent.
    public var packets = 0
    /// Beats in them.
    public var beats = 0
    /// The last heart rate sent, beats a minute; nil before the first.
    public var heartRate: Int?
}
