import HeartRate
public import Practice
import Straps
public import Timekeeping

/// Reads the heart of one person: finds the strap, asks, listens, and keeps nothing.
public actor PersonalConductor {
    /// How long a strap is looked for while none is asked about, and how long a named one may be silent, session time.
    public static let patienceSeconds = 60.0
    /// How often deadlines are looked at, session time.
    static let tick = Duration.milliseconds(100)

    /// What happens, for one reader; ends with the reading.
    public nonisolated let events: AsyncStream<PersonalEvent>

    let plan: PersonalPlan
    private let desk: StrapDesk
    let clock: any SessionClock
    private let sink: AsyncStream<PersonalEvent>.Continuation
    private let orders: AsyncStream<@Sendable (StrapDesk) async -> Void>
    private let orderSink: AsyncStream<@Sendable (StrapDesk) async -> Void>.Continuation
    private var start: Moment
    var nearness: Nearness
    private var names: [String: String] = [:]
    var heard: [String: [String: Int]] = [:]
    private var heardByFirst: [String: Instant] = [:]
    var elsewhere: Set<String> = []
    private var otherRooms: OtherRooms
    /// Since when nobody is asked.
    var lookingSince: Instant
    /// The strap that is read.
    var strap: StrapIdentity?
    private var reading: PersonalReading
    private var hasLink = false
    private var hasPackets = false
    var advice = ""
    var ending: PersonalEnd?
    private var endedAt: Double?
    private var finish: CheckedContinuation<Void, Never>?

    /// A conductor that has not begun.
    public init(plan: PersonalPlan, desk: StrapDesk, clock: any SessionClock) {
        self.plan = plan
        otherRooms = plan.otherRooms
        self.desk = desk
        self.clock = clock
        let now = clock.now()
        start = now
        lookingSince = now.instant
        nearness = Nearness(way: .near, rules: plan.rules)
        reading = PersonalReading(length: plan.length, rate: plan.rate, at: 0)
        (events, sink) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
        (orders, orderSink) = AsyncStream.makeStream()
    }

    /// Runs until its time is over or somebody stops it; afterwards nothing of ours is connected.
    /// - Parameter endRadio: ends the radio once its links are down.
    /// - Returns: how it ended.
    public func run(endRadio: () async -> Void) async -> PersonalEnd {
        for strap in plan.taken { apply(.taken(strap)) }
        let ordering = Task { [orders, desk] in for await order in orders { await order(desk) } }
        let reporting = Task {
            for await report in desk.reports { self.take(report) }
            self.end(.lostBus)
        }
        switch plan.meant {
        case .nearest: await desk.setLookout(true)
        case .strap(let identity):
            begin(identity)
            await desk.want(identity.address)
        }
        let ticking = Task { [clock] in
            while (try? await clock.sleep(for: Self.tick)) != nil {  // ends by cancellation only
                self.letTimePass()
            }
        }
        await untilEnded()
        ticking.cancel()
        orderSink.finish()
        await ordering.value
        await desk.stop()
        await endRadio()
        await reporting.value
        take(reading.finish())
        sink.finish()
        return ending ?? .stopped
    }

    // MARK: - What the person does

    /// Answers the question whether the strap that is offered is the person's own.
    public func answer(isMine: Bool) {
        guard ending == nil, case .asking(let identity) = stage else { return }
        if isMine {
            apply(.taken(identity.address))
            begin(identity)
            // Its link is up, and packets come.
            beginLink()
            enqueue { desk in await desk.setLookout(false) }
        } else {
            apply(.rejected)
            apply(.taken(identity.address))
        }
    }

    /// Interrupts the reading or goes on.
    public func pause() {
        guard ending == nil, strap != nil else { return }
        let isPaused = !reading.isPaused
        take(reading.setPaused(isPaused, at: t))
        emit(.paused(isPaused))
    }

    /// Makes the pacer so many steps faster, or slower with a negative number.
    public func changePacer(by steps: Int) {
        guard ending == nil, let before = reading.pacer?.pacer.rate else { return }
        reading.changePacer(by: steps, at: t)
        if let rate = reading.pacer?.pacer.rate, rate != before { emit(.pacer(rate)) }
    }

    /// Shows and tells something that concerns the person, such as a missing sound.
    public func tell(_ text: String) {
        advice = text
        emit(.notice(text))
    }

    /// Ends it now.
    public func stop() { end(.stopped) }

    // MARK: - How it stands

    /// Where it stands.
    public var stage: PersonalStage {
        if ending != nil { return .ended }
        if strap != nil { return .reading }
        guard let candidate = nearness.candidate else { return .looking(lookingWords) }
        let identity = identity(of: candidate.strap)
        return candidate.isOffered ? .asking(identity) : .looking("Connecting \(identity.label) ...")
    }

    /// Everything a screen shows, as of now.
    public func view() -> PersonalView {
        var view = reading.view(at: t)
        view.source = .strap(strap?.label ?? "")
        view.message = advice
        return view
    }

    /// All that was measured until now.
    /// - Parameter zoneOffsetSeconds: local time's offset from UTC, seconds.
    /// - Returns: the record.
    public func record(zoneOffsetSeconds: Int) -> PersonalRecord {
        reading.record(at: endedAt ?? t, started: start.utc, zoneOffsetSeconds: zoneOffsetSeconds)
    }

    // MARK: - Time

    private var t: Double { max(0, clock.now().instant.seconds(since: start.instant)) }

    private func letTimePass() {
        apply(.timePassed)
        let now = clock.now().instant
        guard strap != nil else {
            if case .asking = stage { lookingSince = now }
            if now.seconds(since: lookingSince) >= Self.patienceSeconds {
                end(.nobodyNear(taken: held.count))
            }
            return
        }
        if reading.isOver(at: t) { return end(.done) }
        guard t >= Self.patienceSeconds, !reading.hasBegun, let strap else { return }
        if !hasPackets { return end(.silent(strap, advice: advice)) }
        // It sends, but no beats.
        if t >= Self.patienceSeconds + (plan.length ?? 0) { end(.done) }
    }

    private func begin(_ identity: StrapIdentity) {
        strap = identity
        start = clock.now()
        reading = PersonalReading(length: plan.length, rate: plan.rate, at: 0)
        reading.setStrap(.connecting)
        advice = ""
    }

    private func untilEnded() async {
        guard ending == nil else { return }
        await withCheckedContinuation { finish = $0 }
    }

    private func end(_ end: PersonalEnd) {
        guard ending == nil else { return }
        ending = end
        endedAt = t
        finish?.resume()
        finish = nil
    }

    // MARK: - What the keeper of straps tells

    private func take(_ report: StrapReport) {
        guard ending == nil else { return }
        guard let strap else { return look(report) }
        switch report {
        case .subscribing(strap.address): beginLink()
        case .streaming(strap.address, _): streaming()
        case .lost(strap.address):
            reading.lose(at: t)
            hasLink = false
            emit(.lost)
        case .packet(strap.address, let bytes, let moment):
            if !hasLink { beginLink() }
            if !hasPackets { emit(.began(strap: strap.label)) }
            hasPackets = true
            take(reading.add(bytes, at: moment.instant.seconds(since: start.instant), utc: moment.utc))
        case .state(strap.address, .needsPerson(let text)): reading.setStrap(.needsPerson(text))
        case .advice(let about, let text): if about == nil || about == strap.address { advice = text }
        default: break
        }
    }

    private func beginLink() {
        hasLink = true
        take(reading.beginLink(strap: strap?.label ?? "", at: t))
    }

    private func streaming() {
        if !hasLink { beginLink() }
        reading.setStrap(.on)
        if let gap = reading.comeBack(at: t) { emit(.back(gapSeconds: gap)) }
    }

    private func look(_ report: StrapReport) {
        switch report {
        case .seen(let key, let sighting): seen(key, sighting)
        case .linked(let key):
            elsewhere.insert(key.strap)
            apply(.taken(key.strap))
        case .subscribing(let strap): apply(.subscribing(strap))
        case .lost(let strap): apply(.lost(strap))
        case .packet(let strap, let bytes, let moment): apply(.packet(strap, bytes), at: moment)
        case .advice(let about, let text): if about == nil || about == nearness.candidate?.strap { advice = text }
        default: break
        }
    }

    private func seen(_ key: StrapKey, _ sighting: Sighting) {
        if !sighting.name.isEmpty { names[key.strap] = sighting.name }
        if otherRooms.have(identity(of: key.strap)) {
            return leave(key.strap)
        }
        guard let rssi = sighting.rssi else { return }
        let now = clock.now().instant
        heard[key.strap, default: [:]][key.adapter] = rssi
        if elsewhere.remove(key.strap) != nil, !plan.taken.contains(key.strap) { apply(.freed(key.strap)) }
        if key.adapter == plan.adapters.first {
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

    func apply(_ event: Nearness.Event, at moment: Moment? = nil) {
        for effect in nearness.apply(event, at: moment?.instant ?? clock.now().instant) {
            switch effect {
            case .want(let strap):
                let adapters = heard[strap] ?? [:]
                enqueue { desk in await desk.want(strap, heardBy: adapters) }
            case .release(let strap): enqueue { desk in await desk.release(strap) }
            case .offer, .retract: break
            }
        }
    }

    private func enqueue(_ order: @escaping @Sendable (StrapDesk) async -> Void) { orderSink.yield(order) }

    func identity(of strap: String) -> StrapIdentity { StrapIdentity(address: strap, name: names[strap] ?? "") }

    // MARK: - Telling

    private func take(_ output: PersonalReading.Output) {
        for beat in output.beats { emit(.beat(t: beat.end, milliseconds: beat.milliseconds, beat.flag)) }
        for (update, standing) in output.updates {
            var view = view()
            view.smoothness = PersonalView.Smoothness(update, standing)
            emit(.update(PersonalUpdate(update, standing, view)))
        }
        for notice in output.notices { emit(.notice(notice)) }
    }

    private func emit(_ kind: PersonalEvent.Kind) {
        let now = clock.now()
        sink.yield(PersonalEvent(t: max(0, now.instant.seconds(since: start.instant)), utc: now.utc, kind: kind))
    }
}
