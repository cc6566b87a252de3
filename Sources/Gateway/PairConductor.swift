import Practice
public import Store
import Straps
public import Timekeeping

/// Gives straps to the places of a group, one after the other: carries the rule of nearness out on the radio, keeps what
/// people say in the store, and tells how it stands.
public actor PairConductor {
    /// How often deadlines are looked at, and the store, session time.
    static let tick = Duration.milliseconds(200)
    static let ticksBetweenReadings = 5
    /// How long a strap may wait for a free place of an adapter before one that is done gives its own up.
    static let patienceForPlace = Duration.seconds(4)

    /// Tells when a new view may differ from the one before, which may be often.
    ///
    /// One reader.
    public nonisolated let changed: AsyncStream<Void>

    let plan: PairPlan
    let store: Store
    let clock: any SessionClock
    var nearness: Nearness { didSet { changeSink.yield() } }
    var round: PairingRound { didSet { changeSink.yield() } }
    /// Straps that belong to a code, of whatever group, and those with a label.
    var known: [KnownStrap] = []
    var names: [String: String] = [:]
    var batteries: [String: Int] = [:]
    /// What is heard of each strap while we hold it.
    var trials: [String: StrapTrial] = [:] {
        didSet { if trials.count != oldValue.count || trials.keys != oldValue.keys { hold?.set(Set(trials.keys)) } }
    }
    /// Straps that were given and are still listened to, the longest first.
    var kept: [String] = []
    /// Kept straps whose link is lost.
    var lost: Set<String> = []
    /// Straps that another program holds.
    var elsewhere: Set<String> = []
    var message = "" { didSet { changeSink.yield() } }

    private var otherRooms: OtherRooms
    /// Tells other processes, should this one be killed, which links are ours.
    private let hold: StrapHold?
    private let desk: StrapDesk
    private let start: Instant
    private let orders: AsyncStream<@Sendable (StrapDesk) async -> Void>
    private let orderSink: AsyncStream<@Sendable (StrapDesk) async -> Void>.Continuation
    /// Whether what was told stands until a person does something, whatever is offered meanwhile.
    private var keepsMessage = false
    private let changeSink: AsyncStream<Void>.Continuation
    private var heard: [String: [String: Int]] = [:]
    private var heardByFirst: [String: Instant] = [:]
    private var queuedSince: Instant?
    private var isBusy = false
    private var changes = 0
    private var ending: PairEnd?
    private var finish: CheckedContinuation<Void, Never>?

    /// A conductor that has not begun.
    /// - Parameters:
    ///   - plan: what is to be done.
    ///   - desk: keeps the straps.
    ///   - store: where straps and groups are on record.
    ///   - clock: the session's time.
    ///   - hold: where it is noted which straps are linked; nil for nowhere.
    public init(
        plan: PairPlan, desk: StrapDesk, store: Store, clock: any SessionClock, hold: StrapHold? = nil
    ) {
        self.plan = plan
        self.hold = hold
        self.desk = desk
        self.store = store
        self.clock = clock
        otherRooms = OtherRooms(plan.elsewhere)
        nearness = Nearness(way: plan.way, rules: plan.rules)
        round = PairingRound(plan.roster.members)
        start = clock.now().instant
        (orders, orderSink) = AsyncStream.makeStream()
        (changed, changeSink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Runs until everybody has a strap or somebody stops it; afterwards nothing of ours is connected.
    /// - Parameter endRadio: ends the radio once its links are down.
    /// - Returns: how it ended.
    public func run(endRadio: () async -> Void) async -> PairEnd {
        await readStore()
        let ordering = Task { [orders, desk] in for await order in orders { await order(desk) } }
        let reporting = Task {
            for await report in desk.reports { self.take(report) }
            self.end(.lostBus)
        }
        await desk.setLookout(true)
        let ticking = Task { [clock] in
            var count = 0
            while (try? await clock.sleep(for: Self.tick)) != nil {  // ends by cancellation only
                count += 1
                self.apply(.timePassed)
                self.makeRoom()
                if count % Self.ticksBetweenReadings == 0 { await self.readStore() }
            }
        }
        endIfDone()
        await untilEnded()
        ticking.cancel()
        orderSink.finish()
        await ordering.value
        await desk.stop()
        await endRadio()
        await reporting.value
        return ending ?? .stopped(round.openCodes)
    }

    /// Does what a person wants.
    /// - Returns: false when it could not be done; the view's message says why.
    @discardableResult public func perform(_ order: PairOrder) async -> Bool {
        if order == .stop {
            end(.stopped(round.openCodes))
            return true
        }
        guard ending == nil, !isBusy else { return false }
        isBusy = true
        defer { isBusy = false }
        message = ""
        keepsMessage = false
        var isDone = true
        do {
            switch order {
            case .accept(let shown): try await accept(shown)
            case .name(let text): try await name(text)
            case .pick(let below): pick(below: below)
            case .reject: apply(.rejected)
            case .putOff: if let code = round.current { round.putOff(code) }
            case .setAbsent: try await setAbsent()
            case .takeBack: try await takeBack()
            case .stop: break
            }
        } catch {
            message = "\(error)"
            await readStore(duringOrder: true)
            isDone = false
        }
        changes += 1
        endIfDone()
        return isDone
    }

    // MARK: - What people want

    private func accept(_ shown: String?) async throws {
        guard let code = round.current else { return }
        if let shown, shown != nearness.candidate?.strap { throw PairingRefusal.offeredBefore }
        guard let candidate = nearness.candidate else {
            guard plan.way == .new, !nearness.isWatching else { throw PairingRefusal.nothingOffered }
            return apply(.watch)
        }
        let strap = identity(of: candidate.strap)
        guard candidate.isOffered else { throw PairingRefusal.noBeats(strap: strap.label) }
        // The store knows best whose it is: another coach may have been quicker.
        try await store.setStrap(code, strap, isLent: !plan.remembers)
        round.give(strap, to: code)
        kept.append(strap.address)
        apply(.taken(strap.address))
        message = "\(code) wears \(strap.label) now."
    }

    private func name(_ text: String) async throws {
        guard let code = round.current else { return }
        known = try await store.knownStraps()
        let heard = nearness.signals.map { KnownStrap(identity: identity(of: $0.strap)) }
        let others = elsewhere.map { KnownStrap(identity: identity(of: $0)) }
        let strap = try PairingRefusal.find(text, among: known + heard + others, for: code)
        if otherRooms.have(strap) { throw PairingRefusal.elsewhere(strap: strap.label) }
        if plan.labelsInSession.contains(strap.label) { throw PairingRefusal.inSession(strap: strap.label) }
        if names[strap.address] == nil { names[strap.address] = strap.name }
        if elsewhere.remove(strap.address) != nil { apply(.freed(strap.address)) }
        apply(.chosen(strap.address))
    }

    private func pick(below: Bool) {
        let free = nearness.signals.map(\.strap).filter { owner(of: $0) == nil && !elsewhere.contains($0) }
        guard !free.isEmpty else { return }
        let place = nearness.candidate.flatMap { free.firstIndex(of: $0.strap) }
        let next = place.map { $0 + (below ? 1 : -1) } ?? (below ? 0 : free.count - 1)
        if free.indices.contains(next) { apply(.chosen(free[next])) }
    }

    private func setAbsent() async throws {
        guard let code = round.current else { return }
        try await store.setConsent(code, .no)
        round.setAbsent(code)
        message = "\(code) takes no part now; u takes that back."
    }

    private func takeBack() async throws {
        guard let step = round.steps.last else {
            message = "There is nothing to take back."
            return
        }
        if let given = step.given {
            try await store.setStrap(step.code, step.strap)
            kept.removeAll { $0 == given.address }
            trials[given.address] = nil
            enqueue { desk in await desk.release(given.address) }
            apply(.freed(given.address))
        } else {
            try await store.setConsent(step.code, step.consent)
        }
        _ = round.takeBack()
        message = "\(step.code) is asked again."
    }

    // MARK: - Time

    /// What was changed in another window counts here as well.
    private func readStore(duringOrder: Bool = false) async {
        let before = changes
        // A store that cannot be read just now is read the next time; what is changed through us is told at once.
        guard let members = try? await store.roster(plan.roster.group).members,
            let newest = try? await store.knownStraps(), changes == before,
            duringOrder || !isBusy
        else { return }
        let owned = newest.filter { $0.code != nil }.map(\.identity)
        let freed = Set(known.filter { $0.code != nil }.map(\.identity.address)).subtracting(owned.map(\.address))
        known = newest
        round.follow(members)
        for strap in owned {
            if names[strap.address] == nil { names[strap.address] = strap.name }
            let isLost = nearness.candidate?.strap == strap.address
            apply(.taken(strap.address))
            if isLost { lose(strap) }
        }
        for strap in freed where !elsewhere.contains(strap) { apply(.freed(strap)) }
        endIfDone()
    }

    /// The strap that is looked at was given to somebody in another window.
    private func lose(_ strap: StrapIdentity) {
        trials[strap.address] = nil
        enqueue { desk in await desk.release(strap.address) }
        if let code = owner(of: strap.address) {
            message = "\(PairingRefusal.taken(strap: strap.label, by: code))"
            keepsMessage = true
        }
    }

    /// One that is done gives its place up where an adapter is full.
    private func makeRoom() {
        let now = clock.now().instant
        guard let since = queuedSince, now >= since.advanced(by: Self.patienceForPlace), !kept.isEmpty else { return }
        let oldest = kept.removeFirst()
        trials[oldest] = nil
        lost.remove(oldest)
        queuedSince = now
        enqueue { desk in await desk.release(oldest) }
    }

    private func endIfDone() {
        if round.current == nil { end(.done) }
    }

    private func untilEnded() async {
        guard ending == nil else { return }
        await withCheckedContinuation { finish = $0 }
    }

    private func end(_ end: PairEnd) {
        guard ending == nil else { return }
        ending = end
        finish?.resume()
        finish = nil
    }

    private func enqueue(_ order: @escaping @Sendable (StrapDesk) async -> Void) { orderSink.yield(order) }

    private func apply(_ event: Nearness.Event, at moment: Moment? = nil) {
        for effect in nearness.apply(event, at: moment?.instant ?? clock.now().instant) {
            switch effect {
            case .want(let strap):
                trials[strap] = StrapTrial()
                queuedSince = nil
                let adapters = heard[strap] ?? [:]
                enqueue { desk in await desk.want(strap, heardBy: adapters) }
            case .release(let strap):
                trials[strap] = nil
                queuedSince = nil
                enqueue { desk in await desk.release(strap) }
            case .offer, .retract: if !keepsMessage { message = "" }
            }
        }
    }

    // MARK: - What the keeper of straps tells

    private func take(_ report: StrapReport) {
        guard ending == nil else { return }
        switch report {
        case .seen(let key, let sighting): seen(key, sighting)
        case .linked(let key):
            if hold?.settle(key.strap) == true { return endLink(of: key.strap) }
            elsewhere.insert(key.strap)
            apply(.taken(key.strap))
        case .subscribing(let strap):
            trials[strap]?.beginLink(at: t)
            apply(.subscribing(strap))
        case .streaming(let strap, _): lost.remove(strap)
        case .lost(let strap):
            trials[strap]?.lose()
            if kept.contains(strap) { lost.insert(strap) }
            apply(.lost(strap))
        case .packet(let strap, let bytes, let moment):
            trials[strap]?.add(bytes, at: moment.instant.seconds(since: start))
            apply(.packet(strap, bytes), at: moment)
        case .battery(let strap, let percent): batteries[strap] = percent
        case .state(let strap, let state):
            guard strap == nearness.candidate?.strap else { return }
            queuedSince = state == .queued ? queuedSince ?? clock.now().instant : nil
        case .advice(let strap, let text):
            let isRoomNear = queuedSince != nil && !kept.isEmpty
            if strap == nil || (strap == nearness.candidate?.strap && !isRoomNear) { message = text }
        case .described, .learned: break
        }
    }

    /// Ends the link that a killed process left behind: the strap is heard again then, as any other.
    private func endLink(of strap: String) {
        enqueue { desk in
            await desk.want(strap)
            await desk.release(strap)
        }
    }

    private func seen(_ key: StrapKey, _ sighting: Sighting) {
        if !sighting.name.isEmpty { names[key.strap] = sighting.name }
        if otherRooms.have(identity(of: key.strap)) { return leave(key.strap) }
        guard let rssi = sighting.rssi else { return }
        let now = clock.now().instant
        heard[key.strap, default: [:]][key.adapter] = rssi
        // What advertises has no link.
        if elsewhere.remove(key.strap) != nil, owner(of: key.strap) == nil { apply(.freed(key.strap)) }
        if key.adapter == plan.adapters.first?.address {
            heardByFirst[key.strap] = now
        } else if let last = heardByFirst[key.strap], now < last.advanced(by: plan.rules.memory) {
            return  // signals of two adapters cannot be compared
        }
        apply(.heard(key.strap, rssi: rssi))
    }

    /// A strap of another room is left alone, also when it was looked at before its name was heard.
    private func leave(_ strap: String) {
        guard elsewhere.insert(strap).inserted else { return }
        if nearness.candidate?.strap == strap { apply(.rejected) }
        apply(.taken(strap))
    }

    private var t: Double { clock.now().instant.seconds(since: start) }

    func owner(of strap: String) -> Code? { known.first { $0.identity.address == strap }?.code }

    func identity(of strap: String) -> StrapIdentity { StrapIdentity(address: strap, name: names[strap] ?? "") }
}
