import ArgumentParser
import BlueZ
import Gateway
import Practice
import Store
import Timekeeping

/// `entrain session start`: leads a session to its end.
struct SessionStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Start a session of a group.",
        discussion: """
            Examples:
              entrain session start G1
              entrain session start G2 --size 8 --any --consent-on-paper --minutes 5
              entrain session start G1 --script evening.yaml --without G1-05,G1-08

            Keys on the full screen: ? lists them; q asks and stops. Ctrl-C stops at once
            and keeps everything (exit 2). A terminal that goes away stops nothing; from
            another one:  entrain session stop
            """)

    /// What stdout shows while the session runs.
    enum ScreenKind: String, ExpressibleByArgument, CaseIterable {
        case auto, full, plain, off
    }

    @Argument(help: "The group.") var group: String
    @Option(help: "Make the group with so many places if it is new.") var size: Int?
    @Flag(help: "Give straps that are there to codes without one, nearest first.") var any = false
    @Flag(help: "Everybody in the group has agreed on paper to be recorded.") var consentOnPaper = false
    @Option(
        help: ArgumentHelp("Codes that are left out of this session, such as G1-05,G1-08.", valueName: "codes"),
        transform: { try CodeList($0) })
    var without: CodeList?
    @Option(
        help: "A script by name (entrain script list), or a script file; without it the room's, else pal-30.",
        completion: .file()) var script: String?
    @Option(help: "Without --script: one open phase of so many minutes.") var minutes: Double?
    @Option(help: "auto, full, plain or off.") var screen = ScreenKind.auto
    @Option(help: "Adapters to use, such as hci0,hci1; all without this.", transform: { try AdapterNames($0) })
    var adapters: AdapterNames?
    @Option(
        help: "Links that adapters hold at once, where you know better, such as hci0=60,hci1=7.",
        transform: { try AdapterSlots($0) })
    var slots: AdapterSlots?
    @Flag(help: "Where sessions are sealed: no slips for the students.") var noSlips = false
    @Flag(help: "Say also where another terminal and other programs can lead the session.") var verbose = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if screen == .full, global.noInput {
            throw ValidationError("--screen full is led by keys, and --no-input reads none. Leave one of them away.")
        }
        if script != nil, minutes != nil {
            throw ValidationError("--script and --minutes do not go together: a script has its own lengths.")
        }
    }

    func run() async throws {
        try await Failing.run {
            let clock = Environment.clock()
            let named = try namedScript()
            try place.refuseUnsafeStore(global)
            let store = try global.openStore()
            let script: Script
            if let named { script = named } else { script = try await RoomScript.usual(in: store) }
            let preparation = try await preparation(in: store)
            let client = try await Bluetooth.open(adapters: adapters?.names, slots: slots, clock: clock)
            try await preparation.keep(in: store)
            if !preparation.bystanders.isEmpty {
                StandardError.write("Not recorded: \(preparation.bystanders).\n")
            }
            let plan = try await plan(preparation, script: script, store: store, client: client, clock: clock)
            try await lead(plan, store: store, client: client, clock: clock)
        }
    }

    // MARK: - Before it begins

    private func namedScript() throws -> Script? {
        if let minutes { return try Script.open(minutes: minutes) }
        return try script.map(ScriptFinder.find)
    }

    /// The group as it will be, with consent declared where that was asked for; nothing is written yet.
    private func preparation(in store: Store) async throws -> SessionPreparation {
        let name = try GroupName(group)
        if let running = try await store.sessions().first(where: { $0.group == name && $0.state == .running }) {
            throw Failure(
                .failed,
                "a session of \(name) is running already: \(running.name). Stop it first, or lead another group.")
        }
        let isNew: Bool
        if size != nil { isNew = try await !store.rosters().contains { $0.group == name } } else { isNew = false }
        var preparation = try SessionPreparation(
            roster: isNew ? try Roster(group: name, size: size ?? 0) : try await store.roster(name), isNew: isNew,
            without: without?.codes ?? [])
        if consentOnPaper { preparation.declareConsent() }
        guard preparation.unasked.isEmpty else { throw noConsent(preparation) }
        guard !preparation.recorded.isEmpty else {
            throw Failure(.refused, "nobody of \(name) can be recorded: \(preparation.bystanders).")
        }
        return preparation
    }

    private func noConsent(_ preparation: SessionPreparation) -> Failure {
        let roster = preparation.roster
        let codes = preparation.unasked.map(\.description)
        let sameAgain = (size.map { " --size \($0)" } ?? "") + (any ? " --any" : "")
        let left = (preparation.excluded.map(\.description) + codes).sorted().joined(separator: ",")
        let make = preparation.isNew ? "entrain group new \(roster.group) --size \(roster.members.count), then " : ""
        var lines = [
            "\(codes.count) of \(roster.members.count) students have no consent on record: "
                + codes.joined(separator: ", ") + ".",
            "  Record it:        \(make)entrain privacy consent \(codes[0]) --yes-on-paper",
        ]
        if !preparation.recorded.isEmpty {
            lines.append("  Start without:    entrain session start \(roster.group)\(sameAgain) --without \(left)")
        }
        lines.append("  All have signed:  entrain session start \(roster.group)\(sameAgain) --consent-on-paper")
        return Failure(.refused, lines.joined(separator: "\n"))
    }

    private func plan(
        _ preparation: SessionPreparation, script: Script, store: Store, client: BlueZClient, clock: MachineClock
    ) async throws -> SessionPlan {
        let start = clock.now()
        let zone = Environment.zoneOffsetSeconds
        let roster = preparation.roster
        let members = preparation.recorded
        guard any || members.contains(where: { $0.strap != nil }) else {
            await client.close()
            throw Failure(
                .notFound,
                """
                No code of \(roster.group) has a strap.
                  Give the straps that are there:  entrain session start \(roster.group) --any
                  Give them one by one:            entrain assign \(roster.members[0].code) STRAP
                """)
        }
        let others = try await store.rosters().filter { $0.group != roster.group }
        let info = SessionInfo(
            name: "\(start.utc.compactDay(zoneOffsetSeconds: zone))-\(roster.group)", group: roster.group,
            started: start.utc, zoneOffsetSeconds: zone, seconds: nil, script: script,
            codes: Dictionary(uniqueKeysWithValues: members.map { ($0.code, $0.consent) }),
            toolVersion: Version.number, clockRate: clock.rate, adapters: await client.adapters.map(\.name))
        return SessionPlan(
            info: info, members: members, givesStraps: any,
            taken: Set(others.flatMap { $0.members.compactMap { $0.strap?.address } }),
            takenLabels: try await strapsInUse(store), elsewhere: try await store.strapsElsewhere(),
            excluded: preparation.excluded, start: start)
    }

    /// Labels of the straps that sessions running at this moment hold.
    private func strapsInUse(_ store: Store) async throws -> Set<String> {
        var labels: Set<String> = []
        for session in try await store.sessions() where session.state == .running {
            labels.formUnion(try await store.record(named: session.name).links.map(\.strap))
        }
        return labels
    }

    // MARK: - While it runs

    private func lead(
        _ plan: SessionPlan, store: Store, client: BlueZClient, clock: MachineClock
    ) async throws {
        let handle: SessionHandle
        do { handle = try await store.begin(plan.info) } catch {
            await client.close()
            throw error
        }
        var plan = plan
        plan.info = handle.info
        let radio = BlueZRadio(client, adapters: adapters?.names, slots: slots?.links ?? [:])
        let desk = StrapDesk(radio: radio, clock: clock, adapters: try await store.knownAdapters())
        let hold = try store.holdStraps()
        defer { hold.end() }
        let conductor = SessionConductor(
            plan: plan, desk: desk, writer: handle.writer, clock: clock, hold: hold)
        await desk.open(events: radio.events)
        Patience.setLimit()
        let display = SessionDisplay.make(screen, global: global, zoneOffsetSeconds: plan.info.zoneOffsetSeconds)
        let (terminalSignals, terminalSink) = AsyncStream.makeStream(of: Int32.self)
        let offering = SessionOffering(handle)
        let offered = Task { await offering.begin(conductor, clock: clock, isVerbose: verbose) }
        let coach = Coach(conductor: conductor, store: store, group: handle.info.group)
        let showing = Task { await display.show(coach, signals: terminalSignals) }
        let lastChance = LastChance()
        let stopping = Task {
            for await number in Signals.stream(Signals.ending.union(Signals.ofTerminal)) {
                guard Signals.ending.contains(number) else {
                    terminalSink.yield(number)
                    continue
                }
                await conductor.stop()
                await lastChance.giveUp()
            }
        }
        let following = Task {
            await RosterWatch(store: store, group: handle.info.group).run {
                await conductor.follow($0)
                await offering.follow($0)
            }
        }
        defer {
            stopping.cancel()
            following.cancel()
        }
        let outcome = await conductor.run { await client.close() }
        offered.cancel()
        await offering.end()
        await showing.value
        if let lost = await lastChance.insist({ await handle.writer.close() }) { throw Failure(.failed, "\(lost)") }
        // Before the end, because what was agreed to for the session only is deleted then.
        var record = try await store.record(named: plan.info.name)
        record.info.seconds = outcome.seconds
        let unwritten = await lastChance.insist { await store.end(handle, seconds: outcome.seconds) }
        // Whoever goes on after a fault of the machine does so with the same straps.
        if unwritten == nil, !outcome.lostBus { try await returnStraps(of: handle.info.group, to: store) }
        guard unwritten == nil else { return try tell(outcome, of: plan, record: record, unwritten: unwritten, nil) }
        let sealed = await SealingOutput.sealAtEnd(plan.info.name, in: store, hasSlips: !noSlips)
        try tell(outcome, of: plan, record: record, unwritten: nil, sealed)
    }

    // MARK: - After it

    private func returnStraps(of group: GroupName, to store: Store) async throws {
        guard try await store.returnStraps(of: group) > 0, !global.json else { return }
        StandardError.write("Straps that 'entrain pair' gave are nobody's again; pair --remember keeps them.\n")
    }

    private func tell(
        _ outcome: SessionOutcome, of plan: SessionPlan, record: SessionRecord, unwritten: StoreTrouble?,
        _ sealed: (sealing: Sealing?, trouble: String?)?
    ) throws {
        let name = plan.info.name
        if let unwritten { throw Failure(.failed, "\(unwritten)") }
        if screen != .off || global.json { SummaryOutput.write(record, global: global) }
        let sealing = sealed?.sealing
        if let sealing { SealingOutput.write(sealing, of: name, global: global) }
        if !global.json {
            let key = sealing == nil ? "" : " --key FILE"
            StandardError.write("Kept as \(name). Export it with:\n  entrain export \(name)\(key) --to \(name)\n")
        }
        if sealing?.isTidy == false { SealingOutput.tellUntidy() }
        if let trouble = sealed?.trouble { throw Failure(.failed, trouble) }
        if outcome.lostBus {
            throw Failure(
                .bluetooth,
                """
                the message bus went away; everything until then is kept as \(name).
                  Go on once it is back:  entrain session start \(plan.info.group)
                """)
        }
        if outcome.wasStopped { throw Failure(.stopped, "stopped; everything until now is kept as \(name).") }
        guard outcome.silentCodes.isEmpty else {
            let codes = outcome.silentCodes.map(\.description).joined(separator: ", ")
            if outcome.silentCodes.count == plan.members.count {
                throw Failure(.notFound, "no strap sent anything: \(codes). See who is there:  entrain strap scan")
            }
            throw Failure(.partial, "nothing came from \(codes); the others are kept.")
        }
    }
}
