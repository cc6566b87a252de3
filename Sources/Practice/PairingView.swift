/// One moment of giving straps to the codes of a group, ready to be drawn.
public struct PairingView: Sendable, Hashable {
    /// How far a strap has got in showing that somebody wears it.
    public enum Beats: Sendable, Hashable {
        /// It was not connected.
        case none
        /// It is being connected.
        case connecting
        /// Packets come, but none with beats.
        case without
        /// So many plausible beats in a row.
        case inARow(Int)
        /// It belongs to somebody.
        case belongs(Code)
        /// Another program has it, such as a session that runs.
        case elsewhere
    }

    /// A strap that is heard or looked at.
    public struct Nearby: Sendable, Hashable {
        /// Name and address.
        public var identity: StrapIdentity
        /// Signal when it last advertised, dBm; nil when it was not heard.
        public var rssi: Int?
        /// What is known of its beats.
        public var beats: Beats
        /// Battery, per cent; nil when it has not told.
        public var battery: Int?
        /// Whether it is the one that is looked at.
        public var isPicked: Bool

        /// Makes a line.
        public init(
            identity: StrapIdentity, rssi: Int? = nil, beats: Beats = .none, battery: Int? = nil,
            isPicked: Bool = false
        ) {
            self.identity = identity
            self.rssi = rssi
            self.beats = beats
            self.battery = battery
            self.isPicked = isPicked
        }
    }

    /// A place of the group.
    public struct Place: Sendable, Hashable {
        /// Its code.
        public var code: Code
        /// How it stands.
        public var seat: Seat

        /// Makes a place.
        public init(code: Code, seat: Seat) {
            self.code = code
            self.seat = seat
        }
    }

    /// How a place of the group stands.
    public enum Seat: Sendable, Hashable {
        /// It has no strap yet.
        case open
        /// It was put off.
        case later
        /// It takes no part.
        case absent
        /// It has a strap, which is not listened to.
        case given(StrapIdentity)
        /// It has a strap that sends; heart rate and clean share, 0 to 1, as far as they are known.
        case worn(StrapIdentity, heartRate: Int?, clean: Double?)
        /// It has a strap whose link was lost.
        case lost(StrapIdentity)
    }

    /// Where the question stands.
    public enum Stage: Sendable, Hashable {
        /// Nobody is near.
        case looking
        /// With `--by new`: Enter, then the strap is put on.
        case waitingForStart
        /// With `--by id`: the ID is to be typed.
        case waitingForID
        /// These are about as near as one another, by ID.
        case close([StrapIdentity])
        /// This one is being connected, or has not sent enough beats.
        case checking(StrapIdentity)
        /// This one may be taken; nearer than any other by so many dB, where others are heard.
        case offered(StrapIdentity, lead: Int?)
        /// Nobody is left to ask.
        case done
    }

    /// The group.
    public var group: GroupName
    /// Whose turn it is; nil when everybody is done.
    public var code: Code?
    /// The question.
    public var stage: Stage
    /// Straps, nearest first.
    public var nearby: [Nearby] = []
    /// Every place of the group, in order.
    public var places: [Place] = []
    /// Adapters in use, such as `hci0, hci1`.
    public var adapters = ""
    /// How many places have a strap.
    public var done = 0
    /// How many places take part.
    public var size = 0
    /// The last answer to something a person did, or what the radio advises; empty for nothing.
    public var message = ""
    /// What was typed of an ID so far; nil when none is being typed.
    public var typed: String?
    /// Whether the keys are explained.
    public var showsHelp = false

    /// A view of a group with nothing in it yet.
    public init(group: GroupName, code: Code?, stage: Stage) {
        self.group = group
        self.code = code
        self.stage = stage
    }
}
