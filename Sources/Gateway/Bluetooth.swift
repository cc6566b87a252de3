public import BlueZ
import DBus
public import Timekeeping

/// Opens Bluetooth for a command and says plainly what stands in the way.
public enum Bluetooth {
    /// Opens the system bus (`DBUS_SYSTEM_BUS_ADDRESS` is obeyed) and makes sure that a powered adapter is there.
    /// - Parameters:
    ///   - names: adapters that must be there, such as `hci0`; nil for any.
    ///   - slots: links of adapters that must be there as well; nil for none.
    ///   - clock: stamps every message.
    /// - Returns: a client whose events nobody has read yet.
    /// - Throws: `GatewayError`.
    public static func open(
        adapters names: Set<String>? = nil, slots: AdapterSlots? = nil, clock: any SessionClock
    ) async throws(GatewayError) -> BlueZClient {
        let client: BlueZClient
        do { client = try await BlueZClient.open(.system, clock: clock) } catch { throw .bluetooth(error) }
        do throws(GatewayError) {
            try await check(client, names)
            if let slots { try await check(slots, client, names) }
            return client
        } catch {
            await client.close()
            throw error
        }
    }

    static func check(_ client: BlueZClient, _ names: Set<String>?) async throws(GatewayError) {
        guard await client.isServiceUp else { throw .noService }
        let adapters = await client.adapters
        guard !adapters.isEmpty else { throw .noAdapter }
        let wanted = adapters.filter { names?.contains($0.name) ?? true }
        if let names, wanted.count < names.count {
            let there = adapters.map(\.name)
            throw .unknownAdapter(asked: names.subtracting(there).sorted(), there: there)
        }
        guard wanted.contains(where: \.isPowered) else { throw .off(wanted.map(\.name)) }
    }

    /// Slots are given to adapters that are there and used.
    private static func check(
        _ slots: AdapterSlots, _ client: BlueZClient, _ names: Set<String>?
    ) async throws(GatewayError) {
        let there = await client.adapters.map(\.name).filter { names?.contains($0) ?? true }
        let strangers = Set(slots.links.keys).subtracting(there).sorted()
        guard strangers.isEmpty else { throw .unknownAdapter(asked: strangers, there: there) }
    }
}
