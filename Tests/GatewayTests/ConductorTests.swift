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

extension SessionTests {
    /// The conductor by itself: reports go in by hand.
    @Suite(.serialized) struct ConductorTests {
        private let strap = StrapIdentity(address: "A0:9E:1A:B2:C3:D4", name: "Polar H10 B2C3D4")

        /// Runs a body with the conductor of a session of one code that has begun, and gives back what was kept.
        private func keep(
            _ body: (SessionConductor, _ code: Code, _ at: (Double) -> Moment) async throws -> Void
        ) async throws -> SessionRecord {
            let bus = try await PrivateBus.start()
            defer { bus.stop() }
            let clock = ManualClock(utc: MachineClock().now().utc)
            let folder = try TemporaryFolder()
            let store = try Store(folder: folder.path)
            let client = try await BlueZClient.open(.address(bus.address), clock: MachineClock())
            let code = try Code("G1-01")
            let start = clock.now()
            let info = SessionInfo(
                name: "20260804-G1", group: code.group, started: start.utc, zoneOffsetSeconds: 0, seconds: nil,
                script: try Script.open(minutes: 5), codes: [code: .study], toolVersion: "test", clockRate: 1,
                adapters: [])
            let plan = SessionPlan(
                info: info, members: [Member(code: code, strap: strap, consent: .study)], givesStraps: false,
                taken: [], start: start)
            let handle = try await store.begin(info)
            let desk = StrapDesk(radio: BlueZRadio(client), clock: clock)
            let conductor = SessionConductor(plan: plan, desk: desk, writer: handle.writer, clock: clock)
            await conductor.assign(strap, to: code)
            try await body(conductor, code) { seconds in
                let passed = Duration.nanoseconds(Int64(seconds * 1e9))
                return Moment(instant: start.instant.advanced(by: passed), utc: start.utc.advanced(by: passed))
            }
            await client.close()
            #expect(await store.end(handle, seconds: 60) == nil)
            return try await store.record(named: handle.info.name)
        }

        private static func packet(_ count: Int) -> [UInt8] {
            [0x10, 60] + (0..<count).flatMap { _ in [0, 4] as [UInt8] }
        }

        @Test func everyLinkIsASegmentAlsoWhenItsBeatsComeBeforeTheSubscription() async throws {
            let address = strap.address
            let record = try await keep { conductor, _, at in
                await conductor.take(.subscribing(address))
                await conductor.take(.packet(address, Self.packet(1), at(1)))
                await conductor.take(.streaming(address, adapter: "hci0"))
                await conductor.take(.packet(address, Self.packet(1), at(2)))
                await conductor.take(.lost(address))
                await conductor.take(.state(address, .resolving))
                await conductor.take(.packet(address, Self.packet(1), at(3)))
                await conductor.take(.streaming(address, adapter: "hci0"))
                await conductor.take(.packet(address, Self.packet(1), at(4)))
            }
            #expect(record.beats.map(\.beat.segment) == [1, 1, 2, 2])
            #expect(record.beats.map(\.beat.flag) == [.ok, .ok, .gapBefore, .ok])
            #expect(record.links.map(\.event) == [.connect, .lost, .back])
            #expect(record.links.map(\.segment) == [1, 1, 2])
            #expect(Set(record.packets.map(\.strap)) == [strap.name])
        }

        @Test func whatAStrapSaysThatNobodyHasIsLeftOut() async throws {
            let record = try await keep { conductor, _, at in
                for report: StrapReport in [
                    .subscribing("other"), .packet("other", Self.packet(1), at(1)),
                    .streaming("other", adapter: "hci0"), .lost("other"), .battery("other", 3),
                    .described("other", StrapDescription(model: "H10")),
                ] { await conductor.take(report) }
                let readouts = await conductor.liveView().readouts
                #expect(readouts.map(\.battery) == [nil])
            }
            #expect(record.packets.isEmpty && record.beats.isEmpty && record.links.isEmpty && record.straps.isEmpty)
        }

        @Test func twoStrapsOfOneNameAreToldApartByTheirAddresses() async throws {
            let twin = StrapIdentity(address: "A0:9E:1A:00:00:07", name: strap.name)
            let addresses = [strap.address, twin.address]
            let record = try await keep { conductor, code, at in
                await conductor.assign(twin, to: code)
                for (index, address) in addresses.enumerated() {
                    await conductor.take(.subscribing(address))
                    await conductor.take(.packet(address, Self.packet(1), at(Double(index) + 1)))
                }
            }
            #expect(record.packets.map(\.strap) == ["Polar H10 B2C3D4", "Polar H10 B2C3D4 (00:07)"])
        }

        @Test func advicesBecomeNoticesAndAreWrittenDown() async throws {
            let address = strap.address
            let record = try await keep { conductor, _, _ in
                await conductor.take(.advice(address, "Wet the pads."))
                await conductor.take(.advice(nil, "Bluetooth is off."))
                let log = await conductor.liveView().log
                #expect(log.map(\.scope) == ["G1-01", "group"])
                #expect(log.map(\.text) == ["Wet the pads.", "Bluetooth is off."])
            }
            #expect(record.markers.map(\.kind) == ["notice", "notice"])
            #expect(record.markers.map(\.text) == ["Wet the pads.", "Bluetooth is off."])
        }
    }
}
