import HeartRate
public import Timekeeping

/// Finds out which strap is meant while people come near one after the other: a pure reducer of what is heard and of
/// passing time.
///
/// The free strap that is clearly nearer than the next for a while is connected, and offered once it has sent enough
/// plausible beats in a row. A link tells no signal, so what a strap advertised last stays its signal while it is looked
/// at. What was offered never changes by itself; a person might just be saying yes to it.
public struct Nearness: Sendable {
    /// The numbers.
    public let rules: NearnessRules
    /// How people say which strap is meant.
    public private(set) var way: Way
    /// The strap that is being looked at; nil for none.
    public private(set) var candidate: Candidate?
    /// Free straps of which none is clearly the nearest, nearest first; empty when one is, or when there is none.
    public private(set) var rivals: [StrapAddress] = []

    private var tracks: [StrapAddress: SignalTrack] = [:]
    private var taken: Set<StrapAddress> = []
    /// Straps that were there before `watch`; nil until then.
    private var before: Set<StrapAddress>?
    /// Who has been clearly the nearest since when.
    private var leader: (strap: StrapAddress, since: Instant)?
    private var closeSince: Instant?
    private var effects: [Effect] = []

    /// A reducer that has heard nothing.
    public init(way: Way = .near, rules: NearnessRules = NearnessRules()) {
        self.way = way
        self.rules = rules
    }

    /// Every strap that is heard or looked at, nearest first, with its last advertised signal in dBm.
    public var signals: [(strap: StrapAddress, rssi: Int)] {
        ranked(among: tracks.keys).compactMap { strap in tracks[strap].map { (strap, $0.newest) } }
    }

    /// How many dB the nearest free strap is louder than the next; nil with fewer than two.
    public var lead: Int? {
        let order = ranked(among: tracks.keys.filter { !taken.contains($0) })
        guard order.count > 1, let first = tracks[order[0]], let second = tracks[order[1]] else { return nil }
        return first.level - second.level
    }

    /// Whether a strap that comes now counts as new.
    public var isWatching: Bool { before != nil }

    /// Takes what happened.
    public mutating func apply(_ event: Event, at now: Instant) -> [Effect] {
        switch event {
        case .heard(let strap, let rssi):
            if tracks[strap] == nil {
                tracks[strap] = SignalTrack(rssi: rssi, at: now)
            } else {
                tracks[strap]?.add(rssi, at: now, stretch: rules.leadTime)
            }
        case .vanished(let strap): if candidate?.strap != strap { tracks[strap] = nil }
        case .taken(let strap): take(strap)
        case .freed(let strap): taken.remove(strap)
        case .chosen(let strap): choose(strap, at: now)
        case .rejected: reject()
        case .watch: before = Set(tracks.keys)
        case .subscribing(let strap): if candidate?.strap == strap { beginLink(at: now) }
        case .packet(let strap, let bytes): if candidate?.strap == strap { received(bytes, at: now) }
        case .lost(let strap): if candidate?.strap == strap { lose(at: now) }
        case .timePassed: break
        }
        letGo(at: now)
        judge(at: now)
        defer { effects = [] }
        return effects
    }

    // MARK: - What people want

    /// Given to somebody: it keeps its link, for whoever gave it may go on listening.
    private mutating func take(_ strap: StrapAddress) {
        guard taken.insert(strap).inserted else { return }
        tracks[strap] = nil
        if leader?.strap == strap { leader = nil }
        if candidate?.strap == strap {
            candidate = nil
            before = nil
        }
    }

    private mutating func choose(_ strap: StrapAddress, at now: Instant) {
        guard !taken.contains(strap) else { return }
        if candidate?.strap == strap {
            guard let old = candidate, !old.isChosen else { return }
            var kept = Candidate(strap: strap, isChosen: true, deadline: old.deadline)
            kept.isOffered = old.isOffered
            kept.isSending = old.isSending
            kept.beats = old.beats
            kept.lastMilliseconds = old.lastMilliseconds
            kept.packets = old.packets
            kept.ledger = old.ledger
            candidate = kept
            return
        }
        drop()
        candidate = Candidate(strap: strap, isChosen: true, deadline: now.advanced(by: rules.patience))
        effects.append(.want(strap))
    }

    private mutating func reject() {
        drop()
        leader = nil
        closeSince = nil
    }

    /// Lets the candidate go.
    private mutating func drop() {
        guard let candidate else { return }
        if candidate.isOffered { effects.append(.retract(candidate.strap)) }
        effects.append(.release(candidate.strap))
        self.candidate = nil
    }

    // MARK: - Beats

    private mutating func beginLink(at now: Instant) {
        _ = candidate?.ledger.beginSegment(at: now.seconds(since: Instant(nanoseconds: 0)))
        candidate?.beats = 0
        candidate?.lastMilliseconds = nil
    }

    private mutating func received(_ bytes: [UInt8], at now: Instant) {
        guard var heard = candidate else { return }
        heard.packets += 1
        // What cannot be read proves no beat; the row begins anew.
        guard let measurement = try? Measurement(bytes: bytes) else {
            heard.beats = 0
            candidate = heard
            return
        }
        heard.isSending = true
        heard.deadline = now.advanced(by: rules.patience)
        let seconds = now.seconds(since: Instant(nanoseconds: 0))
        let update = heard.ledger.add(measurement, at: seconds, packet: heard.packets)
        // Beats from before the link may be of somebody else who wore it.
        let beats = update.recorded.filter { $0.flag != .flushed }
        if update.gap != nil || beats.count < update.recorded.count {
            heard.beats = 0
            heard.lastMilliseconds = nil
        }
        heard.packetsWithoutBeats = measurement.rrTicks.isEmpty ? heard.packetsWithoutBeats + 1 : 0
        for beat in beats { count(beat.milliseconds, in: &heard) }
        if heard.beats >= rules.beats, !heard.isOffered {
            heard.isOffered = true
            effects.append(.offer(heard.strap))
        }
        candidate = heard
    }

    private func count(_ milliseconds: Double, in heard: inout Candidate) {
        let isSteady = heard.lastMilliseconds.map { abs(milliseconds - $0) <= rules.change * $0 } ?? true
        let isPlausible = rules.interval.contains(milliseconds)
        heard.beats = isPlausible ? (isSteady ? heard.beats + 1 : 1) : 0
        heard.lastMilliseconds = isPlausible ? milliseconds : nil
    }

    private mutating func lose(at now: Instant) {
        guard let lost = candidate else { return }
        if lost.isOffered { effects.append(.retract(lost.strap)) }
        candidate?.isOffered = false
        if lost.isSending { candidate?.deadline = now.advanced(by: rules.patience) }
        candidate?.isSending = false
        candidate?.beats = 0
        candidate?.lastMilliseconds = nil
    }

    // MARK: - Signals

    /// What is not heard any more is not there; what does not send is let go, unless a person named it.
    private mutating func letGo(at now: Instant) {
        if let candidate, !candidate.isChosen, now >= candidate.deadline {
            drop()
            leader = nil
        }
        for (strap, track) in tracks where candidate?.strap != strap {
            if now >= track.heardAt.advanced(by: rules.memory) { tracks[strap] = nil }
        }
    }

    /// Free straps that may be meant, nearest first.
    private var meant: [StrapAddress] {
        switch way {
        case .id: return []
        case .near: return ranked(among: tracks.keys.filter { !taken.contains($0) })
        case .new:
            guard let before else { return [] }
            return ranked(among: tracks.keys.filter { !taken.contains($0) && !before.contains($0) })
        }
    }

    private func ranked(among straps: some Sequence<StrapAddress>) -> [StrapAddress] {
        straps.sorted { left, right in
            let levels = (tracks[left]?.level ?? Int.min, tracks[right]?.level ?? Int.min)
            return levels.0 == levels.1 ? left < right : levels.0 > levels.1
        }
    }

    private mutating func judge(at now: Instant) {
        let order = meant
        guard let first = order.first, let level = tracks[first]?.level else {
            (leader, closeSince, rivals) = (nil, nil, [])
            return
        }
        let close = order.filter { (tracks[$0]?.level ?? Int.min) > level - rules.leadDecibels }
        if close.count > 1 {
            leader = nil
            let since = closeSince ?? now
            closeSince = since
            rivals = now >= since.advanced(by: rules.leadTime) ? close : []
            return
        }
        (closeSince, rivals) = (nil, [])
        guard let current = leader, current.strap == first else {
            leader = (first, now)
            return
        }
        guard now >= current.since.advanced(by: rules.leadTime) else { return }
        if let candidate {
            guard candidate.strap != first, !candidate.isChosen, !candidate.isOffered else { return }
            drop()
        }
        candidate = Candidate(strap: first, isChosen: false, deadline: now.advanced(by: rules.patience))
        effects.append(.want(first))
    }
}
