import DBus
import FoundationEssentials
import HeartRate
import Practice
import Store
import TestSupport
import Testing
import Timekeeping
import VirtualStraps

@testable import Gateway

extension SessionTests {
    @Suite(.serialized) struct ServiceTests {
        /// Runs a virtual class whose session is offered on its bus, with a client beside it.
        private func withService(
            straps: Int = 2, seconds: Double = 75,
            _ body: @escaping @Sendable (GatewayClient, GatewaySession, VirtualClass.Running) async throws -> Void
        ) async throws -> VirtualClass.Outcome {
            var room = VirtualClass(straps: straps)
            room.seconds = seconds
            return try await room.run { running in
                let bus = BusAddress.address(running.simulator.busAddress)
                let service = try await SessionService.offer(
                    running.conductor, info: running.conductor.plan.info, roster: nil, on: [bus],
                    clock: MachineClock(rate: VirtualClass.rate))
                let client = await GatewayClient.open([bus])
                do {
                    let found = await client.sessions()
                    try await body(client, try #require(found.first), running)
                } catch {
                    await client.close()
                    await service.close()
                    throw error
                }
                await client.close()
                await service.close()
            }
        }

        @Test func aSubscriberGetsEveryBeatOnceAndAtMostOneReadingASecond() async throws {
            let code = try Code("G1-02")
            let got = Collected()
            let outcome = try await withService { client, session, running in
                #expect(session.name == "20260804-G1" && session.group == "G1" && session.maySteer)
                #expect(session.codes == [try Code("G1-01"), code])
                try await running.log.waitForStraps(2)
                for await reading in try await client.readings(of: code, in: session) {
                    await got.add(reading)
                    if await got.beatCount >= 30 { break }
                }
            }
            let readings = await got.readings
            let told = readings.flatMap(\.beats)
            let kept = outcome.record.beats.filter { $0.code == code }.compactMap(\.beat.end)
            let first = try #require(told.first)
            let start = try #require(kept.firstIndex { abs($0 - first.t) < 0.001 })
            #expect(told.count >= 30)
            for (told, kept) in zip(told, kept[start...]) { #expect(abs(told.t - kept) < 0.001) }
            for (earlier, later) in zip(readings, readings.dropFirst()) {
                #expect(later.moment.t - earlier.moment.t >= 0.999)
            }
            #expect(readings.allSatisfy { !$0.isHidden && $0.moment.phase == "practice-1" })
            #expect(readings.last?.heartRate != nil && readings.last?.moment.pacer?.rate == 6)
            #expect(readings.last?.strap == "on" && readings.last?.strapLabel.isEmpty == false)
        }

        @Test func aSessionIsLedOverTheBus() async throws {
            let outcome = try await withService(seconds: 600) { client, session, running in
                let code = try Code("G1-01")
                try await client.perform(.pause, on: session)
                let paused = try await client.moment(of: session).isPaused
                #expect(paused)
                try await client.perform(.pause, on: session)
                try await client.perform(.resume, on: session)
                let isStillPaused = try await client.moment(of: session).isPaused
                #expect(!isStillPaused)
                try await client.perform(.mark("door\nopened", nil), on: session)
                try await client.perform(.mark("coughs", code), on: session)
                try await client.perform(.note("a quiet evening"), on: session)
                for (act, name) in [
                    (SteeringAct.back, ServiceErrorName.noPhase), (.mark(" \n", nil), DBusError.Name.invalidArguments),
                    (.mark("x", try Code("G1-09")), ServiceErrorName.unknownCode),
                    (.note(String(repeating: "x", count: 501)), DBusError.Name.invalidArguments),
                ] {
                    let error = await #expect(throws: DBusError.self) { try await client.perform(act, on: session) }
                    #expect(error?.name == name)
                }
                try await client.perform(.stop, on: session)
                let late = await #expect(throws: DBusError.self) { try await client.perform(.next, on: session) }
                #expect(late?.name == ServiceErrorName.ended)
            }
            #expect(outcome.session.wasStopped)
            let marks = outcome.record.markers.map { "\($0.kind) \($0.code?.description ?? "-") \($0.text)" }
            for mark in ["mark - door opened", "mark G1-01 coughs", "note - a quiet evening"] {
                #expect(marks.contains(mark), "\(marks)")
            }
            #expect(outcome.record.markers.count { $0.kind == "pause" } == 1, "paused once however often asked")
        }

        @Test func whoWithdrawsIsGoneFromTheBusAndItsReadingsEnd() async throws {
            let code = try Code("G1-02")
            _ = try await withService(seconds: 600) { client, session, running in
                try await running.log.waitForStraps(2)
                let readings = try await client.readings(of: code, in: session)
                var roster = try Roster(group: code.group, size: 2)
                roster.members[0].consent = .study
                roster.members[1].consent = .withdrawn
                await running.conductor.follow(roster)
                for await _ in readings {}
                let left = await client.sessions().first?.codes
                #expect(left == [try Code("G1-01")])
                let gone = await #expect(throws: DBusError.self) { try await client.reading(of: code, in: session) }
                #expect(gone?.name == DBusError.Name.unknownObject)
                await running.conductor.stop()
            }
        }

        @Test func twoSessionsShareABusAndTheFirstHasTheMainName() async throws {
            _ = try await withService(seconds: 600) { client, session, running in
                let bus = BusAddress.address(running.simulator.busAddress)
                let twin = try await SessionService.offer(
                    running.conductor, info: running.conductor.plan.info, roster: nil, on: [bus],
                    clock: MachineClock())
                #expect(twin.busName == "org.entrain.Gateway1.Session_20260804_G1__2")
                let names = await client.sessions().map(\.name)
                #expect(names == ["20260804-G1", "20260804-G1"])
                let watcher = try await Connection.open(bus, clock: MachineClock())
                let owner = try await watcher.ownerOf(ServiceName.main)
                #expect(owner == session.owner)
                await twin.close()
                let rest = await client.sessions().map(\.name)
                #expect(rest == ["20260804-G1"])
                await watcher.close()
                await running.conductor.stop()
            }
        }

        @Test func aBusThatForbidsTheNameIsPassedOverAndNoneIsNoneTheLess() async throws {
            let folder = try TemporaryFolder()
            let file = folder.path + "/bus.conf"
            let closed = """
                <busconfig>
                  <type>session</type>
                  <listen>unix:tmpdir=/tmp</listen>
                  <policy context="default">
                    <allow user="*"/><deny own="*"/><allow send_destination="*"/><allow receive_sender="*"/>
                  </policy>
                </busconfig>
                """
            try #require(FileManager.default.createFile(atPath: file, contents: Data(closed.utf8)))
            let strict = try await PrivateBus.start(.file(file))
            defer { strict.stop() }
            let strictAddress = BusAddress.address(strict.address)
            _ = try await withService(seconds: 600) { _, _, running in
                let open = BusAddress.address(running.simulator.busAddress)
                let info = await running.conductor.plan.info
                let service = try await SessionService.offer(
                    running.conductor, info: info, roster: nil, on: [strictAddress, open], clock: MachineClock())
                #expect(service.bus == open)
                await service.close()
                let refusal = await #expect(throws: DBusError.self) {
                    try await SessionService.offer(
                        running.conductor, info: info, roster: nil, on: [strictAddress], clock: MachineClock())
                }
                #expect(refusal?.name == DBusError.Name.accessDenied)
                await running.conductor.stop()
            }
        }

        private actor Collected {
            private(set) var readings: [CodeReading] = []

            func add(_ reading: CodeReading) { readings.append(reading) }

            var beatCount: Int { readings.reduce(0) { $0 + $1.beats.count } }
        }
    }
}
