import BlueZ
import DBus
public import Practice
public import Timekeeping

/// What the Bluetooth service remembers of straps.
public enum StrapMemory {
    /// What became of it.
    public enum Outcome: Sendable, Hashable {
        /// It was removed.
        case removed
        /// Nothing was remembered.
        case unknown
        /// It stays, because a link to it is up.
        case connected
        /// It stays, because keys are stored for it.
        case bonded
        /// The service could not be asked, or did not do it, with the reason.
        case failed(String)
    }

    /// Devices that are remembered and answer to a text that a person typed.
    /// - Throws: `GatewayError` when the service cannot be asked.
    public static func find(_ text: String, clock: any SessionClock) async throws(GatewayError) -> [StrapIdentity] {
        let client: BlueZClient
        do { client = try await BlueZClient.open(.system, clock: clock) } catch { throw .bluetooth(error) }
        let identities = await client.devices.map { StrapIdentity(address: $0.key.device, name: $0.name ?? "") }
        await client.close()
        var seen: Set<String> = []
        return identities.filter { $0.matches(text) && seen.insert($0.address).inserted }
    }

    /// Has the service forget a strap on every adapter, unless it is connected or bonded on one of them.
    public static func forget(_ address: String, clock: any SessionClock) async -> Outcome {
        let client: BlueZClient
        do { client = try await BlueZClient.open(.system, clock: clock) } catch { return .failed("\(error)") }
        let outcome = await forget(address, client)
        await client.close()
        return outcome
    }

    private static func forget(_ address: String, _ client: BlueZClient) async -> Outcome {
        guard await client.isServiceUp else { return .failed("the Bluetooth service does not run") }
        let devices = await client.devices.filter { $0.key.device.uppercased() == address.uppercased() }
        if devices.isEmpty { return .unknown }
        if devices.contains(where: \.isConnected) { return .connected }
        if devices.contains(where: \.isBonded) { return .bonded }
        do {
            for device in devices { try await client.remove(device.key, keepingBond: true) }
        } catch {
            return .failed("\(error)")
        }
        return .removed
    }
}
