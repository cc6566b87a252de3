import BlueZ
import DBus
import Practice
import Store
import Straps
import TestSupport
import Testing
import Timekeeping
import VirtualStraps

@testable import Gateway

/// Straps are given among virtual ones at ten times the speed of life.
@Suite(.serialized, .timeLimit(.minutes(2))) struct PairTests {
    static let rate = 10.0

    /// A queue of students: each comes near a while after the strap of the one before was connected, so that a busy machine
    /// has given that one by then.
    private func queue(_ count: Int, slots: Int? = nil) -> Scenario {
        var scenario = Scenario.standard(straps: count, seed: 5, speed: Self.rate)
        scenario.adapters[0].slots = slots
        for index in 0..<count {
            scenario.straps[index].rssi = -75
            scenario.straps[index].sendsRR = true
            let beginning = index == 0 ? Approach.Beginning.at(seconds: 1) : .afterStrap(index - 1)
            scenario.straps[index].approaches = [Approach(beginning, delay: index == 0 ? 0 : 60, rssi: -42)]
        }
        return scenario
    }

    /// A coach at work.
    private struct Bench: Sendable {
        let conductor: PairConductor
        let store: Store
        let group: GroupName

        func code(_ place: Int) throws -> Code { try Code(group: group, place: place) }

        /// Waits until the picture is as it should be.
        func waits(until holds: @escaping @Sendable (PairingView) -> Bool) async throws -> PairingView {
            let conductor = conductor
            return try await withThrowingTaskGroup(of: PairingView?.self) { group in
                group.addTask {
                    repeat {
                        let view = await conductor.view()
                        if holds(view) { return view }
                    } while await conductor.changed.first { true } != nil
                    return nil
                }
                group.addTask {
                    try await Task.sleep(for: .seconds(60))
                    return nil
                }
                defer { group.cancelAll() }
                guard let view = try await group.next(), let view else {
                    throw InVain(view: "\(await conductor.view())")
                }
                return view
            }
        }

        /// Waits until a strap is offered.
        func offer() async throws -> StrapIdentity {
            let view = try await waits { if case .offered = $0.stage { true } else { false } }
            guard case .offered(let strap, _) = view.stage else { throw InVain(view: "\(view)") }
            return strap
        }
    }

    private struct InVain: Error { var view: String }

    /// Gives straps to a group of so many places while `body` is the coach.
    private func pair(
        _ scenario: Scenario, places: Int, way: Nearness.Way = .near, elsewhere: [StrapsElsewhere] = [],
        _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws -> (end: PairEnd, roster: Roster, left: [String]) {
        let clock = MachineClock(rate: Self.rate)
        let simulator = try await Simulator.start(scenario: scenario, clock: clock)
        let folder = try TemporaryFolder()
        let store = try Store(folder: folder.path)
        let roster = try Roster(group: try GroupName("G1"), size: places)
        try await store.createGroup(roster)
        let client = try await BlueZClient.open(.address(simulator.busAddress), clock: clock)
        let adapters = await client.adapters.map { (address: $0.address, name: $0.name) }
        let radio = BlueZRadio(client, hearsAll: true)
        let desk = StrapDesk(radio: radio, clock: clock)
        let conductor = PairConductor(
            plan: PairPlan(roster: roster, way: way, adapters: adapters, elsewhere: elsewhere), desk: desk,
            store: store, clock: clock)
        await desk.open(events: radio.events)
        let coach = Task {
            do { try await body(Bench(conductor: conductor, store: store, group: roster.group)) } catch {
                await conductor.perform(.stop)
                throw error
            }
        }
        let end = await conductor.run { await client.close() }
        do { try await coach.value } catch {
            await simulator.stop()
            throw error
        }
        let after = try await BlueZClient.open(.address(simulator.busAddress), clock: clock)
        var left = await after.devices.filter(\.isConnected).map(\.key.device)
        left += await after.adapters.filter(\.isDiscovering).map(\.name)
        await after.close()
        await simulator.stop()
        return (end, try await store.roster(roster.group), left)
    }

    @Test func eachWhoComesNearIsOfferedAndGiven() async throws {
        let scenario = queue(4)
        let (end, roster, left) = try await pair(scenario, places: 4) { bench in
            for place in 1...4 {
                let strap = try await bench.offer()
                #expect(strap.address == scenario.straps[place - 1].address)
                await bench.conductor.perform(.accept())
                await bench.conductor.perform(.accept())
                #expect(await bench.conductor.view().done == place, "a second Enter gives nothing")
            }
        }
        #expect(end == .done)
        #expect(roster.members.map(\.strap?.name) == scenario.straps.map(\.name))
        #expect(left.isEmpty)
    }

    @Test func aStrapOfAnotherRoomIsNeverOffered() async throws {
        var scenario = queue(2)
        scenario.straps[1].approaches = [Approach(.at(seconds: 1), delay: 0, rssi: -60)]
        let foreign = scenario.straps[0]
        let empty = StrapsElsewhere(salt: "s", digests: [])
        let kit = StrapsElsewhere(salt: "s", digests: [empty.digest(of: foreign.name)])
        let own = scenario.straps[1].address
        let (end, roster, left) = try await pair(scenario, places: 1, elsewhere: [kit]) { bench in
            let offered = try await bench.offer()
            #expect(offered.address == own, "the other one is nearer")
            await bench.conductor.perform(.name(foreign.name))
            #expect(await bench.conductor.view().message.contains("belongs to another room"))
            await bench.conductor.perform(.accept())
        }
        #expect(end == .done && roster.members.map(\.strap?.address) == [own])
        #expect(left.isEmpty)
    }

    @Test func whereTheAdapterIsFullThoseDoneGiveTheirPlacesUp() async throws {
        let (end, roster, _) = try await pair(queue(4, slots: 2), places: 4) { bench in
            for _ in 1...4 {
                _ = try await bench.offer()
                await bench.conductor.perform(.accept())
            }
        }
        #expect(end == .done)
        #expect(roster.members.allSatisfy { $0.strap != nil })
    }

    @Test func aStrapThatAnotherCoachTookMeanwhileIsRefused() async throws {
        let scenario = queue(2)
        let (end, roster, _) = try await pair(scenario, places: 2) { bench in
            let other = try Roster(group: try GroupName("G2"), size: 1)
            try await bench.store.createGroup(other)
            let strap = try await bench.offer()
            try await bench.store.setStrap(other.members[0].code, strap)
            await bench.conductor.perform(.accept())
            let view = try await bench.waits { $0.message.contains("belongs to G2-01") }
            #expect(view.done == 0)
            let second = try await bench.offer()
            #expect(second.address == scenario.straps[1].address)
            let told = await bench.conductor.view().message
            #expect(told.contains("belongs to G2-01"), "it stands until somebody does something")
            #expect(await bench.conductor.perform(.accept(shown: strap.address)) == false)
            let late = await bench.conductor.view()
            #expect(late.done == 0 && late.message.contains("not offered any more"), "Enter gives what was shown only")
            await bench.conductor.perform(.name(strap.printedID))
            #expect(await bench.conductor.view().message.contains("entrain assign G2-01 -"))
            await bench.conductor.perform(.stop)
        }
        #expect(end == .stopped([try Code("G1-01"), try Code("G1-02")]))
        #expect(roster.members.allSatisfy { $0.strap == nil })
    }

    @Test func twoThatAreAboutAsNearAreBothShownAndOneIsTyped() async throws {
        var scenario = queue(2)
        for index in 0..<2 { scenario.straps[index].approaches = [] }
        let ids = scenario.straps.map { StrapIdentity(address: $0.address, name: $0.name).printedID }
        let (_, roster, left) = try await pair(scenario, places: 1) { bench in
            let view = try await bench.waits { if case .close = $0.stage { true } else { false } }
            guard case .close(let straps) = view.stage else { return }
            #expect(Set(straps.map(\.printedID)) == Set(ids))
            await bench.conductor.perform(.accept())
            #expect(await bench.conductor.view().message.contains("No strap is offered yet"))
            await bench.conductor.perform(.name("no such"))
            #expect(await bench.conductor.view().message.contains("No strap 'no such' is heard"))
            await bench.conductor.perform(.name(ids[1]))
            #expect(try await bench.offer().printedID == ids[1])
            await bench.conductor.perform(.accept())
        }
        #expect(roster.members[0].strap?.printedID == ids[1])
        #expect(left.isEmpty)
    }

    @Test func aStrapWithoutBeatsIsNotOffered() async throws {
        var scenario = queue(1)
        scenario.straps[0].sendsRR = false
        let (_, roster, _) = try await pair(scenario, places: 1) { bench in
            _ = try await bench.waits { $0.nearby.first?.beats == .without }
            await bench.conductor.perform(.accept())
            let view = await bench.conductor.view()
            #expect(view.message.contains("sends no real beats yet") && view.done == 0)
            await bench.conductor.perform(.setAbsent)
        }
        #expect(roster.members[0].consent == .no && roster.members[0].strap == nil)
    }

    @Test func whatIsTakenBackIsAskedAgain() async throws {
        let (end, roster, _) = try await pair(queue(2), places: 2) { bench in
            let first = try await bench.offer()
            await bench.conductor.perform(.accept())
            await bench.conductor.perform(.takeBack)
            let view = await bench.conductor.view()
            let (one, two) = (try bench.code(1), try bench.code(2))
            #expect(view.done == 0 && view.code == one)
            await bench.conductor.perform(.putOff)
            #expect(await bench.conductor.view().code == two)
            _ = try await bench.waits { view in view.nearby.contains { $0.identity == first } }
            await bench.conductor.perform(.name(first.printedID))
            #expect(try await bench.offer() == first)
            await bench.conductor.perform(.accept())
            await bench.conductor.perform(.stop)
        }
        #expect(end == .stopped([try Code("G1-01")]))
        #expect(roster.members[1].strap != nil)
    }
}
