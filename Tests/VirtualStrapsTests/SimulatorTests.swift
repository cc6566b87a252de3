import DBus
import HeartRate
import Testing
import Timekeeping

@testable import VirtualStraps

/// The whole of it: a real private bus, our org.bluez, and a plain client.
@Suite(.serialized, .timeLimit(.minutes(1))) struct SimulatorTests {
    private let adapter = "/org/bluez/hci0"
    private let adapterInterface = "org.bluez.Adapter1"
    private let device = "org.bluez.Device1"

    /// Runs a class at ten times the speed of life.
    private func run(
        _ scenario: Scenario, _ body: (Simulator, BusListener, TruthLog) async throws -> Void
    ) async throws {
        let truth = TruthLog()
        let simulator = try await Simulator.start(
            scenario: scenario, clock: MachineClock(rate: 10), truth: { truth.note($0) })
        let listener = try await BusListener.open(simulator)
        do {
            try await body(simulator, listener, truth)
        } catch {
            await listener.close()
            await simulator.stop()
            throw error
        }
        await listener.close()
        await simulator.stop()
    }

    private func path(of plan: StrapPlan) -> String {
        adapter + "/dev_" + plan.address.split(separator: ":").joined(separator: "_")
    }

    @Test func theTreeIsThereWhenTheNameIs() async throws {
        try await run(.standard(straps: 8)) { _, listener, _ in
            let objects = try await listener.objects()
            #expect(objects.keys.sorted() == ["/org/bluez", adapter])
            #expect(objects[adapter]?["org.entrain.Adapter1"]?["Slots"] == .uint16(8))
            #expect(objects[adapter]?[adapterInterface]?["Address"]?.string == "00:1A:7D:DA:71:10")
            #expect(try await listener.get("Powered", adapterInterface, at: adapter) == .boolean(true))
        }
    }

    @Test func eightStrapsStreamAndEveryNotificationIsInTheTruth() async throws {
        let scenario = Scenario.standard(straps: 8)
        try await run(scenario) { _, listener, truth in
            var paths: [String] = []
            for plan in scenario.straps { paths.append(try await listener.stream(plan)) }
            let all = paths
            await listener.wait { signals in
                all.allSatisfy { path in signals.count { $0.path.rawValue == path && $0.changed["Value"] != nil } >= 40
                }
            }
            for path in paths { try await listener.call("StopNotify", at: path, "org.bluez.GattCharacteristic1") }
            let count = truth.records.count
            await listener.wait { $0.count { all.contains($0.path.rawValue) && $0.changed["Value"] != nil } >= count }
            for (plan, path) in zip(scenario.straps, paths) {
                let heard = try await listener.values(at: path).map { try Measurement(bytes: $0) }
                let sent = truth.records.filter { $0.address == plan.address }
                #expect(heard.count >= 40)
                #expect(heard.map(\.rrTicks) == sent.map(\.rrTicks))
                #expect(heard.map(\.heartRate) == sent.map(\.heartRate))
                #expect(sent.map(\.sequence) == Array(1...sent.count))
                #expect(heard.allSatisfy { $0.contact == (plan.contact == .none ? .unknown : .yes) })
            }
        }
    }

    @Test func errorsReachTheClientAsBlueZNamesThem() async throws {
        try await run(.standard(straps: 1)) { _, listener, _ in
            try await listener.call("StartDiscovery", at: adapter, adapterInterface)
            let busy = await #expect(throws: DBusError.self) {
                try await listener.call("StartDiscovery", at: adapter, adapterInterface)
            }
            #expect(busy?.name == "org.bluez.Error.InProgress")
            let missing = await #expect(throws: DBusError.self) {
                try await listener.call(
                    "RemoveDevice", at: adapter, adapterInterface, [.objectPath(try ObjectPath(adapter + "/dev_1"))])
            }
            #expect(missing?.name == "org.bluez.Error.DoesNotExist")
            let unknown = await #expect(throws: DBusError.self) {
                try await listener.call("Connect", at: adapter + "/dev_1", device)
            }
            #expect(unknown?.name == "org.freedesktop.DBus.Error.UnknownObject")
        }
    }

    @Test func aClientThatLeavesTakesItsDiscoveryAndItsNotificationsAlong() async throws {
        let scenario = Scenario.standard(straps: 1)
        try await run(scenario) { simulator, listener, _ in
            let other = try await BusListener.open(simulator)
            let measurement = try await other.stream(scenario.straps[0])
            try await other.call("StartDiscovery", at: adapter, adapterInterface)
            await listener.wait(for: "Notifying", .boolean(true), at: measurement)
            await other.close()
            await listener.wait(for: "Notifying", .boolean(false), at: measurement)
            await listener.wait { signals in
                signals.last { $0.changed["Discovering"] != nil }?.changed["Discovering"] == .boolean(false)
            }
            #expect(try await listener.get("Connected", device, at: path(of: scenario.straps[0])) == .boolean(true))
        }
    }

    @Test func aStrapIsDroppedReturnsAndStreamsAgain() async throws {
        var scenario = Scenario.standard(straps: 1)
        scenario.faults = [Fault(.strap(0), .onCall(method: "StartNotify", number: 1), .drop(seconds: 10))]
        try await run(scenario) { _, listener, truth in
            let path = path(of: scenario.straps[0])
            let measurement = try await listener.stream(scenario.straps[0])
            await listener.wait(for: "Connected", .boolean(false), at: path)
            #expect(truth.records.isEmpty)
            try await listener.call("Connect", at: path, device)
            await listener.wait { $0.contains { $0.path.rawValue == measurement && $0.changed["Value"] != nil } }
            #expect(truth.records.first?.sequence == 1)
        }
    }

    @Test func disconnectingAndRemovingTakesTheObjectsAway() async throws {
        let scenario = Scenario.standard(straps: 1)
        try await run(scenario) { _, listener, _ in
            let path = path(of: scenario.straps[0])
            _ = try await listener.stream(scenario.straps[0])
            await listener.wait { $0.contains { $0.member == "InterfacesAdded" && $0.hasBattery } }
            try await listener.call("Disconnect", at: path, device)
            #expect(try await listener.get("Connected", device, at: path) == .boolean(false))
            await listener.wait { $0.contains { $0.member == "InterfacesRemoved" && $0.hasBattery } }
            try await listener.call(
                "RemoveDevice", at: adapter, adapterInterface, [.objectPath(try ObjectPath(path))])
            #expect(try await listener.objects().count == 2)
        }
    }

    @Test func aDeviceNobodyConnectedDisappears() async throws {
        let scenario = Scenario.standard(straps: 1)
        try await run(scenario) { _, listener, _ in
            let path = path(of: scenario.straps[0])
            try await listener.call("StartDiscovery", at: adapter, adapterInterface)
            await listener.wait { $0.contains { $0.member == "InterfacesAdded" && $0.object == path } }
            try await listener.call("StopDiscovery", at: adapter, adapterInterface)
            await listener.wait { $0.contains { $0.member == "InterfacesRemoved" && $0.object == path } }
        }
    }

    @Test func powerIsSetByProperty() async throws {
        let scenario = Scenario.standard(straps: 1)
        try await run(scenario) { _, listener, _ in
            _ = try await listener.stream(scenario.straps[0])
            try await listener.set("Powered", adapterInterface, at: adapter, .boolean(false))
            await listener.wait(for: "Connected", .boolean(false), at: path(of: scenario.straps[0]))
            #expect(try await listener.get("Powered", adapterInterface, at: adapter) == .boolean(false))
            #expect(await listener.heard.count { $0.changed["Powered"] != nil } == 1)
        }
    }

    @Test func aRestartedDaemonGivesItsNameUpAndTakesItAgain() async throws {
        var scenario = Scenario.standard(straps: 1)
        scenario.faults = [Fault(.daemon, .at(seconds: 30), .daemonRestart(seconds: 5))]
        try await run(scenario) { _, listener, truth in
            _ = try await listener.stream(scenario.straps[0])
            await listener.wait { $0.count { $0.member == "NameOwnerChanged" } == 2 }
            let changes = await listener.heard.filter { $0.member == "NameOwnerChanged" }.map { $0.arguments[2].string }
            #expect(changes.first == "")
            #expect(changes.last??.hasPrefix(":") == true)
            #expect(try await listener.objects().count == 2)
            let before = truth.records.count
            let measurement = try await listener.stream(scenario.straps[0])
            let heard = await listener.values(at: measurement).count
            await listener.wait { signals in
                signals.count { $0.path.rawValue == measurement && $0.changed["Value"] != nil } > heard + 2
            }
            #expect(truth.records.count > before)
        }
    }

    @Test func timeIsTheInjectedClocksAlone() async throws {
        let clock = ManualClock()
        let simulator = try await Simulator.start(scenario: .standard(straps: 3), clock: clock)
        let listener = try await BusListener.open(simulator)
        async let started: [Value] = listener.call("StartDiscovery", at: adapter, adapterInterface)
        await listener.wait(for: "Discovering", .boolean(true), at: adapter)
        #expect(try await listener.objects().count == 2)
        clock.advance(by: .seconds(2))
        #expect(try await started == [])
        await listener.wait { $0.count { $0.member == "InterfacesAdded" } == 3 }
        #expect(await simulator.elapsed == 2)
        await listener.close()
        await simulator.stop()
    }

    @Test func stoppingEndsTheBus() async throws {
        let simulator = try await Simulator.start(scenario: .standard(straps: 1), clock: MachineClock())
        let connection = try await Connection.open(.address(simulator.busAddress), clock: MachineClock())
        await simulator.stop()
        await connection.waitUntilClosed()
        await simulator.stop()
        await #expect(throws: DBusError.self) {
            try await Connection.open(.address(simulator.busAddress), clock: MachineClock())
        }
    }
}

extension Signal {
    /// Whether `InterfacesAdded` or `InterfacesRemoved` speaks of a battery.
    fileprivate var hasBattery: Bool {
        guard arguments.count == 2 else { return false }
        return arguments[1].dictionary?["org.bluez.Battery1"] != nil
            || arguments[1].strings?.contains("org.bluez.Battery1") == true
    }
}
