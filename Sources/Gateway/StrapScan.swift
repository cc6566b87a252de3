import BlueZ
import HeartRate
public import Practice
public import Timekeeping

/// A heart-rate strap that was heard, or is connected.
public struct SeenStrap: Sendable, Hashable {
    /// Its name and address.
    public var identity: StrapIdentity
    /// Signal when it last advertised, dBm; nil for a strap that is connected.
    public var rssi: Int?
    /// Battery, per cent, when BlueZ knows it.
    public var battery: Int?
    /// Whether a link is up already.
    public var isConnected: Bool
    /// The adapter that hears it best, such as `hci0`.
    public var adapter: String
}

/// Looks for heart-rate straps for a while.
public enum StrapScan {
    /// Looks for straps.
    /// - Parameters:
    ///   - seconds: for how long, session time.
    ///   - clock: the clock.
    ///   - isEnough: whether what was found so far is enough to end early.
    /// - Returns: straps by name, then address.
    /// - Throws: `GatewayError`.
    public static func run(
        seconds: Double, clock: any SessionClock, until isEnough: @Sendable ([SeenStrap]) -> Bool = { _ in false }
    ) async throws(GatewayError) -> [SeenStrap] {
        let client = try await Bluetooth.open(clock: clock)
        let powered = await client.adapters.filter(\.isPowered)
        do {
            for adapter in powered {
                try await client.startDiscovery(adapter: adapter.address, service: HeartRateUUID.service)
            }
        } catch {
            await client.close()
            throw .bluetooth(error)
        }
        let found = await listen(to: client, seconds: seconds, clock: clock, isEnough)
        for adapter in powered {
            // The scan is over either way: a session that ended by itself is no trouble of the person's.
            try? await client.stopDiscovery(adapter: adapter.address)
        }
        await client.close()
        return found
    }

    private static func listen(
        to client: BlueZClient, seconds: Double, clock: any SessionClock, _ isEnough: @Sendable ([SeenStrap]) -> Bool
    ) async -> [SeenStrap] {
        let end = clock.now().instant.advanced(by: .milliseconds(Int64(seconds * 1000)))
        var found = await seen(by: client)
        while !isEnough(found), clock.now().instant < end {
            do { try await clock.sleep(for: .milliseconds(250)) } catch { break }
            found = await seen(by: client)
        }
        return found
    }

    private static func seen(by client: BlueZClient) async -> [SeenStrap] {
        let names = Dictionary(await client.adapters.map { ($0.address, $0.name) }) { first, _ in first }
        var best: [String: SeenStrap] = [:]
        for device in await client.devices where RadioTranslation.isHeartRate(device) {
            guard device.rssi != nil || device.isConnected else { continue }
            let strap = SeenStrap(
                identity: StrapIdentity(address: device.key.device, name: device.name ?? ""),
                rssi: device.isConnected ? nil : device.rssi, battery: await client.battery(of: device.key),
                isConnected: device.isConnected, adapter: names[device.key.adapter] ?? "")
            if let other = best[device.key.device], (other.rssi ?? 0) >= (strap.rssi ?? 0) { continue }
            best[device.key.device] = strap
        }
        return best.values.sorted {
            ($0.identity.label, $0.identity.address) < ($1.identity.label, $1.identity.address)
        }
    }
}
