public import Timekeeping

/// Keeps every wanted strap streaming, whatever happens: a pure reducer of radio events and passing time.
///
/// Each strap has a state with a deadline; each adapter a line with one Connect in flight, discovery paused meanwhile,
/// and no more links than slots. Success is the first valid packet, not the answer of Connect. Whoever waits longest
/// goes first. `stop` undoes what the keeper did; afterwards it only hands on packets that are still under way.
public struct StrapKeeper: Sendable {
    /// How long states may last.
    public let patience: Patience
    /// Whether discovery goes on although nothing is missing: while people look for straps.
    public private(set) var isLookout = false
    /// Whether `stop` was called.
    public private(set) var isStopped = false

    var straps: [StrapAddress: StrapLife] = [:]
    var lines: [AdapterAddress: AdapterLine] = [:]
    /// What experience says of adapters, by address; it outlives the adapter and the service.
    var lessons: [AdapterAddress: SlotLesson]
    var effects: [StrapEffect] = []
    private var jitter: Jitter

    /// A keeper that wants nothing yet.
    /// - Parameters:
    ///   - patience: how long states may last.
    ///   - lessons: what is remembered of adapters from earlier.
    ///   - seed: of the jitter between tries.
    public init(
        patience: Patience = Patience(), lessons: [AdapterAddress: SlotLesson] = [:], seed: UInt64 = 1
    ) {
        self.patience = patience
        self.lessons = lessons
        jitter = Jitter(state: seed)
    }

    /// The state of each wanted strap.
    public var states: [StrapAddress: StrapState] { straps.mapValues(\.state) }

    /// Wanted straps held by each adapter, by the adapter's name.
    public var held: [String: Int] {
        var counts: [String: Int] = [:]
        for line in lines.values { counts[line.report.name] = usedSlots(of: line.report.address) }
        return counts
    }

    /// The adapters that are there.
    public var adapters: [AdapterReport] {
        lines.values.map(\.report).sorted { $0.name < $1.name }
    }

    // MARK: - What people want

    /// Turns discovery on while people look for straps, or off again.
    public mutating func setLookout(_ isOn: Bool, at now: Instant) -> [StrapEffect] {
        isLookout = isOn
        return drained(at: now)
    }

    /// Wants a strap: it is connected as soon as an adapter hears it, and kept.
    /// - Parameters:
    ///   - strap: its address.
    ///   - knownFrom: adapters that have heard it already, with the signal in dBm.
    ///   - now: the present moment.
    /// - Returns: what to do.
    public mutating func want(
        _ strap: StrapAddress, heardBy knownFrom: [AdapterAddress: Int] = [:], at now: Instant
    ) -> [StrapEffect] {
        guard straps[strap] == nil, !isStopped else { return [] }
        var life = StrapLife()
        life.heard = knownFrom.filter { lines[$0.key] != nil }
        life.deadline = now.advanced(by: patience.unheard)
        straps[strap] = life
        for line in lines.values where line.foreignLinks.contains(strap) {
            let key = StrapKey(adapter: line.report.address, strap: strap)
            lines[key.adapter]?.foreignLinks.remove(strap)
            adopt(key, at: now)
            if lines[key.adapter]?.foreignReady.remove(strap) != nil { subscribe(key, at: now) }
        }
        if straps[strap]?.state == .unseen, !life.heard.isEmpty { enqueue(strap, at: now) }
        return drained(at: now)
    }

    /// Wants a strap no longer: its link is ended.
    public mutating func release(_ strap: StrapAddress, at now: Instant) -> [StrapEffect] {
        guard let life = straps.removeValue(forKey: strap) else { return [] }
        if life.state.holdsSlot, let key = life.key(strap) { endLink(key) }
        return drained(at: now)
    }

    /// Ends everything the keeper began: links, notifications, discovery.
    ///
    /// Nothing is begun afterwards.
    public mutating func stop(at now: Instant) -> [StrapEffect] {
        guard !isStopped else { return [] }
        isStopped = true
        for (strap, life) in straps.sorted(by: { $0.key < $1.key }) where life.state.holdsSlot {
            if let key = life.key(strap) { effects.append(.radio(.disconnect(key))) }
        }
        for line in lines.values where line.discovery == .on || line.discovery == .starting {
            effects.append(.radio(.stopDiscovery(line.report.address)))
        }
        defer { effects = [] }
        return effects
    }

    // MARK: - Time

    /// Lets deadlines pass.
    public mutating func tick(at now: Instant) -> [StrapEffect] {
        guard !isStopped else { return [] }
        for (address, line) in lines {
            if let until = line.blockedUntil, now >= until { lines[address]?.blockedUntil = nil }
        }
        for strap in straps.keys.sorted() {
            if let deadline = straps[strap]?.deadline, now >= deadline { deadlinePassed(strap, at: now) }
        }
        return drained(at: now)
    }

    private mutating func deadlinePassed(_ strap: StrapAddress, at now: Instant) {
        guard let life = straps[strap] else { return }
        straps[strap]?.deadline = nil
        switch life.state {
        case .connecting:
            cancelConnect(strap, at: now)
        case .resolving:
            giveUpLink(strap, because: "its services were not resolved in time", at: now)
        case .subscribing, .stalled:
            if life.didRenew || !life.isSubscribed {
                giveUpLink(strap, because: "no valid packet came", at: now)
            } else {
                renewNotifications(strap, at: now)
            }
        case .streaming:
            effects.append(.report(.lost(strap)))
            enter(.stalled, strap, at: now)
            renewNotifications(strap, at: now)
        case .backOff, .needsPerson:
            if life.heard.isEmpty { enter(.unseen, strap, at: now) } else { enqueue(strap, at: now) }
        case .unseen:
            tell(strap, Advice.unheard)
        case .queued:
            break
        }
    }

    private mutating func renewNotifications(_ strap: StrapAddress, at now: Instant) {
        guard let key = straps[strap]?.key(strap) else { return }
        straps[strap]?.didRenew = true
        straps[strap]?.deadline = now.advanced(by: patience.renewedSilence)
        effects.append(.radio(.stopNotify(key)))
    }

    private mutating func cancelConnect(_ strap: StrapAddress, at now: Instant) {
        guard let key = straps[strap]?.key(strap) else { return }
        endLink(key)
        lines[key.adapter]?.blockedUntil = now.advanced(by: patience.cancelling)
        let failure = RadioFailure(kind: .timeOut, message: "no link within the time", advice: "")
        fail(strap, failure, at: now)
    }

    /// Asks for a link's end; its place is free when it is down.
    mutating func endLink(_ key: StrapKey) {
        lines[key.adapter]?.ending.insert(key.strap)
        effects.append(.radio(.disconnect(key)))
    }

    /// Ends a link that does not deliver and tries again after a pause.
    mutating func giveUpLink(_ strap: StrapAddress, because reason: String, at now: Instant) {
        guard let key = straps[strap]?.key(strap) else { return }
        endLink(key)
        fail(strap, RadioFailure(kind: .transient, message: reason, advice: ""), at: now)
    }

    // MARK: - States

    mutating func enter(_ state: StrapState, _ strap: StrapAddress, at now: Instant) {
        guard let old = straps[strap]?.state else { return }
        straps[strap]?.state = state
        let limit = deadline(of: state, strap, at: now)
        straps[strap]?.deadline = limit
        if !state.holdsSlot { straps[strap]?.adapter = nil }
        if old != state { effects.append(.report(.state(strap, state))) }
    }

    private mutating func deadline(of state: StrapState, _ strap: StrapAddress, at now: Instant) -> Instant? {
        switch state {
        case .unseen: now.advanced(by: patience.unheard)
        case .queued: nil
        case .connecting:
            now.advanced(by: isProbe(strap) ? patience.probing : patience.connecting)
        case .resolving: now.advanced(by: patience.resolving)
        case .subscribing: now.advanced(by: patience.subscribing)
        case .streaming: now.advanced(by: patience.silence)
        case .stalled: now.advanced(by: patience.renewedSilence)
        case .backOff: now.advanced(by: pause(afterFailures: straps[strap]?.failures ?? 1))
        case .needsPerson: now.advanced(by: patience.personPause)
        }
    }

    private mutating func pause(afterFailures failures: Int) -> Duration {
        let doubled = patience.shortestPause * (1 << min(max(failures - 1, 0), 8))
        return min(doubled, patience.longestPause) * jitter.nextFactor()
    }

    mutating func enqueue(_ strap: StrapAddress, at now: Instant) {
        if straps[strap]?.queuedAt == nil { straps[strap]?.queuedAt = now }
        enter(.queued, strap, at: now)
    }

    /// Takes over a link that is up: ours, one that a crash left behind, or one the radio made by itself.
    mutating func adopt(_ key: StrapKey, at now: Instant) {
        straps[key.strap]?.adapter = key.adapter
        straps[key.strap]?.queuedAt = nil
        straps[key.strap]?.didRenew = false
        straps[key.strap]?.isSubscribed = false
        straps[key.strap]?.linkSince = now
        enter(.resolving, key.strap, at: now)
    }

    /// Services are resolved: asks for notifications.
    mutating func subscribe(_ key: StrapKey, at now: Instant) {
        enter(.subscribing, key.strap, at: now)
        straps[key.strap]?.subscribingSince = now
        effects.append(.report(.subscribing(key.strap)))
        effects.append(.radio(.startNotify(key)))
    }

    /// A try has failed or a link was lost: decides when and how the next one comes.
    mutating func fail(_ strap: StrapAddress, _ failure: RadioFailure, at now: Instant) {
        guard let life = straps[strap] else { return }
        let key = life.key(strap)
        if let key { noteFailure(key, failure.kind) }
        if life.state == .streaming { effects.append(.report(.lost(strap))) }
        let failure = judged(failure, of: strap, at: now)
        straps[strap]?.failures += 1
        straps[strap]?.heard = [:]
        straps[strap]?.queuedAt = nil
        switch failure.kind {
        case .gone, .adapterOff, .serviceGone:
            enter(.unseen, strap, at: now)
        case .permanent, .needsPairing, .bondBroken, .notAllowed:
            tell(strap, failure.message == failure.advice ? failure.advice : failure.description)
            enter(.needsPerson(failure.advice), strap, at: now)
        case .outOfSlots:
            enter(.backOff, strap, at: now)
        case .busy, .notConnected, .transient, .cancelled, .timeOut:
            enter(.backOff, strap, at: now)
            let failures = straps[strap]?.failures ?? 0
            if let key, failures % patience.triesBeforeForgetting == 0 { effects.append(.radio(.forget(key))) }
        }
    }

    /// Tells people something about a strap, unless it was the last thing they were told of it.
    mutating func tell(_ strap: StrapAddress, _ sentence: String) {
        guard straps[strap]?.told != sentence else { return }
        straps[strap]?.told = sentence
        effects.append(.report(.advice(strap, sentence)))
    }

    private func isProbe(_ strap: StrapAddress) -> Bool {
        straps[strap]?.adapter.flatMap { lines[$0]?.isProbing } ?? false
    }

    /// The strap whose Connect has neither a link nor a failure yet.
    func connecting(on adapter: AdapterAddress) -> StrapAddress? {
        straps.first { $0.value.adapter == adapter && $0.value.state == .connecting }?.key
    }

    func usedSlots(of adapter: AdapterAddress) -> Int {
        let ours = straps.values.count { $0.adapter == adapter && $0.state.holdsSlot }
        let ending = lines[adapter]?.ending ?? []
        let leaving = ending.count { straps[$0]?.adapter != adapter }
        return ours + leaving + (lines[adapter]?.foreignLinks.count ?? 0)
    }

    mutating func drained(at now: Instant) -> [StrapEffect] {
        if !isStopped { serveLines(at: now) }
        defer { effects = [] }
        return effects
    }
}

/// Factors between 0.75 and 1.25 (SplitMix64, Steele et al.
///
/// 2014).
private struct Jitter: Sendable {
    var state: UInt64

    mutating func nextFactor() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        z ^= z >> 31
        return 0.75 + 0.5 * Double(z >> 11) / Double(1 << 53)
    }
}
