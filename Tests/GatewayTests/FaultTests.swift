import BlueZ
import DBus
import HRV
import HeartRate
import Practice
import Store
import Testing
import Timekeeping
import VirtualStraps

@testable import Gateway

extension SessionTests {
    /// Sessions in which something goes wrong.
    @Suite(.serialized) struct FaultTests {
        private static let connect = Fault.Trigger.onCall(method: "Connect", number: 1)

        private func back(_ outcome: VirtualClass.Outcome, _ code: Code) -> [Double] {
            outcome.events.compactMap { event in
                guard case .strap(code, .back(let gap)) = event.kind else { return nil }
                return gap
            }
        }

        /// Seconds from the end of the last beat of a segment to the begin of the first one of the next.
        private func holes(_ outcome: VirtualClass.Outcome, _ code: Code) -> [Double] {
            let beats = outcome.beats(code).map(\.beat).filter { $0.flag != .flushed }
            return zip(beats, beats.dropFirst()).compactMap { before, after in
                guard before.segment != after.segment, let end = before.end, let start = after.end else { return nil }
                return start - after.milliseconds / 1000 - end
            }
        }

        @Test func aStrapThatDropsAndReturnsKeepsItsGapAndGetsANewSegment() async throws {
            let scenario = try Scenario(
                yaml: """
                    seed: 5
                    straps: 3
                    faults:
                      - {strap: 1, at_s: 40, kind: drop, for_s: 30}
                    """, file: "drop.yaml")
            var virtual = VirtualClass(scenario)
            virtual.seconds = 110
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            let dropped = try outcome.code(1)
            #expect(outcome.links(dropped) == [.connect, .lost, .back])
            let gap = try #require(back(outcome, dropped).first)
            // At ten times the speed of life a machine that is late by a tenth of a second takes one off the gap.
            #expect(gap > 20)
            let beats = outcome.beats(dropped).map(\.beat)
            #expect(beats.filter { $0.flag == .gapBefore }.map(\.segment) == [2])
            #expect(Set(beats.map(\.segment)) == [1, 2])
            let hole = try #require(holes(outcome, dropped).first)
            #expect(hole > 18 && hole < gap + 10)
            for place in 2...3 {
                let code = try outcome.code(place)
                #expect(outcome.links(code) == [.connect])
                #expect(Set(outcome.beats(code).map(\.beat.segment)).isSubset(of: [1]))
            }
            #expect(outcome.record.links.first { $0.event == .back }?.segment == 2)
        }

        @Test func aDaemonThatRestartsInMidSessionCostsAGapAndNothingElse() async throws {
            var virtual = VirtualClass(
                straps: 4, faults: [Fault(.daemon, .at(seconds: 40), .daemonRestart(seconds: 3))])
            virtual.seconds = 100
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            for place in 1...4 {
                let code = try outcome.code(place)
                #expect(outcome.links(code) == [.connect, .lost, .back])
                #expect(Set(outcome.beats(code).map(\.beat.segment)) == [1, 2])
                #expect(back(outcome, code).allSatisfy { $0 >= 3 })
            }
        }

        @Test func anAdapterPoweredOffAndOnCostsAGapAndNothingElse() async throws {
            var virtual = VirtualClass(straps: 4, faults: [Fault(.adapter(0), .at(seconds: 40), .powerOff(seconds: 6))])
            virtual.seconds = 100
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            for place in 1...4 {
                let code = try outcome.code(place)
                #expect(outcome.links(code) == [.connect, .lost, .back])
                #expect(Set(outcome.beats(code).map(\.beat.segment)) == [1, 2])
                #expect(back(outcome, code).allSatisfy { $0 >= 5 })
            }
        }

        @Test func packetsLostOnTheAirMakeAGapAndNoDifferenceAcrossIt() async throws {
            var virtual = VirtualClass(
                straps: 2, faults: [Fault(.strap(0), .at(seconds: 40), .losePackets(seconds: 7))])
            virtual.seconds = 90
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            let code = try outcome.code(1)
            #expect(outcome.links(code) == [.connect])
            let beats = outcome.beats(code).map(\.beat)
            #expect(beats.filter { $0.flag == .gapBefore }.map(\.segment) == [2])
            let hole = try #require(holes(outcome, code).first)
            #expect(hole > 4 && hole < 9)
            let replay = try #require(outcome.record.replays()[code])
            #expect(replay.series.segments.count == 2)
            let summary = PhaseSummary.all(of: outcome.record, replays: [code: replay]).first { $0.code == code }
            #expect(summary?.gaps == 1)
            let other = try outcome.code(2)
            #expect(outcome.beats(other).allSatisfy { $0.beat.flag == .ok })
        }

        @Test func aStrapThatFallsSilentOnItsLinkIsLostAndBackAndTheGapCountsFromItsLastPacket() async throws {
            var virtual = VirtualClass(straps: 2, faults: [Fault(.strap(0), .at(seconds: 40), .silent(seconds: 28))])
            virtual.seconds = 100
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            let code = try outcome.code(1)
            #expect(outcome.links(code) == [.connect, .lost, .back])
            let gap = try #require(back(outcome, code).first)
            #expect(gap > 27 && gap < 36)
            #expect(Set(outcome.beats(code).map(\.beat.segment)) == [1, 2])
            #expect(outcome.links(try outcome.code(2)) == [.connect])
        }

        @Test func aBurstLosesNothingAndMakesNoGap() async throws {
            var virtual = VirtualClass(straps: 2, faults: [Fault(.strap(0), .at(seconds: 40), .burst(seconds: 4))])
            virtual.seconds = 75
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            let code = try outcome.code(1)
            #expect(outcome.links(code) == [.connect])
            #expect(outcome.beats(code).allSatisfy { $0.beat.flag == .ok && $0.beat.segment == 1 })
        }

        @Test func aPacketThatCannotBeReadIsKeptAndTold() async throws {
            let bytes: [UInt8] = [0x01, 0x48]
            let outcome = try await VirtualClass(
                straps: 1, faults: [Fault(.strap(0), .at(seconds: 40), .badPacket(bytes))]
            ).run()
            outcome.checkThatNothingIsLost()
            #expect(outcome.record.packets.count { $0.bytes == bytes } == 1)
            #expect(outcome.notices.count { $0.contains("could not be read") } == 1)
            #expect(outcome.record.markers.count { $0.text.contains("could not be read") } == 1)
        }

        @Test func connectsThatFailLieOrNeverResolveAreTriedAgain() async throws {
            let abort = Fault.Kind.connectFails(
                times: 2, name: "org.bluez.Error.Failed", message: "le-connection-abort-by-local")
            let faults = [
                Fault(.strap(0), Self.connect, abort), Fault(.strap(1), Self.connect, .connectLies(times: 1)),
                Fault(.strap(2), Self.connect, .neverResolves(times: 1)), Fault(.strap(3), Self.connect, .removed),
            ]
            var virtual = VirtualClass(straps: 4, faults: faults)
            virtual.seconds = 110
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            #expect(outcome.session.silentCodes.isEmpty)
            for place in 1...4 { #expect(outcome.links(try outcome.code(place)).first == .connect) }
        }

        @Test func aDeviceThatVanishesInMidSessionComesBack() async throws {
            var virtual = VirtualClass(straps: 2, faults: [Fault(.strap(1), .at(seconds: 40), .removed)])
            virtual.seconds = 90
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            #expect(outcome.links(try outcome.code(2)) == [.connect, .lost, .back])
        }

        @Test func noMoreStrapsAreConnectedThanAdaptersHaveSlots() async throws {
            var virtual = VirtualClass(straps: 5)
            virtual.scenario.adapters = [.standard(0), .standard(1)]
            virtual.scenario.adapters[0].slots = 2
            virtual.scenario.adapters[1].slots = 1
            virtual.givesStraps = true
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            #expect(outcome.session.silentCodes.count == 2)
            #expect(outcome.notices.count { $0.contains("waits for a free place") } == 2)
            #expect(Set(outcome.truth.map(\.strap)).count == 3)
        }

        @Test func aSecondAdapterTakesOverWhatTheFirstLost() async throws {
            var virtual = VirtualClass(
                straps: 2, faults: [Fault(.adapter(0), .at(seconds: 40), .powerOff(seconds: .infinity))])
            virtual.scenario.adapters = [.standard(0), .standard(1)]
            virtual.seconds = 90
            let outcome = try await virtual.run()
            outcome.checkThatNothingIsLost()
            for place in 1...2 {
                let code = try outcome.code(place)
                #expect(outcome.links(code).last != .lost)
                #expect(outcome.links(code).first == .connect)
            }
        }

        @Test func aStrapThatAPersonMustSeeToIsNamedAndTheOthersGoOn() async throws {
            let refusal = Fault.Kind.connectFails(
                times: 99, name: "org.bluez.Error.NotPermitted", message: "Not paired")
            let outcome = try await VirtualClass(straps: 2, faults: [Fault(.strap(0), Self.connect, refusal)]).run {
                running in
                try await running.log.waitForStraps(1)
                try await running.log.wait(for: "advice") { kinds in
                    kinds.contains { if case .notice(.some, let text) = $0 { text.contains("paired") } else { false } }
                }
                // The state follows the advice, and whatever comes later follows both.
                let beats = await running.log.beats
                try await running.log.wait(for: "more beats") { EventLog.beats($0) > beats + 2 }
                let view = await running.conductor.liveView()
                #expect(view.readouts.map(\.strap.word) == ["help", "on"])
                #expect(view.attention.hasPrefix("Look at G1-01: The strap wants to be paired first"))
            }
            outcome.checkThatNothingIsLost()
            #expect(outcome.session.silentCodes == [try outcome.code(1)])
            #expect(outcome.notices.contains { $0.hasPrefix("G1-01: Not paired") })
        }

        // MARK: - What others did before

        /// Another program connects to a strap and has its beats.
        private func hold(_ plan: StrapPlan, on simulator: Simulator) async throws -> BlueZClient {
            let client = try await BlueZClient.open(
                .address(simulator.busAddress), clock: MachineClock(rate: VirtualClass.rate))
            let adapter = try #require(await client.adapters.first).address
            let key = DeviceKey(adapter: adapter, device: plan.address)
            try await client.startDiscovery(adapter: adapter, service: HeartRateUUID.service)
            for await event in client.events {
                switch event {
                case .device(let device, _) where device.key == key && !device.isConnected:
                    try await client.stopDiscovery(adapter: adapter)
                    try await client.connect(key)
                case .characteristicReady(let found) where found.uuid == HeartRateUUID.measurement:
                    try await client.startNotify(HeartRateUUID.measurement, of: key)
                case .value(let found, _, _) where found.uuid == HeartRateUUID.measurement: return client
                default: break
                }
            }
            throw DBusError(name: "test", message: "the strap did not send")
        }

        @Test func aStrapThatACrashLeftConnectedIsTakenOver() async throws {
            var virtual = VirtualClass(straps: 2)
            virtual.scenario.straps[0].sendsRR = true
            let plan = virtual.scenario.straps[0]
            virtual.seconds = 90
            let outcome = try await virtual.run(after: { simulator in
                try await hold(plan, on: simulator).close()
            })
            let code = try outcome.code(1)
            #expect(outcome.strap(code) == plan.name)
            #expect(outcome.links(code).first == .connect)
            #expect(outcome.connected.isEmpty)
            let sent = outcome.truth.filter { $0.strap == plan.name }.flatMap(\.rrTicks)
            let stored = outcome.beats(code).map(\.beat.ticks)
            #expect(stored.count > 20)
            #expect(Array(sent.suffix(stored.count)) == stored)
        }

        @Test func beatsThatAnotherProgramAskedForAreRecordedUnderTheStrapsName() async throws {
            var virtual = VirtualClass(straps: 2)
            let plan = virtual.scenario.straps[0]
            virtual.seconds = 60
            var other: BlueZClient?
            let outcome = try await virtual.run(after: { other = try await hold(plan, on: $0) })
            await other?.close()
            let code = try outcome.code(1)
            #expect(Set(outcome.record.packets.filter { $0.code == code }.map(\.strap)) == [plan.name])
            #expect(outcome.links(code) == [.connect])
            #expect(outcome.record.links.allSatisfy { !$0.strap.isEmpty && $0.segment == 1 })
            let sent = outcome.truth.filter { $0.strap == plan.name }.flatMap(\.rrTicks)
            let stored = outcome.beats(code).map(\.beat.ticks)
            #expect(stored.count > 40)
            #expect(Array(sent.suffix(stored.count)) == stored)
            #expect(outcome.connected.isEmpty)
        }

        // MARK: - The bus

        @Test func aBusThatDiesInMidSessionLosesTheStrapsAndKeepsWhatCame() async throws {
            var virtual = VirtualClass(straps: 2)
            virtual.losesItsBus = true
            virtual.seconds = 36_000
            let outcome = try await virtual.run { running in
                try await running.log.waitForStraps(2)
                try await running.log.wait(for: "60 beats") { EventLog.beats($0) >= 60 }
                await running.simulator.stop()
                try await running.log.wait(for: "two lost straps") { kinds in
                    kinds.count { if case .strap(_, .lost) = $0 { true } else { false } } == 2
                }
            }
            #expect(outcome.session.lostBus)
            #expect(outcome.notices.contains { $0.contains("bus is gone") })
            #expect(outcome.record.beats.count >= 60)
            #expect(outcome.listing.map(\.state) == [.ended])
            #expect(outcome.unwritten == nil)
            for place in 1...2 { #expect(outcome.links(try outcome.code(place)) == [.connect, .lost]) }
        }
    }
}
