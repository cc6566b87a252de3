import BlueZ
import HeartRate
public import Practice
public import Timekeeping

/// A Bluetooth LE device that was heard, or is connected; most often a strap.
public struct SeenStrap: Sendable, Hashable {
    /// Its name and address.
    public var identity: StrapIdentity
    /// Signal when it last advertised, dBm; nil for a strap that was connected all the time.
    public var rssi: Int?
    /// How long ago that was, seconds of session time; nil when it was not heard by this scan itself.
    public var signalAge: Double?
    /// Battery, per cent, when BlueZ knows it.
    public var battery: Int?
    /// Whether a link is up already.
    public var isConnected: Bool
    /// Whether it measures heart rate, as far as it tells.
    public var isHeartRate: Bool
    /// The adapter that hears it best, such as `hci0`.
    public var adapter: String
}

/// Looks for heart-rate straps for a while.
public enum StrapScan {
    /// Looks for straps.
    /// - Parameters:
    ///   - seconds: for how long, session time.
    ///   - names: names of the adapters that may be used; nil for all.
    ///   - everything: whether devices that measure no heart rate are listed as well.
    ///   - clock: the clock.
    ///   - isEnough: whether what was found so far is enough to end early.
    /// - Returns: straps by name, then address.
    /// - Throws: `GatewayError`.
    public static func run(
        seconds: Double, adapters names: Set<String>? = nil, everything: Bool = false, clock: any SessionClock,
        until isEnough: @Sendable ([SeenStrap]) -> Bool = { _ in false }
    ) async throws(GatewayError) -> [SeenStrap] {
        let client = try await Bluetooth.open(adapters: names, clock: clock)
        let powered = await client.adapters.filter { $0.isPowered && names?.contains($0.name) ?? true }
        do {
            for adapter in powered {
                try await client.startDiscovery(
                    adapter: adapter.address, service: everything ? nil : HeartRateUUID.service)
            }
        } catch {
            await client.close()
            throw .bluetooth(error)
        }
        let found = await listen(to: client, seconds: seconds, everything, clock: clock, isEnough)
        for adapter in powered {
            // The scan is over either way: a session that ended by itself is no trouble of the person's.
            try? await client.stopDiscovery(adapter: adapter.address)
        }
        await client.close()
        return found
    }

    private static func listen(
        to client: BlueZClient, seconds: Double, _ everything: Bool, clock: any SessionClock,
        _ isEnough: @Sendable ([SeenStrap]) -> Bool
    ) async -> [SeenStrap] {
        let signals = SignalLog()
        let listening = Task { await signals.listen(to: client.events, clock: clock) }
        defer { listening.cancel() }
        let end = clock.now().instant.advanced(by: .milliseconds(Int64(seconds * 1000)))
        var found = await seen(by: client, everything, signals, clock)
        while !isEnough(found), clock.now().instant < end {
            do { try await clock.sleep(for: .milliseconds(250)) } catch { break }
            found = await seen(by: client, everything, signals, clock)
        }
        return found
    }

    private static func seen(
        by client: BlueZClient, _ everything: Bool, _ signals: SignalLog, _ clock: any SessionClock
    ) async -> [SeenStrap] {
        let names = Dictionary(await client.adapters.map { ($0.address, $0.name) }) { first, _ in first }
        var best: [String: SeenStrap] = [:]
        for device in await client.devices {
            let isHeartRate = RadioTranslation.isHeartRate(device)
            guard everything || isHeartRate, device.rssi != nil || device.isConnected else { continue }
            let heard = await signals.heard(device.key)
            let strap = SeenStrap(
                identity: StrapIdentity(address: device.key.device, name: device.name ?? ""),
                rssi: device.isConnected ? heard?.rssi : device.rssi,
                signalAge: heard.map { max(0, clock.now().instant.seconds(since: $0.at)) },
                battery: await client.battery(of: device.key), isConnected: device.isConnected,
                isHeartRate: isHeartRate, adapter: names[device.key.adapter] ?? "")
            if let other = best[device.key.device], isBetter(other, than: strap) { continue }
            best[device.key.device] = strap
        }
        return best.values.sorted {
            ($0.identity.label, $0.identity.address) < ($1.identity.label, $1.identity.address)
        }
    }

    /// A link tells more than a signal, and a strong signal more than a weak one.
    private static func isBetter(_ one: SeenStrap, than other: SeenStrap) -> Bool {
        if one.isConnected != other.isConnected { return one.isConnected }
        return (one.rssi ?? -200) >= (other.rssi ?? -200)
    }
}

/// When each device was last heard, and how loud.
private actor SignalLog {
    private var last: [DeviceKey: (rssi: Int, at: Instant)] = [:]

    /// Asked on the actor: a copy of all of them, read elsewhere, would be told from the next write by its count of references
    /// only, which the thread sanitizer does not see.
    func heard(_ device: DeviceKey) -> (rssi: Int, at: Instant)? { last[device] }

    func listen(to events: AsyncStream<BlueZEvent>, clock: any SessionClock) async {
        for await event in events {
            guard case .device(let device, heard: true) = event, let rssi = device.rssi else { continue }
            last[device.key] = (rssi, clock.now().instant)
        }
    }
}
