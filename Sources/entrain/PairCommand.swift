import ArgumentParser
import BlueZ
import Formats
import Gateway
import Glibc
import Practice
import Screens
import Store
import Straps
import Terminal
import Timekeeping

/// `entrain pair`: gives straps to the codes of a group.
struct PairCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pair", abstract: "Give straps to the codes of a group, one after the other.",
        discussion: """
            Examples:
              entrain pair G1 --size 8
              entrain pair G1 --by id             type the ID printed on each pod
              entrain pair G1 --map straps.csv    no questions
              entrain pair G1 --json              a program answers: see below

            One student after the other puts the strap on and comes to the laptop; the
            strap that is clearly the nearest and sends real beats is offered, and Enter
            gives it to the code. q stops; the same command goes on from there. With --by
            new the strap is meant that was not heard before. The file has a line a code,
            such as G1-03,A1B2C3D4: printed ID, name, your own label, or Bluetooth
            address. Straps are looked for over the air, so have them worn. All of them
            are given, or none.

            With --plain and --json questions are lines on stdout, and each answer is a
            line on stdin: empty = give it, an ID = this strap, s, x, u, r, q.
            """)
    @Argument(help: "The group.") var group: String
    @Option(
        help: "How you say which strap is meant: near, id or new.",
        transform: { text in
            guard let way = Nearness.Way(rawValue: text) else {
                throw ValidationError("'\(text)' is not near, id or new.")
            }
            return way
        })
    var by = Nearness.Way.near
    @Option(help: ArgumentHelp("File of codes and straps.", valueName: "file"), completion: .file()) var map: String?
    @Option(help: "Make the group with so many places if it is new.") var size: Int?
    @Option(help: "With --map: how long to look for the straps.") var seconds = 15.0
    @Option(
        help: "Adapters to use, such as hci0,hci1; all without this. Nearness is measured at the first.",
        transform: { try AdapterNames($0) })
    var adapters: AdapterNames?
    @Flag(help: "Straps stay with their codes after the next session; with --map they always do.") var remember = false
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            let name = try GroupName(group)
            if let map {
                return try await PairMap(
                    map: map, seconds: seconds, size: size, adapters: adapters?.names, global: global
                ).run(name)
            }
            let kind = try dialogueKind(name)
            let store = try global.openStore()
            if let size, try await !store.rosters().contains(where: { $0.group == name }) {
                try await store.createGroup(try Roster(group: name, size: size))
            }
            let roster = try await store.roster(name)
            try await refuseRunning(name, store)
            let clock = Environment.clock()
            let client = try await Bluetooth.open(adapters: adapters?.names, clock: clock)
            let used = await client.adapters.filter { $0.isPowered && adapters?.names.contains($0.name) ?? true }
            let plan = PairPlan(
                roster: roster, way: by,
                adapters: used.sorted { $0.name < $1.name }.map { (address: $0.address, name: $0.name) },
                labelsInSession: try await labelsInSession(store), elsewhere: try await store.strapsElsewhere(),
                remembers: remember)
            try await lead(plan, kind, store, client, clock)
        }
    }

    private func lead(
        _ plan: PairPlan, _ kind: PairDialogue, _ store: Store, _ client: BlueZClient, _ clock: MachineClock
    ) async throws {
        let radio = BlueZRadio(client, adapters: adapters?.names, hearsAll: true)
        let desk = StrapDesk(radio: radio, clock: clock, adapters: try await store.knownAdapters())
        let hold = try store.holdStraps()
        defer { hold.end() }
        let conductor = PairConductor(plan: plan, desk: desk, store: store, clock: clock, hold: hold)
        let (terminalSignals, sink) = AsyncStream.makeStream(of: Int32.self)
        let signals = Signals.stream(kind.signals)
        let stopping = Task {
            for await number in signals {
                if [SIGTSTP, SIGCONT].contains(number) { sink.yield(number) } else { await conductor.perform(.stop) }
            }
        }
        defer { stopping.cancel() }
        await desk.open(events: radio.events)
        Patience.setLimit()
        let showing = Task { await kind.show(conductor, terminalSignals) }
        let end = await conductor.run { await client.close() }
        let last = await conductor.view()
        showing.cancel()
        await showing.value
        try tell(end, last, try await store.roster(plan.roster.group))
    }

    /// Whoever is asked must be there to answer.
    private func dialogueKind(_ name: GroupName) throws -> PairDialogue {
        let way = "Give a file of codes and straps instead:  entrain pair \(name) --map straps.csv"
        if global.noInput { throw Failure(.usage, "pairing asks questions. \(way)") }
        if global.json { return .json }
        let isDumb = Environment.value("TERM") == "dumb"
        let isTerminal = isatty(STDIN_FILENO) == 1 && StandardOutput.isTerminal
        if isTerminal, !global.plain, !isDumb {
            return .full(global.colouring, ScreenOptions(isASCII: global.ascii))
        }
        guard global.plain || isatty(STDIN_FILENO) == 1 else {
            throw Failure(
                .usage, "pairing asks questions, and there is no terminal. \(way)\n  Or answer line by line:  --plain")
        }
        return .plain
    }

    private func refuseRunning(_ name: GroupName, _ store: Store) async throws {
        guard let running = try await store.sessions().first(where: { $0.group == name && $0.state == .running }) else {
            return
        }
        throw Failure(
            .refused,
            "the session \(running.name) runs. While it does, give a strap with:  entrain assign \(name)-01 A1B2C3D4")
    }

    private func labelsInSession(_ store: Store) async throws -> Set<String> {
        var labels: Set<String> = []
        for session in try await store.sessions() where session.state == .running {
            labels.formUnion(try await store.record(named: session.name).links.map(\.strap))
        }
        return labels
    }

    private func tell(_ end: PairEnd, _ view: PairingView, _ roster: Roster) throws {
        if global.json {
            StandardOutput.line(PairingJSON.end(roster))
        } else {
            for line in PairText.summary(view) { StandardOutput.line(line) }
        }
        switch end {
        case .done: if !global.json { StandardError.write("Start with:  entrain session start \(view.group)\n") }
        case .stopped(let open):
            let left = open.map(\.description).joined(separator: ", ")
            throw Failure(
                .stopped, "stopped; without a strap: \(left). Go on from here with:  entrain pair \(view.group)")
        case .lostBus:
            throw Failure(
                .bluetooth,
                "the message bus went away; straps given until then are kept. Once it is back:  entrain pair "
                    + "\(view.group)")
        }
    }
}
