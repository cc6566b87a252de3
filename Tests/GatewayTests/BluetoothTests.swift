import BlueZ
import DBus
import Straps
import Testing
import Timekeeping
import VirtualStraps

@testable import Gateway

/// What stands in the way of a session is said plainly before it begins.
@Suite(.serialized, .timeLimit(.minutes(1))) struct BluetoothTests {
    /// What a check says of a class's adapters; nil when nothing stands in the way.
    private func trouble(_ scenario: Scenario, adapters: Set<String>? = nil) async throws -> GatewayError? {
        let simulator = try await Simulator.start(scenario: scenario, clock: MachineClock())
        let client = try await BlueZClient.open(.address(simulator.busAddress), clock: MachineClock())
        var trouble: GatewayError?
        do throws(GatewayError) { try await Bluetooth.check(client, adapters) } catch { trouble = error }
        await client.close()
        await simulator.stop()
        return trouble
    }

    private func scenario(powered: [Bool]) -> Scenario {
        var scenario = Scenario.standard(straps: 1)
        scenario.adapters = powered.enumerated().map { index, isPowered in
            var adapter = AdapterPlan.standard(index)
            adapter.isPowered = isPowered
            return adapter
        }
        return scenario
    }

    @Test func aPoweredAdapterIsAllItTakes() async throws {
        #expect(try await trouble(scenario(powered: [true])) == nil)
        #expect(try await trouble(scenario(powered: [false, true])) == nil)
        #expect(try await trouble(scenario(powered: [false, true]), adapters: ["hci1"]) == nil)
    }

    @Test func noServiceIsSaidSo() async throws {
        let bus = try await PrivateBus.start()
        let client = try await BlueZClient.open(.address(bus.address), clock: MachineClock())
        let error = await #expect(throws: GatewayError.self) { try await Bluetooth.check(client, nil) }
        #expect(error?.description.contains("systemctl start bluetooth") == true)
        await client.close()
        bus.stop()
    }

    @Test func noAdapterIsSaidSo() async throws {
        let error = try #require(try await trouble(scenario(powered: [])))
        #expect(error.description.hasPrefix("There is no Bluetooth adapter."))
    }

    @Test func adaptersThatAreOffAreNamed() async throws {
        let error = try #require(try await trouble(scenario(powered: [false, false])))
        #expect(error.description.hasPrefix("Bluetooth is off (hci0, hci1)."))
        let one = try #require(try await trouble(scenario(powered: [false, true]), adapters: ["hci0"]))
        #expect(one.description.hasPrefix("Bluetooth is off (hci0)."))
    }

    @Test func anUnknownAdapterIsNamedBesideThoseThatAreThere() async throws {
        let error = try #require(try await trouble(scenario(powered: [true, true]), adapters: ["hci1", "hci7"]))
        #expect(error.description == "There is no adapter hci7. There are: hci0, hci1.")
    }

    @Test func aBusThatDiesIsTheEndOfTheService() async throws {
        let bus = try await PrivateBus.start()
        let client = try await BlueZClient.open(.address(bus.address), clock: MachineClock())
        let radio = BlueZRadio(client)
        bus.stop()
        var events: [RadioEvent] = []
        for await event in radio.events { events.append(event) }
        #expect(events.last == .serviceGone)
        let failure = await radio.perform(.stopDiscovery("00:1A:7D:DA:71:10"))
        #expect(failure != nil)
        await client.close()
    }
}
