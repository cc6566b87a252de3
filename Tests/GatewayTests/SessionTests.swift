import BlueZ
import DBus
import HRV
import HeartRate
import Practice
import Store
import TestSupport
import Testing
import Timekeeping
import VirtualStraps

@testable import Gateway

/// Whole sessions with virtual straps: every suite that runs one is a part of this, so that they come one by one.
@Suite(.serialized, .timeLimit(.minutes(2))) struct SessionTests {
    @Test func eightStrapsGivenAsTheyComeAreRecordedBeatByBeat() async throws {
        var virtual = VirtualClass(straps: 8)
        virtual.givesStraps = true
        virtual.seconds = 105
        let outcome = try await virtual.run()
        outcome.checkThatNothingIsLost()
        #expect(outcome.session.silentCodes.isEmpty)
        #expect(!outcome.session.wasStopped)
        #expect(outcome.session.seconds == 105)
        let codes = outcome.record.info.codes.keys.sorted()
        for code in codes {
            #expect(outcome.links(code) == [.connect])
            #expect(Set(outcome.beats(code).map(\.beat.segment)).isSubset(of: [1]))
            #expect(outcome.beats(code).allSatisfy { $0.beat.flag == .ok })
        }
        let beatless = codes.filter { outcome.beats($0).isEmpty }
        let silentStraps = virtual.scenario.straps.filter { !$0.sendsRR }.map(\.name)
        #expect(beatless.compactMap { outcome.strap($0) } == silentStraps)
        #expect(outcome.notices.count { $0.contains("no beats") } == silentStraps.count)
        // What was said live is what the stored beats say again.
        let replays = outcome.record.replays()
        for code in codes {
            let told = outcome.record.coherence.filter { $0.code == code }.map(\.reading)
            let again = (replays[code]?.updates ?? []).enumerated().map { index, update in
                CoherenceReading(
                    update, bands: .standard, silence: nil,
                    told.indices.contains(index) ? told[index].heartRate : nil)
            }
            #expect(told == again)
        }
        #expect(outcome.record.coherence.contains { $0.reading.score != nil })
        #expect(outcome.record.phases.map(\.start) == [0])
        #expect(outcome.record.phases.map(\.end) == [105])
    }

    @Test func theNearestStrapGoesToTheFirstCode() async throws {
        var virtual = VirtualClass(straps: 4)
        virtual.givesStraps = true
        virtual.seconds = 60
        for (index, rssi) in [-85, -40, -70, -55].enumerated() { virtual.scenario.straps[index].rssi = rssi }
        let outcome = try await virtual.run()
        outcome.checkThatNothingIsLost()
        let order = try (1...4).map { outcome.strap(try outcome.code($0)) }
        #expect(order == [1, 3, 2, 0].map { virtual.scenario.straps[$0].name })
    }

    @Test func aStrapOfSomebodyElseIsLeftAlone() async throws {
        var virtual = VirtualClass(straps: 3)
        virtual.givesStraps = true
        virtual.seconds = 60
        virtual.scenario.straps[1].rssi = -30
        virtual.taken = [virtual.scenario.straps[1].address]
        let outcome = try await virtual.run()
        outcome.checkThatNothingIsLost()
        #expect(outcome.truth.allSatisfy { $0.strap != virtual.scenario.straps[1].name })
        #expect(outcome.session.silentCodes == [try outcome.code(3)])
        #expect(outcome.record.packets.allSatisfy { $0.code.place != 3 })
    }

    @Test func whatIsHeardIsToldAsItIsStored() async throws {
        let outcome = try await VirtualClass(straps: 2).run()
        outcome.checkThatNothingIsLost()
        for place in 1...2 {
            let code = try outcome.code(place)
            let told = outcome.events.compactMap { event -> Double? in
                guard case .beat(code, let milliseconds, _, _) = event.kind else { return nil }
                return milliseconds
            }
            #expect(told == outcome.beats(code).map(\.beat.milliseconds))
        }
        guard case .started("20260804-G1", "G1", 2, "one") = outcome.events.first?.kind else {
            Issue.record("the first event is \(String(describing: outcome.events.first))")
            return
        }
        #expect(outcome.events.last?.kind == .ended(stoppedByUser: false))
        #expect(outcome.record.straps.count == 2)
        #expect(outcome.record.straps.values.allSatisfy { $0.model != nil && $0.firmware != nil })
    }

    @Test func stoppingInTheMiddleKeepsEverything() async throws {
        let outcome = try await VirtualClass(straps: 8).run { running in
            let (conductor, log) = (running.conductor, running.log)
            try await log.waitForStraps(8)
            try await log.wait(for: "200 beats") { EventLog.beats($0) >= 200 }
            await conductor.mark(nil, "we stop")
            try await conductor.mark(Code("G1-02"), "mark")
            await conductor.stop()
            await conductor.stop()
        }
        outcome.checkThatNothingIsLost()
        #expect(outcome.session.wasStopped)
        #expect(outcome.session.seconds < 75)
        #expect(outcome.record.phases.map(\.end) == [outcome.session.seconds])
        #expect(outcome.record.beats.count >= 200)
        #expect(outcome.events.last?.kind == .ended(stoppedByUser: true))
        let markers = outcome.record.markers.filter { $0.kind != "notice" }
        #expect(markers.map(\.kind) == ["mark", "mark", "stop"])
        #expect(markers.map(\.code?.place) == [nil, 2, nil])
    }

    @Test func aStopBeforeTheBeginEndsTheSessionAtOnce() async throws {
        let clock = MachineClock(rate: VirtualClass.rate)
        let simulator = try await Simulator.start(scenario: .standard(straps: 1), clock: clock)
        let folder = try TemporaryFolder()
        let store = try Store(folder: folder.path)
        let client = try await BlueZClient.open(.address(simulator.busAddress), clock: clock)
        let start = clock.now()
        let code = try Code("G1-01")
        let info = SessionInfo(
            name: "20260804-G1", group: code.group, started: start.utc, zoneOffsetSeconds: 0, seconds: nil,
            script: try Script.open(minutes: 1), codes: [code: .study], toolVersion: "test", clockRate: 20,
            adapters: [])
        let plan = SessionPlan(
            info: info, members: [Member(code: code, consent: .study)], givesStraps: true, taken: [], start: start)
        let handle = try await store.begin(info)
        let radio = BlueZRadio(client)
        let desk = StrapDesk(radio: radio, clock: clock)
        let conductor = SessionConductor(plan: plan, desk: desk, writer: handle.writer, clock: clock)
        await desk.open(events: radio.events)
        await conductor.stop()
        let outcome = await conductor.run { await client.close() }
        #expect(outcome.wasStopped)
        #expect(outcome.seconds < 60)
        #expect(outcome.silentCodes == [code])
        #expect(await store.end(handle, seconds: outcome.seconds) == nil)
        await simulator.stop()
    }

    @Test func theLiveViewShowsEveryCode() async throws {
        let outcome = try await VirtualClass(straps: 4).run { running in
            let (conductor, log) = (running.conductor, running.log)
            try await log.waitForStraps(4)
            try await log.wait(for: "60 beats") { EventLog.beats($0) >= 60 }
            let view = await conductor.liveView()
            #expect(view.session == "20260804-G1")
            #expect(view.group == "G1")
            #expect(view.phaseTitle == "Practice 1")
            #expect(view.length == 75)
            #expect(view.isRecording)
            #expect(view.pacer?.pacer == Pacer(rate: 6))
            #expect(view.next == nil)
            #expect(view.readouts.map(\.code.place) == [1, 2, 3, 4])
            #expect(view.readouts.allSatisfy { $0.heartRate != nil && $0.strap == .on && $0.rssi != nil })
            #expect(view.onCount == 4 && view.lostCount == 0)
            #expect(view.adapters == "hci0 4")
            #expect(view.log.contains { $0.scope == "G1-03" && $0.text.hasSuffix("is on") })
            await conductor.nextPhase()
        }
        outcome.checkThatNothingIsLost()
        #expect(!outcome.session.wasStopped)
        #expect(outcome.session.seconds < 75)
    }
}
