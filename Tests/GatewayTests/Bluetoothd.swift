import DBus
import Testing
import Timekeeping
import VirtualStraps

/// bluetoothd's hand: what it asks of a peripheral on the bus in the name of a central, and what it hears from it.
struct Bluetoothd: Sendable {
    let peripheral: VirtualPeripheral
    let connection: Connection
    private let changes: AsyncStream<Signal>

    /// Of the one peripheral that a simulator's adapters are.
    init(_ simulator: Simulator) async throws {
        let peripherals = await simulator.peripherals()
        try #require(peripherals.count == 1, "\(peripherals)")
        peripheral = peripherals[0]
        connection = try await Connection.open(.address(simulator.busAddress), clock: MachineClock())
        changes = try await connection.signals([
            MatchRule(
                sender: peripheral.client, interface: "org.freedesktop.DBus.Properties", member: "PropertiesChanged")
        ])
    }

    @discardableResult
    func call(_ uuid: String, _ member: String, _ arguments: [Value] = []) async throws -> [Value] {
        let path = try #require(peripheral.characteristic(uuid), "no characteristic \(uuid)")
        let call = MethodCall(
            destination: peripheral.client, path: path, interface: "org.bluez.GattCharacteristic1", member: member,
            arguments: arguments)
        return try await connection.call(call).arguments
    }

    func read(_ short: String) async throws -> [UInt8]? {
        try await call(Self.uuid(short), "ReadValue", [.properties([:])]).first?.bytes
    }

    func write(_ short: String, _ bytes: [UInt8]) async throws {
        try await call(Self.uuid(short), "WriteValue", [.bytes(bytes), .properties([:])])
    }

    /// Reads what was sent until the connection is closed.
    func values(of uuid: String) async -> [[UInt8]] {
        await connection.close()
        let path = peripheral.characteristic(uuid)
        var values: [[UInt8]] = []
        for await change in changes where change.path == path {
            if let bytes = change.arguments[1].properties?["Value"]?.bytes { values.append(bytes) }
        }
        return values
    }

    static func uuid(_ short: String) -> String { "0000\(short)-0000-1000-8000-00805f9b34fb" }
}
