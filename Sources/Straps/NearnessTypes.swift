import HeartRate
import Timekeeping

extension Nearness {
    /// How people say which strap is meant.
    public enum Way: String, Sendable, Hashable, CaseIterable {
        /// It comes nearer than any other.
        case near
        /// Its printed ID is typed.
        case id
        /// It is the one that was not there before.
        case new
    }

    /// What happens to straps and what people want.
    public enum Event: Sendable, Hashable {
        /// It advertised, with that signal in dBm.
        case heard(StrapAddress, rssi: Int)
        /// The radio forgot it.
        case vanished(StrapAddress)
        /// It belongs to somebody, or another program has it.
        case taken(StrapAddress)
        /// It belongs to nobody any more.
        case freed(StrapAddress)
        /// A person named it.
        case chosen(StrapAddress)
        /// A person wants none of what is shown: look again.
        case rejected
        /// From now on, straps that were not heard before are new.
        case watch
        /// Notifications are about to begin.
        case subscribing(StrapAddress)
        /// It sent a notification of 0x2A37.
        case packet(StrapAddress, [UInt8])
        /// Its link was lost, or it went silent.
        case lost(StrapAddress)
        /// Nothing but time passed.
        case timePassed
    }

    /// What is to be done.
    public enum Effect: Sendable, Hashable {
        /// Connect it and listen to it.
        case want(StrapAddress)
        /// Let it go.
        case release(StrapAddress)
        /// It is worn: a person may take it.
        case offer(StrapAddress)
        /// It is no longer to be taken.
        case retract(StrapAddress)
    }

    /// The strap that is being looked at.
    public struct Candidate: Sendable {
        /// Which one.
        public let strap: StrapAddress
        /// Whether a person named it; then it stays until they say otherwise.
        public let isChosen: Bool
        /// Whether it was offered.
        public internal(set) var isOffered = false
        /// Whether packets arrive.
        public internal(set) var isSending = false
        /// Plausible beats in a row, the newest included.
        public internal(set) var beats = 0
        /// Packets that came without any beat since the last one with some.
        public internal(set) var packetsWithoutBeats = 0
        /// When it is let go unless it sends.
        var deadline: Instant
        var lastMilliseconds: Double?
        var packets = 0
        var ledger = BeatLedger()

        init(strap: StrapAddress, isChosen: Bool, deadline: Instant) {
            self.strap = strap
            self.isChosen = isChosen
            self.deadline = deadline
        }
    }
}

/// The advertisements of one strap, as far back as they count.
struct SignalTrack: Sendable {
    private var readings: [(at: Instant, rssi: Int)] = []

    /// The newest signal, dBm.
    private(set) var newest: Int
    /// When that was.
    private(set) var heardAt: Instant

    init(rssi: Int, at now: Instant) {
        newest = rssi
        heardAt = now
        readings = [(now, rssi)]
    }

    /// One more advertisement; those older than `stretch` count no more.
    mutating func add(_ rssi: Int, at now: Instant, stretch: Duration) {
        newest = rssi
        heardAt = now
        readings.append((now, rssi))
        readings.removeAll { $0.at < now.advanced(by: .zero - stretch) }
    }

    /// The median of what counts, the lower one of two in the middle.
    var level: Int {
        let sorted = readings.map(\.rssi).sorted()
        return sorted[(sorted.count - 1) / 2]
    }
}
