public import Practice
public import Store
import Straps
public import Timekeeping

/// Leads one session: straps in, beats to the store, numbers to the screens, phases by the script.
///
/// It is the only place where packets, ledger, analysis, store and readouts meet. What is written down never waits for a
/// screen; screens ask for the newest view.
public actor SessionConductor {
    /// How often phases and waiting straps are looked at, in session time.
    static let tick = Duration.milliseconds(200)
    /// How long a strap that somebody named is looked for, seconds of session time.
    static let searching = 10.0
    /// How many log lines a screen may ask for.
    static let logLength = 40

    /// Everything that happens, in order; ends with the session.
    ///
    /// One reader.
    public nonisolated let events: AsyncStream<SessionEvent>

    let plan: SessionPlan
    let desk: StrapDesk
    let writer: SessionWriter
    /// Tells other processes, should this one be killed, which links are ours.
    private let hold: StrapHold?
    let clock: any SessionClock
    let sink: AsyncStream<SessionEvent>.Continuation
    var phases: PhaseSequence
    var streams: [Code: CodeStream]
    var codes: [String: Code] = [:] {
        didSet { if codes.keys != oldValue.keys { hold?.set(Set(codes.keys)) } }
    }
    var labels: [String: String] = [:]
    /// Straps whose present link has begun in the ledger of their code.
    var begun: Set<String> = []
    var giver: StrapGiver
    /// What the students who are recorded agreed to.
    var consents: [Code: Consent]
    /// Codes that withdrew in this session: what is deleted of them at its end must not come back.
    var departed: Set<Code> = []
    /// Codes that are left out whatever their students agreed to.
    var excluded: Set<Code>
    /// The group as it was on record last.
    var roster: Roster?
    /// Codes that are to get another strap.
    var swapping: Set<Code> = []
    /// How many straps that somebody named are being looked for.
    var searches = 0
    /// Straps of the group as they were on record last.
    var onRecord: [Code: StrapIdentity]
    var log: [LiveView.LogLine] = []
    /// How far the group moves together, phase by phase.
    var rhythms = GroupRhythmLog()
    /// When the group's rhythm was told last, in steps of five seconds.
    var toldRhythmStep = 0
    var held: [String: Int] = [:]
    /// Names of straps as they advertise them.
    var names: [String: String] = [:]
    /// Signals of straps as adapters last heard them, dBm.
    var signals: [String: [String: Int]] = [:]
    /// Orders to the desk, carried out one after the other.
    private let orders: AsyncStream<@Sendable (StrapDesk) async -> Void>
    private let orderSink: AsyncStream<@Sendable (StrapDesk) async -> Void>.Continuation
    var wasStopped = false
    private var lostBus = false
    private var finish: CheckedContinuation<Void, Never>?
    var isFinished = false

    /// A session that has not begun.
    /// - Parameters:
    ///   - plan: what the session is to be.
    ///   - desk: keeps the straps.
    ///   - writer: takes what is to be kept.
    ///   - clock: the session's time.
    ///   - hold: where it is noted which straps are linked; nil for nowhere.
    public init(
        plan: SessionPlan, desk: StrapDesk, writer: SessionWriter, clock: any SessionClock, hold: StrapHold? = nil
    ) {
        self.plan = plan
        self.hold = hold
        self.desk = desk
        self.writer = writer
        self.clock = clock
        phases = PhaseSequence(script: plan.info.script)
        streams = Dictionary(uniqueKeysWithValues: plan.members.map { ($0.code, CodeStream(code: $0.code)) })
        consents = plan.info.codes
        excluded = plan.excluded
        onRecord = Dictionary(
            plan.members.compactMap { member in member.strap.map { (member.code, $0) } }, uniquingKeysWith: { $1 })
        let without = plan.members.filter { $0.strap == nil }.map(\.code)
        let worn = plan.members.compactMap { $0.strap?.address }
        giver = StrapGiver(
            codes: plan.givesStraps ? without : [], taken: plan.taken.union(worn),
            takenLabels: plan.takenLabels, elsewhere: plan.elsewhere)
        (orders, orderSink) = AsyncStream.makeStream(
            of: (@Sendable (StrapDesk) async -> Void).self, bufferingPolicy: .unbounded)
        (events, sink) = AsyncStream.makeStream(of: SessionEvent.self, bufferingPolicy: .unbounded)
    }

    /// Seconds from the session's start.
    var t: Double { clock.now().instant.seconds(since: plan.start.instant) }

    // MARK: - The whole session

    /// Runs the session to its end: until the script is over or somebody stops it.
    /// - Parameter closeRadio: ends the radio's events, after every link of ours is down.
    /// - Returns: how it ended.
    public func run(closeRadio: @Sendable () async -> Void) async -> SessionOutcome {
        begin()
        let reports = Task {
            for await report in desk.reports { self.take(report) }
            self.radioEnded()
        }
        let troubles = Task { for await trouble in writer.troubles { self.note(nil, "\(trouble)") } }
        let ticks = Task { [clock] in
            while (try? await clock.sleep(for: Self.tick)) != nil {  // ends by cancellation only
                await self.letTimePass()
            }
        }
        let carrier = Task { [orders, desk] in for await order in orders { await order(desk) } }
        for member in plan.members { await wantStrap(of: member) }
        if !giver.isDone { await desk.setLookout(true) }
        await untilFinished()
        ticks.cancel()
        orderSink.finish()
        await carrier.value
        await desk.stop()
        await closeRadio()
        await reports.value
        troubles.cancel()
        return end()
    }

    /// The radio tells nothing any more.
    ///
    /// Before the session's own end that means that the bus is gone.
    private func radioEnded() {
        guard !isFinished else { return }
        lostBus = true
        note(nil, "the message bus is gone; everything until now is kept")
        apply(phases.stop(at: t))
    }

    private func begin() {
        let info = plan.info
        emit(
            .started(
                session: info.name, group: info.group.text, codes: plan.members.count, script: info.script.name), at: 0)
        apply(phases.begin(at: 0))
        // Somebody may have stopped it before it began.
        if wasStopped { apply(phases.stop(at: t)) }
    }

    private func wantStrap(of member: Member) async {
        guard let strap = member.strap else { return }
        assign(strap, to: member.code)
        await desk.want(strap.address)
    }

    /// Has the desk do something, after what it was asked before.
    func enqueue(_ order: @escaping @Sendable (StrapDesk) async -> Void) {
        orderSink.yield(order)
    }

    func assign(_ strap: StrapIdentity, to code: Code) {
        codes[strap.address] = code
        let isTwin = labels.values.contains(strap.label)
        labels[strap.address] = isTwin ? "\(strap.label) (\(strap.address.suffix(5)))" : strap.label
        streams[code]?.setStrap(.connecting)
    }

    private func untilFinished() async {
        guard !isFinished else { return }
        await withCheckedContinuation { finish = $0 }
    }

    private func end() -> SessionOutcome {
        for code in streams.keys.sorted() {
            guard let output = streams[code]?.finish() else { continue }
            record(output, of: code)
        }
        let seconds = phases.spans.last?.end ?? t
        emit(.ended(stoppedByUser: wasStopped), at: seconds)
        sink.finish()
        let silent = streams.values.filter { $0.packetCount == 0 }.map(\.code).sorted()
        return SessionOutcome(seconds: seconds, wasStopped: wasStopped, lostBus: lostBus, silentCodes: silent)
    }

    // MARK: - Time and phases

    private func letTimePass() async {
        let now = t
        give(giver.give(at: now))
        apply(phases.advance(to: now, allStream: isEveryStrapStreaming))
        tellRhythm(at: now)
        held = await desk.held
    }

    private var isEveryStrapStreaming: Bool {
        streams.values.allSatisfy { stream in
            switch stream.readout.strap {
            case .on, .loose, .noBeats: true
            case .waiting, .connecting, .lost, .needsPerson: false
            }
        }
    }

    func apply(_ changes: [PhaseSequence.Change]) {
        guard !changes.isEmpty else { return }
        writer.set(phases: phases.spans)
        rhythms.set(phases.spans)
        for change in changes {
            switch change {
            case .began(let span):
                beginPhase(span)
                emit(.phaseBegan(span.phase), at: span.start)
            case .paused(let span, let interrupted):
                beginPhase(span)
                emit(.phasePaused(interrupted), at: span.start)
            case .resumed(let span):
                beginPhase(span)
                emit(.phaseResumed(span.phase), at: span.start)
            case .ended(let span): emit(.phaseEnded(span.phase), at: span.end ?? t)
            case .finished:
                isFinished = true
                finish?.resume()
                finish = nil
            }
        }
    }

    private func beginPhase(_ span: PhaseSequence.Span) {
        for code in streams.keys { streams[code]?.beginPhase(pacer: span.phase.pacer, at: span.start) }
    }

    // MARK: - Telling

    func emit(_ kind: SessionEvent.Kind, at t: Double) {
        let utc = plan.start.utc.advanced(by: .nanoseconds(Int64(t * 1e9)))
        sink.yield(SessionEvent(t: t, utc: utc, kind: kind))
        guard let (scope, text) = Self.logText(of: kind) else { return }
        let time = utc.timeOfDay(zoneOffsetSeconds: plan.info.zoneOffsetSeconds)
        log.append(LiveView.LogLine(time: time, scope: scope?.description ?? "group", text: text))
        if log.count > Self.logLength { log.removeFirst(log.count - Self.logLength) }
    }

    /// Tells people something and writes it down.
    func note(_ code: Code?, _ text: String) {
        let moment = t
        writer.add([MarkerRecord(t: moment, code: code, kind: "notice", text: text)])
        emit(.notice(code, text: text), at: moment)
    }

    private static func logText(of kind: SessionEvent.Kind) -> (Code?, String)? {
        switch kind {
        case .phasePaused(let phase): (nil, "paused \(phase.title)")
        case .phaseBegan(let phase): (nil, "started \(phase.title)")
        case .phaseResumed(let phase): (nil, "goes on with \(phase.title)")
        case .strap(let code, .connected(let label)): (code, "strap \(label) is on")
        case .strap(let code, .lost): (code, "strap lost, trying again")
        case .strap(let code, .back(let gap)): (code, "strap back, gap of \(Int(gap.rounded())) s kept")
        case .marker(let code, let text): (code, "coach: \"\(text)\"")
        case .notice(let code, let text): (code, text)
        case .started, .phaseEnded, .beat, .coherence, .group, .ended: nil
        }
    }
}
