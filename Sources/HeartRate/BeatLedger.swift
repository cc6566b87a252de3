/// Places the beats of one code on the session's time line and says where some are missing.
///
/// There is no sequence number on the air: the clock of the heart is the running sum of RR inside a gap-free segment, and
/// arrival times only anchor segments. A raw interval is never changed, dropped or invented. Times are seconds from the
/// session's start and mark the END of an interval.
///
/// Beats of late packets are recorded at once, continuing the running sum, and are settled when it is known whether the
/// packets were merely late (a burst catches up) or beats are lost (a gap opens before the first late packet).
public struct BeatLedger: Sendable {
    /// What one packet changed.
    public struct Update: Sendable, Hashable {
        /// New beats, in order; to be written down at once.
        public var recorded: [Beat] = []
        /// Beats written down earlier whose place, segment or flag is now another; same sequence numbers.
        public var revised: [Beat] = []
        /// Beats whose place is final, in order; flushed ones are not among them.
        ///
        /// What numbers are computed from.
        public var settled: [Beat] = []
        /// The gap that was found, if any.
        public var gap: Gap?
        /// Whether it became clear with this packet that the strap seems to send milliseconds instead of 1/1024 s.
        public var unitBecameSuspect = false
    }

    /// Missing beats inside a connection.
    public struct Gap: Sendable, Hashable {
        /// End of the last beat before it, seconds from the session's start.
        public var start: Double
        /// Its length: the smallest lag of the packets after it, seconds.
        public var seconds: Double
    }

    /// A lag below this many seconds never opens a gap.
    static let smallestGap = 2.0
    /// Nor does one below this many times the longest recent interval.
    static let longestIntervals = 1.5
    /// How many recent intervals are looked at for that.
    static let recentCount = 11
    /// For how long every packet must be late before a gap is believed, seconds.
    static let decisionSeconds = 5.0
    /// Beats older than the subscription are looked for in its first seconds only.
    static let flushSeconds = 30.0
    /// How much longer than the time since the subscription a packet's beats may be, seconds.
    static let flushAllowance = 2.0

    /// Number of the segment that is being written; 0 before the first.
    public private(set) var segment = 0
    /// Running number of the newest beat.
    public private(set) var sequence = 0
    /// Whether the strap seems to send milliseconds instead of 1/1024 s.
    public var isUnitSuspect: Bool { drift.isUnitSuspect }

    private var subscribed: Double?
    private var ticksSinceSubscription = 0
    private var anchor: Double?
    private var ticksSinceAnchor = 0
    private var recent: [UInt16] = []
    private var held: [Beat] = []
    private var lateSince: Double?
    /// The smallest lag of the held packets: beyond what a suspect unit explains, and in all.
    private var smallestLag = (unexplained: 0.0, total: 0.0)
    private var drift = LagDrift()
    private var openingFlag = Beat.Flag.ok

    /// An empty ledger.
    public init() {}

    /// Opens a segment: notifications of a strap began at `t`.
    /// - Returns: beats of the segment before that are settled by this.
    public mutating func beginSegment(at t: Double) -> Update {
        let update = finish()
        openSegment()
        subscribed = t
        ticksSinceSubscription = 0
        return update
    }

    /// Settles what is still held; nothing more will come in this segment.
    public mutating func finish() -> Update {
        var update = Update()
        settleHeld(into: &update)
        return update
    }

    /// Takes a packet.
    /// - Parameters:
    ///   - measurement: what it says.
    ///   - arrival: when it was read, seconds from the session's start.
    ///   - packet: its running number, kept with each beat.
    /// - Returns: what it changed.
    public mutating func add(_ measurement: Measurement, at arrival: Double, packet: Int) -> Update {
        var update = Update()
        guard !measurement.rrTicks.isEmpty else { return update }
        if segment == 0 { openSegment() }
        let flushed = countFlushed(measurement.rrTicks, at: arrival)
        for ticks in measurement.rrTicks.prefix(flushed) {
            update.recorded.append(makeBeat(ticks, end: nil, flag: .flushed, measurement, packet))
        }
        let fresh = measurement.rrTicks.dropFirst(flushed)
        guard !fresh.isEmpty else { return update }
        let beats = place(fresh, of: measurement, at: arrival, packet: packet)
        update.recorded += beats
        settle(beats, at: arrival, into: &update)
        return update
    }

    // MARK: - Placing

    /// A subscription that brought no beat is no segment: the next one takes its number.
    private mutating func openSegment() {
        if segment == 0 || anchor != nil {
            segment += 1
            openingFlag = segment == 1 ? .ok : .gapBefore
        }
        anchor = nil
        ticksSinceAnchor = 0
        recent = []
        drift = LagDrift()
    }

    /// How many of the oldest beats of a packet are older than the subscription.
    private mutating func countFlushed(_ ticks: [UInt16], at arrival: Double) -> Int {
        guard let subscribed, arrival - subscribed < Self.flushSeconds else { return 0 }
        let room = Int(((arrival - subscribed + Self.flushAllowance) * 1024).rounded(.down)) - ticksSinceSubscription
        var sum = ticks.reduce(0) { $0 + Int($1) }
        var count = 0
        while count < ticks.count, sum > room {
            sum -= Int(ticks[count])
            count += 1
        }
        ticksSinceSubscription += sum
        return count
    }

    private mutating func place(
        _ ticks: ArraySlice<UInt16>, of measurement: Measurement, at arrival: Double, packet: Int
    ) -> [Beat] {
        let sum = ticks.reduce(0) { $0 + Int($1) }
        let start = anchor ?? arrival - Double(sum) / 1024
        anchor = start
        return ticks.map { interval in
            ticksSinceAnchor += Int(interval)
            recent.append(interval)
            if recent.count > Self.recentCount { recent.removeFirst() }
            let flag = openingFlag
            openingFlag = .ok
            return makeBeat(interval, end: start + Double(ticksSinceAnchor) / 1024, flag: flag, measurement, packet)
        }
    }

    private mutating func makeBeat(
        _ ticks: UInt16, end: Double?, flag: Beat.Flag, _ measurement: Measurement, _ packet: Int
    ) -> Beat {
        sequence += 1
        return Beat(
            sequence: sequence, ticks: ticks, end: end, contact: measurement.contact, flag: flag, segment: segment,
            packet: packet)
    }

    // MARK: - Settling

    private mutating func settle(_ beats: [Beat], at arrival: Double, into update: inout Update) {
        let lag = arrival - (beats.last?.end ?? arrival)
        let wasSuspect = drift.isUnitSuspect
        drift.add(arrival: arrival, lag: lag)
        update.unitBecameSuspect = !wasSuspect && drift.isUnitSuspect
        let unexplained = lag - drift.explainedLag(at: arrival)
        let longest = Double(recent.max() ?? 0) / 1024
        held += beats
        guard unexplained > max(Self.smallestGap, Self.longestIntervals * longest) else {
            settleHeld(into: &update)
            return
        }
        if let since = lateSince {
            if unexplained < smallestLag.unexplained { smallestLag = (unexplained, lag) }
            if arrival - since >= Self.decisionSeconds - 1e-6 { openGap(into: &update) }
        } else {
            lateSince = arrival
            smallestLag = (unexplained, lag)
        }
    }

    private mutating func settleHeld(into update: inout Update) {
        update.settled += held
        held.removeAll(keepingCapacity: true)
        lateSince = nil
    }

    /// Moves the held beats, which all came late, into a segment of their own.
    private mutating func openGap(into update: inout Update) {
        guard let first = held.first, let firstEnd = first.end, let oldAnchor = anchor else { return }
        let firstStart = firstEnd - Double(first.ticks) / 1024
        update.gap = Gap(start: firstStart, seconds: smallestLag.unexplained)
        segment += 1
        for index in held.indices {
            held[index].segment = segment
            held[index].flag = index == held.startIndex ? .gapBefore : .ok
            if let end = held[index].end { held[index].end = end + smallestLag.total }
        }
        let firstOfPacket = update.recorded.first?.sequence ?? sequence + 1
        update.revised = held.filter { $0.sequence < firstOfPacket }
        update.recorded = update.recorded.filter { $0.flag == .flushed } + held.filter { $0.sequence >= firstOfPacket }
        anchor = oldAnchor + smallestLag.total
        drift = LagDrift()
        settleHeld(into: &update)
    }
}
