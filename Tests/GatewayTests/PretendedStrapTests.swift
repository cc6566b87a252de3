import BlueZ
import DBus
import HeartRate
import Testing
import Timekeeping
import VirtualStraps

@testable import Gateway

/// A strap of our own on the virtual org.bluez, which reads it as bluetoothd does, at twenty times the speed of life.
@Suite(.serialized, .timeLimit(.minutes(1))) struct PretendedStrapTests {
    private static let measurement = Bluetoothd.uuid("2a37")

    /// The documented heart, and a note of what was asked of it.
    private struct Heart: PacketSource {
        let asked: Asked
        var strap = Heart.strap

        private static let strap = SoleStrap(heart: HeartParameters(), pacer: PacerSchedule([]), seed: 11)

        /// Every interval that ends by then, were somebody to listen from the beginning.
        static func beats(until seconds: Double) -> [UInt16] {
            var strap = Self.strap
            return stride(from: 1, through: seconds + 1, by: 1).flatMap { strap.packet(at: $0).rrTicks }
        }

        mutating func packet(at seconds: Double) -> PretendPacket {
            let packet = strap.packet(at: seconds)
            return PretendPacket(bytes: packet.bytes, heartRate: packet.heartRate, rrTicks: packet.rrTicks)
        }
        mutating func skip(to seconds: Double) {
            strap.skip(to: seconds)
            asked.noteSkip()
        }
        mutating func resetEnergy(at seconds: Double) { strap.resetEnergy(at: seconds) }
    }

    /// Tells each time a heart went on unheard.
    private struct Asked: Sendable {
        private let beats = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .unbounded)

        func noteSkip() { beats.continuation.yield() }

        /// Waits for that many more; the suite's time limit is the deadline.
        func wait(for count: Int) async {
            for await _ in beats.stream.prefix(count) {}
        }
    }

    private struct Stage {
        let simulator: Simulator
        let strap: PretendedStrap
        let log: PretendLog
        let asked: Asked

        /// Switches the adapter.
        func power(_ isOn: Bool) async throws {
            let connection = try await Connection.open(.address(simulator.busAddress), clock: MachineClock())
            try await connection.call(
                MethodCall(
                    destination: Simulator.name, path: try ObjectPath("/org/bluez/hci0"),
                    interface: "org.freedesktop.DBus.Properties", member: "Set",
                    arguments: [.string("org.bluez.Adapter1"), .string("Powered"), .variant(.boolean(isOn))]))
            await connection.close()
        }
    }

    private static func make(
        _ simulator: Simulator, seconds: Double? = nil, asked: Asked = Asked()
    ) async throws -> PretendedStrap {
        let bus = BusAddress.address(simulator.busAddress)
        let clock = MachineClock(rate: 20)
        let client = try await BlueZClient.open(bus, clock: clock)
        var plan = PretendPlan(name: "Entrain P1", seconds: seconds, firmware: "1.2")
        plan.battery = 77
        return try await PretendedStrap.make(plan, heart: Heart(asked: asked), client: client, bus: bus, clock: clock)
    }

    /// Runs a strap until the body is over, and stops it.
    /// - Returns: how the strap ended; nil for well.
    @discardableResult
    private func run(
        faults: [Fault] = [], seconds: Double? = nil, _ body: (Stage) async throws -> Void
    ) async throws -> PretendError? {
        var scenario = Scenario.standard(straps: 0)
        scenario.faults = faults
        scenario.adapters[0].advertisements = 1
        let simulator = try await Simulator.start(scenario: scenario, clock: MachineClock(rate: 20))
        let asked = Asked()
        let strap = try await Self.make(simulator, seconds: seconds, asked: asked)
        let log = PretendLog()
        let listening = Task { await log.listen(to: strap) }
        let running = Task { () async -> PretendError? in
            do throws(PretendError) { try await strap.run() } catch { return error }
            return nil
        }
        let result: Result<Void, any Error>
        do {
            try await log.wait(for: .advertising(adapter: "hci0"))
            try await body(Stage(simulator: simulator, strap: strap, log: log, asked: asked))
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await strap.stop()
        let ending = await running.value
        await listening.value
        await simulator.stop()
        try result.get()
        return ending
    }

    // MARK: - Beats

    @Test func aCentralGetsTheBeatsFromTheMomentItAsksUntilItAsksNoMore() async throws {
        try await run { stage in
            let bluetoothd = try await Bluetoothd(stage.simulator)
            try await bluetoothd.call(Self.measurement, "StartNotify")
            try await stage.log.wait(packets: 25)
            try await bluetoothd.call(Self.measurement, "StopNotify")
            try await stage.log.wait(for: .unheard)
            let sent = await stage.log.packets
            let values = await bluetoothd.values(of: Self.measurement)
            #expect(values == sent.map(\.packet.bytes))
            let measurements = try values.map { try Measurement(bytes: $0) }
            #expect(measurements.map(\.rrTicks) == sent.map(\.packet.rrTicks))
            #expect(measurements.allSatisfy { $0.contact == .yes && $0.warnings.isEmpty })
            #expect(values.allSatisfy { $0.count <= 20 }, "an ATT MTU of 23 bytes must hold it")
            #expect(measurements.count { $0.energyKilojoules != nil } >= 2)
            // What was heard is a stretch of what the heart did: none is lost, none is doubled.
            let heard = sent.flatMap(\.packet.rrTicks)
            let beats = Heart.beats(until: try #require(sent.last).seconds)
            #expect(heard.count >= 10 && beats.indices.contains { beats[$0...].starts(with: heard) }, "\(heard)")
            let view = await stage.strap.view
            #expect(view.packets == sent.count && view.beats == sent.flatMap(\.packet.rrTicks).count)
            #expect(view.heartRate == sent.last?.packet.heartRate && !view.isHeard)
        }
    }

    @Test func nothingIsSentWhileNobodyAsks() async throws {
        try await run { stage in
            let bluetoothd = try await Bluetoothd(stage.simulator)
            await stage.asked.wait(for: 10)
            #expect(await bluetoothd.values(of: Self.measurement).isEmpty)
            #expect(await stage.strap.view.packets == 0)
            #expect(await stage.log.changes == [.advertising(adapter: "hci0")])
        }
    }

    @Test func itSaysWhatItIs() async throws {
        try await run { stage in
            let bluetoothd = try await Bluetoothd(stage.simulator)
            #expect(bluetoothd.peripheral.advertisement?["LocalName"] == .string("Entrain P1"))
            #expect(bluetoothd.peripheral.advertisement?["Appearance"] == .uint16(833))
            #expect(bluetoothd.peripheral.advertisement?["ServiceUUIDs"]?.strings == [HeartRateUUID.service])
            #expect(try await bluetoothd.read("2a38") == [1])
            #expect(try await bluetoothd.read("2a19") == [77])
            #expect(StrapDescription.text(try await bluetoothd.read("2a29")) == "Entrain")
            #expect(StrapDescription.text(try await bluetoothd.read("2a24")) == "Pretended strap")
            #expect(StrapDescription.text(try await bluetoothd.read("2a26")) == "1.2")
            await bluetoothd.connection.close()
        }
    }

    @Test func theControlPointResetsTheEnergyAndTakesNothingElse() async throws {
        try await run { stage in
            let bluetoothd = try await Bluetoothd(stage.simulator)
            try await bluetoothd.write("2a39", [1])
            try await stage.log.wait(for: .energyReset)
            let error = await #expect(throws: DBusError.self) { try await bluetoothd.write("2a39", [2]) }
            #expect(error?.name == "org.bluez.Error.Failed" && error?.message == "0x80")
            await bluetoothd.connection.close()
        }
    }

    // MARK: - Coming and going

    @Test func itEndsByItselfWhenItsTimeIsOver() async throws {
        let begun = ContinuousClock.now
        let ending = try await run(seconds: 100) { stage in
            let bluetoothd = try await Bluetoothd(stage.simulator)
            try await bluetoothd.call(Self.measurement, "StartNotify")
            try await stage.log.waitForEnd()
            #expect(await (60...101).contains(stage.log.packets.count))
            await bluetoothd.connection.close()
        }
        #expect(ending == nil)
        #expect(ContinuousClock.now - begun >= .seconds(5), "a hundred seconds at twenty times the speed of life")
    }

    @Test func stoppingLeavesNothingBehind() async throws {
        var simulator: Simulator?
        try await run { stage in
            #expect(await stage.simulator.peripherals().count == 1)
            await stage.strap.stop()
            #expect(await stage.simulator.peripherals().isEmpty)
            simulator = stage.simulator
        }
        #expect(simulator != nil)
    }

    @Test func itComesBackWithTheBluetoothService() async throws {
        try await run(faults: [Fault(.daemon, .at(seconds: 60), .daemonRestart(seconds: 20))]) { stage in
            try await Self.heard(stage)
            try await stage.log.wait(for: .waiting(.serviceGone))
            try await stage.log.wait(for: .unheard)
            try await stage.log.wait(for: .advertising(adapter: "hci0"), times: 2)
            #expect(await stage.strap.view.trouble == nil)
            let before = await stage.log.packets.count
            try await Self.heard(stage)
            #expect(await stage.log.packets.count > before)
        }
    }

    @Test func itComesBackWithTheAdapter() async throws {
        try await run { stage in
            try await stage.power(false)
            try await stage.log.wait(for: .waiting(.adapterOff))
            #expect(await stage.strap.view.trouble == .adapterOff)
            try await stage.power(true)
            try await stage.log.wait(for: .advertising(adapter: "hci0"), times: 2)
            #expect(await stage.simulator.peripherals().first?.advertisement != nil)
            try await Self.heard(stage)
        }
    }

    @Test func anAdvertisementThatTheServiceLetGoIsMadeAnew() async throws {
        try await run { stage in
            let bluetoothd = try await Bluetoothd(stage.simulator)
            let call = MethodCall(
                destination: bluetoothd.peripheral.client, path: try ObjectPath("/org/entrain/strap/advertisement"),
                interface: "org.bluez.LEAdvertisement1", member: "Release")
            try await bluetoothd.connection.call(call)
            await bluetoothd.connection.close()
            try await stage.log.wait(for: .waiting(.released))
            try await stage.log.wait(for: .advertising(adapter: "hci0"), times: 2)
        }
    }

    @Test func aBusThatDiesIsSaidSo() async throws {
        let ending = try await run { stage in
            await stage.simulator.stop()
            try await stage.log.waitForEnd()
        }
        #expect(ending == .busGone)
    }

    /// A central asks for beats and gets some.
    private static func heard(_ stage: Stage) async throws {
        let bluetoothd = try await Bluetoothd(stage.simulator)
        let before = await stage.log.packets.count
        try await bluetoothd.call(Self.measurement, "StartNotify")
        try await stage.log.wait(packets: before + 3)
        await bluetoothd.connection.close()
    }

    // MARK: - Refusals

    @Test func aSecondStrapOnAnAdapterWithOneAdvertisementIsRefused() async throws {
        try await run { stage in
            let second = try await Self.make(stage.simulator)
            let error = await #expect(throws: PretendError.self) { try await second.run() }
            #expect(error == .slotsTaken("hci0"))
            #expect(error?.description.contains("--adapter hci1") == true)
            #expect(await stage.simulator.peripherals().count == 1, "nothing of the refused strap stays registered")
            try await Self.heard(stage)
        }
    }

    @Test func anAdapterThatIsOnAndCanBeAStrapIsChosen() async throws {
        var scenario = Scenario.standard(straps: 0)
        scenario.adapters = [.standard(0), .standard(1)]
        scenario.adapters[0].isPowered = false
        let simulator = try await Simulator.start(scenario: scenario, clock: MachineClock())
        let client = try await BlueZClient.open(.address(simulator.busAddress), clock: MachineClock())
        let adapters = await client.adapters
        #expect(try PretendedStrap.choose(adapters, nil).name == "hci1")
        var centralOnly = adapters[1]
        centralOnly.roles = ["central"]
        let error = #expect(throws: PretendError.self) { try PretendedStrap.choose([centralOnly], nil) }
        #expect(error == .notPeripheral(["hci1"]))
        centralOnly.roles = nil
        #expect(try PretendedStrap.choose([centralOnly], "hci1").name == "hci1", "BlueZ before 5.57 tells no roles")
        await client.close()
        await simulator.stop()
    }
}
