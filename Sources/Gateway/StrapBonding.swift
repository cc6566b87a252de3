import BlueZ
import HeartRate
public import Practice
public import Timekeeping

/// Pairs a strap that gives its beats only to computers it is paired with.
public enum StrapBonding {
    /// How often it is looked whether the strap was heard.
    static let tick = Duration.milliseconds(100)

    /// Looks for a strap, pairs it, and ends the link, so that a session can have it.
    /// - Parameters:
    ///   - strap: which one.
    ///   - seconds: how long to look for it, session time.
    ///   - clock: the session's time.
    /// - Returns: whether it was heard at all.
    /// - Throws: `GatewayError`.
    public static func bond(
        _ strap: StrapIdentity, seconds: Double, clock: any SessionClock
    ) async throws(GatewayError) -> Bool {
        let client = try await Bluetooth.open(clock: clock)
        do {
            guard let key = try await find(strap, seconds: seconds, client, clock) else {
                await client.close()
                return false
            }
            try await client.pair(key)
            try await client.disconnect(key)
        } catch {
            await client.close()
            throw .bluetooth(error)
        }
        await client.close()
        return true
    }

    /// The strap on the adapter that hears it best; discovery has ended when this returns.
    private static func find(
        _ strap: StrapIdentity, seconds: Double, _ client: BlueZClient, _ clock: any SessionClock
    ) async throws(BlueZError) -> DeviceKey? {
        let adapters = await client.adapters.filter(\.isPowered).map(\.address)
        for adapter in adapters {
            try await client.startDiscovery(adapter: adapter, service: HeartRateUUID.service)
        }
        let end = clock.now().instant.advanced(by: .seconds(seconds))
        var found: Device?
        while found == nil, clock.now().instant < end {
            let heard = await client.devices.filter {
                $0.key.device == strap.address && ($0.rssi != nil || $0.isConnected)
            }
            found = heard.max { ($0.rssi ?? -128) < ($1.rssi ?? -128) }
            // A cancelled command ends by its signal; nothing waits here for longer than a tick.
            try? await clock.sleep(for: tick)
        }
        for adapter in adapters { try await client.stopDiscovery(adapter: adapter) }
        return found?.key
    }
}
