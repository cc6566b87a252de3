import BlueZ
import DBus
import HeartRate
import Practice
import Store
import Straps
import TestSupport
import Testing
import Timekeeping
import VirtualStraps

@testable import Gateway

/// A session of a virtual class at ten times the speed of life: the simulator's bus, client, radio, desk, conductor
/// and store, as a real session has them.
struct VirtualClass: Sendable {
    static let rate = 10.0

    var scenario: Scenario
    /// Length of the one phase, seconds.
    var seconds = 75.0
    /// Whether straps are given as they come, instead of by place.
    var givesStraps = false
    /// How many codes; as many as straps unless said otherwise.
    var size: Int?
    /// Addresses that belong to somebody else.
    var taken: Set<String> = []
    /// Whether the bus is gone when the session is over, so that nobody can be asked what is left on the radio.
    var losesItsBus = false

    /// A session that runs, for what happens meanwhile.
    struct Running: Sendable {
        let conductor: SessionConductor
        let log: EventLog
        let simulator: Simulator
    }

    /// What a session left behind.
    struct Outcome: Sendable {
        var session: SessionOutcome
        var record: SessionRecord
        var listing: [SessionListing]
        var events: [SessionEvent]
        var truth: [TruthRecord]
        /// Addresses of straps that are still connected.
        var connected: [String]
        /// Whether an adapter still looks for straps.
        var isDiscovering: Bool
        var unwritten: StoreTrouble?
    }

    /// A class of the standard mix, or of the first of it.
    init(straps: Int, faults: [Fault] = []) {
        scenario = .standard(straps: straps, seed: 5, speed: Self.rate)
        scenario.faults = faults
    }

    init(_ scenario: Scenario) {
        self.scenario = scenario
    }

    /// Ten times the speed makes ten times as much of a machine's delays: silence is borne longer than in life.
    private static var patience: Patience {
        var patience = Patience()
        patience.silence = .seconds(20)
        patience.firstPacket = .seconds(20)
        patience.renewedSilence = .seconds(20)
        return patience
    }

    private static let script = "one"

    private func script() -> Script {
        Script(
            name: Self.script, purpose: "",
            phases: [
                Phase(
                    key: "practice-1", title: "Practice 1", seconds: seconds, feedback: .own, pacer: Pacer(rate: 6),
                    prompt: "")
            ])
    }

    private func plan(start: Moment) throws -> SessionPlan {
        let roster = try Roster(group: try GroupName("G1"), size: size ?? scenario.straps.count)
        let members = roster.members.enumerated().map { index, member in
            let strap = scenario.straps.indices.contains(index) && !givesStraps ? scenario.straps[index] : nil
            return Member(
                code: member.code, strap: strap.map { StrapIdentity(address: $0.address, name: $0.name) },
                consent: .study)
        }
        let info = SessionInfo(
            name: "20260804-G1", group: roster.group, started: start.utc, zoneOffsetSeconds: 0, seconds: nil,
            script: script(), codes: Dictionary(uniqueKeysWithValues: members.map { ($0.code, $0.consent) }),
            toolVersion: "test", clockRate: Self.rate, adapters: scenario.adapters.map(\.name))
        return SessionPlan(info: info, members: members, givesStraps: givesStraps, taken: taken, start: start)
    }

    /// Runs the session to its end.
    /// - Parameters:
    ///   - body: what happens while it runs.
    ///   - prepare: what happens on the bus before.
    /// - Returns: what it left behind.
    /// - Throws: what any part of it throws.
    func run(
        _ body: @escaping @Sendable (Running) async throws -> Void = { _ in },
        after prepare: (Simulator) async throws -> Void = { _ in }
    ) async throws -> Outcome {
        let clock = MachineClock(rate: Self.rate)
        let truth = TruthLog()
        let simulator = try await Simulator.start(scenario: scenario, clock: clock, truth: { truth.note($0) })
        do {
            try await prepare(simulator)
            var outcome = try await lead(on: simulator, clock, body)
            if !losesItsBus { try await look(at: simulator, clock, &outcome) }
            outcome.truth = truth.records
            await simulator.stop()
            return outcome
        } catch {
            await simulator.stop()
            throw error
        }
    }

    private func look(at simulator: Simulator, _ clock: MachineClock, _ outcome: inout Outcome) async throws {
        let after = try await BlueZClient.open(.address(simulator.busAddress), clock: clock)
        outcome.connected = await after.devices.filter(\.isConnected).map(\.key.device)
        outcome.isDiscovering = await after.adapters.contains(where: \.isDiscovering)
        await after.close()
    }

    private func lead(
        on simulator: Simulator, _ clock: MachineClock,
        _ body: @escaping @Sendable (Running) async throws -> Void
    ) async throws -> Outcome {
        let folder = try TemporaryFolder()
        let store = try Store(folder: folder.path)
        let client = try await BlueZClient.open(.address(simulator.busAddress), clock: clock)
        let plan = try plan(start: clock.now())
        let handle = try await store.begin(plan.info)
        let radio = BlueZRadio(client)
        let desk = StrapDesk(radio: radio, clock: clock, patience: Self.patience)
        let conductor = SessionConductor(plan: plan, desk: desk, writer: handle.writer, clock: clock)
        await desk.open(events: radio.events)
        let log = EventLog()
        let listening = Task { await log.listen(to: conductor.events) }
        let meanwhile = Task {
            do { try await body(Running(conductor: conductor, log: log, simulator: simulator)) } catch {
                await conductor.stop()
                throw error
            }
        }
        let session = await conductor.run { await client.close() }
        await listening.value
        try await meanwhile.value
        let unwritten = await store.end(handle, seconds: session.seconds)
        let record = try await store.record(named: handle.info.name)
        return Outcome(
            session: session, record: record, listing: try await store.sessions(), events: await log.events, truth: [],
            connected: [], isDiscovering: false, unwritten: unwritten)
    }
}

extension VirtualClass.Outcome {
    func code(_ place: Int) throws -> Code { try Code(group: record.info.group, place: place) }

    /// Beats of a code, by their running numbers.
    func beats(_ code: Code) -> [BeatRecord] { record.beats.filter { $0.code == code } }

    /// The strap that a code's packets came from; nil when none came.
    func strap(_ code: Code) -> String? { record.packets.first { $0.code == code }?.strap }

    /// Link changes of a code, in order.
    func links(_ code: Code) -> [LinkRecord.Event] { record.links.filter { $0.code == code }.map(\.event) }

    /// Notices that were told, with their codes.
    var notices: [String] {
        events.compactMap { event in
            guard case .notice(let code, let text) = event.kind else { return nil }
            return "\(code?.description ?? "group"): \(text)"
        }
    }

    /// Checks what must hold of every session, whatever went wrong in it: each notification that was sent is stored
    /// once and in order, with each of its intervals, and nothing of ours is left on the radio.
    func checkThatNothingIsLost(_ location: SourceLocation = #_sourceLocation) {
        let sent = Dictionary(grouping: truth, by: \.strap)
        for code in record.info.codes.keys.sorted() {
            let own = strap(code).flatMap { sent[$0] } ?? []
            let packets = record.packets.filter { $0.code == code }
            #expect(packets.count == own.count, "packets of \(code)", sourceLocation: location)
            #expect(packets.map(\.number) == packets.indices.map { $0 + 1 }, sourceLocation: location)
            let beats = beats(code).map(\.beat)
            #expect(beats.map(\.ticks) == own.flatMap(\.rrTicks), "beats of \(code)", sourceLocation: location)
            #expect(beats.map(\.sequence) == beats.indices.map { $0 + 1 }, sourceLocation: location)
            #expect(zip(packets, packets.dropFirst()).allSatisfy { $0.t <= $1.t }, sourceLocation: location)
        }
        let wearers = record.info.codes.keys.compactMap { strap($0) }
        #expect(Set(wearers).count == wearers.count, "a strap belongs to one code", sourceLocation: location)
        #expect(Set(sent.keys) == Set(wearers), sourceLocation: location)
        #expect(connected.isEmpty, sourceLocation: location)
        #expect(!isDiscovering, sourceLocation: location)
        #expect(unwritten == nil, sourceLocation: location)
        #expect(listing.map(\.state) == [.ended], sourceLocation: location)
    }
}
