import BlueZ
import Gateway
import Practice
import Screens
import Store
import Terminal

/// A reading with a strap of one's own.
struct MeAlone {
    /// How long a named strap is looked for, session time.
    static let findingSeconds = 15.0
    static let usualMinutes = 3.0

    let options: MeOptions

    init(_ options: MeOptions) { self.options = options }

    func run() async throws {
        let clock = Environment.clock()
        let (known, elsewhere) = await straps()
        let meant = try await meant(among: known, elsewhere)
        // Where it is to be kept must be there before anybody sits still for minutes.
        let store = options.isKept ? try options.global.openStore() : nil
        let client = try await Bluetooth.open(clock: clock)
        if case .strap(let identity) = meant { try await refuseIfHeld(identity, client) }
        let adapters = await client.adapters.filter(\.isPowered).sorted { $0.name < $1.name }.map(\.address)
        let plan = PersonalPlan(
            meant: meant, length: (options.minutes ?? Self.usualMinutes) * 60, rate: options.rate,
            taken: Set(known.filter { $0.code != nil }.map(\.identity.address)),
            otherRooms: OtherRooms(elsewhere), adapters: adapters)
        let radio = BlueZRadio(client, hearsAll: meant == .nearest)
        let desk = StrapDesk(radio: radio, clock: clock)
        let conductor = PersonalConductor(plan: plan, desk: desk, clock: clock)
        Patience.setLimit()
        let signals = Signals.stream()
        let stopping = Task { for await _ in signals { await conductor.stop() } }
        defer { stopping.cancel() }
        await desk.open(events: radio.events)
        let output = LineOutlet()
        let showing = Task {
            if meant == .nearest { await MeQuestion(conductor, output).run() }
            if await conductor.stage == .ended { return }
            await MeDisplay.show(conductor, options: options, output: output)
        }
        let end = await conductor.run { await client.close() }
        await showing.value
        try await tell(end, of: conductor, store: store, output: output)
    }

    // MARK: - Which strap

    /// Straps that belong to somebody, and those of other rooms; nothing is made or changed for that.
    private func straps() async -> (known: [KnownStrap], elsewhere: [StrapsElsewhere]) {
        guard options.global.hasStore, let store = try? Store(reading: options.global.dataFolder) else {
            return ([], [])
        }
        // A folder of another version tells nothing; then Bluetooth still tells which straps are held.
        return ((try? await store.knownStraps()) ?? [], (try? await store.strapsElsewhere()) ?? [])
    }

    private func meant(
        among known: [KnownStrap], _ elsewhere: [StrapsElsewhere]
    ) async throws -> PersonalPlan.Meant {
        guard case .named(let text) = options.strap else {
            guard options.canAsk else {
                throw Failure(
                    .usage,
                    """
                    there is nobody to be asked whether the nearest strap is theirs.
                      Say which one it is:  entrain me --strap C3D4        the last four on your pod
                    """)
            }
            return .nearest
        }
        if !options.global.json { StandardError.write("Looking for \(SafeText.line(text)).\n") }
        let identity = try await StrapFinder.find(text, seconds: Self.findingSeconds, global: options.global)
        if let owner = known.first(where: { $0.identity.address == identity.address })?.code {
            throw Failure(
                .refused,
                """
                \(SafeText.line(identity.label)) belongs to \(owner).
                  If that is you and its session runs:  entrain me --code \(owner)
                  Otherwise take another strap, or have this one freed:  entrain assign \(owner) -
                """)
        }
        guard !elsewhere.contains(where: { $0.contains(identity) }) else {
            throw StoreError(.strapElsewhere, identity.label)
        }
        return .strap(identity)
    }

    /// A strap that somebody holds would be taken from them.
    private func refuseIfHeld(_ identity: StrapIdentity, _ client: BlueZClient) async throws {
        guard await client.devices.contains(where: { $0.key.device == identity.address && $0.isConnected }) else {
            return
        }
        await client.close()
        throw Failure(
            .refused,
            """
            \(SafeText.line(identity.label)) is connected already: a session or another program has it.
              If it is yours in a session:  entrain me --code G1-03        with your own code
              If nobody uses it:            bluetoothctl disconnect \(identity.address)        then try again
            """)
    }

    // MARK: - The end

    private func tell(
        _ end: PersonalEnd, of conductor: PersonalConductor, store: Store?, output: LineOutlet
    ) async throws {
        switch end {
        case .done, .stopped: break
        case .nobodyNear(let taken): throw nobodyNear(taken)
        case .silent(let strap, let advice):
            let reason = advice.isEmpty ? "" : " \(advice)"
            throw Failure(
                .notFound,
                """
                \(SafeText.line(strap.label)) sent nothing in \(Int(PersonalConductor.patienceSeconds)) s.\(reason)
                  Wet the pads, put it on, and close phone apps that use it. Who is there:  entrain strap scan
                """)
        case .lostBus:
            throw Failure(.bluetooth, "the message bus went away, and with it the reading. Nothing was saved.")
        }
        let record = await conductor.record(zoneOffsetSeconds: Environment.zoneOffsetSeconds)
        let ending = MeEnding(options: options, output: output, wasStopped: end == .stopped)
        try await ending.tell(record, store: store)
    }

    private func nobodyNear(_ taken: Int) -> Failure {
        let others =
            taken == 0
            ? "" : "\n  \(taken) near belong to a session or to somebody; your own place:  entrain me --code G1-03"
        return Failure(
            .notFound,
            """
            no strap came near in \(Int(PersonalConductor.patienceSeconds)) s.
              Wet the pads, put it on, and hold it close; or name it:  entrain me --strap C3D4
              Who is there:  entrain strap scan\(others)
            """)
    }
}
