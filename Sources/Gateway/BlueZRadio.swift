public import BlueZ
import HCI
import HeartRate
public import Straps

/// BlueZ as the radio of `Straps`.
public struct BlueZRadio: Radio {
    /// What the radio tells, in order; ends with the bus.
    public let events: AsyncStream<RadioEvent>
    private let client: BlueZClient
    private let hearsAll: Bool
    private let sink: AsyncStream<RadioEvent>.Continuation

    /// Makes a radio of a client, whose events it takes over.
    /// - Parameters:
    ///   - client: the Bluetooth service.
    ///   - adapters: names of the adapters that may be used; nil for all.
    ///   - slots: links by adapter name, where people said so.
    ///   - hearsAll: whether every advertisement is told, so that signals can be compared.
    public init(
        _ client: BlueZClient, adapters: Set<String>? = nil, slots: [String: Int] = [:], hearsAll: Bool = false
    ) {
        self.client = client
        self.hearsAll = hearsAll
        let (events, sink) = AsyncStream.makeStream(of: RadioEvent.self, bufferingPolicy: .unbounded)
        self.events = events
        self.sink = sink
        Task {
            var translation = RadioTranslation(slots: slots, knownSlots: Self.knownSlots(), adapters: adapters)
            for await event in client.events {
                for translated in translation.events(for: event) { sink.yield(translated) }
            }
            // Without its bus the service is gone as well.
            sink.yield(.serviceGone)
            sink.finish()
        }
    }

    /// What the makers of this machine's controllers are known for; nothing where the kernel cannot be asked, as for
    /// adapters that exist on the bus only.
    private static func knownSlots() -> [String: Int] {
        guard let controllers = try? Controller.all() else { return [:] }
        return Dictionary(controllers.compactMap { known in known.knownSlots.map { (known.name, $0) } }) { $1 }
    }

    /// Carries a command out on BlueZ.
    public func perform(_ command: RadioCommand) async -> RadioFailure? {
        do {
            try await carryOut(command)
            return nil
        } catch {
            return RadioFailure(error)
        }
    }

    /// One after the other: straps answer one request at a time anyway.
    private func describe(_ key: DeviceKey) async throws(BlueZError) -> StrapDescription {
        let location = try await client.read(HeartRateUUID.bodySensorLocation, of: key)?.first
        return StrapDescription(
            manufacturer: StrapDescription.text(try await client.read(HeartRateUUID.manufacturer, of: key)),
            model: StrapDescription.text(try await client.read(HeartRateUUID.model, of: key)),
            firmware: StrapDescription.text(try await client.read(HeartRateUUID.firmware, of: key)),
            location: location.flatMap(BodySensorLocation.init))
    }

    private func carryOut(_ command: RadioCommand) async throws(BlueZError) {
        switch command {
        case .startDiscovery(let adapter):
            try await client.startDiscovery(adapter: adapter, service: HeartRateUUID.service, hearsAll: hearsAll)
        case .stopDiscovery(let adapter): try await client.stopDiscovery(adapter: adapter)
        case .connect(let key): try await client.connect(key.device)
        case .disconnect(let key): try await client.disconnect(key.device)
        case .startNotify(let key): try await client.startNotify(HeartRateUUID.measurement, of: key.device)
        case .stopNotify(let key): try await client.stopNotify(HeartRateUUID.measurement, of: key.device)
        case .describe(let key): sink.yield(.described(key, try await describe(key.device)))
        case .forget(let key): try await client.remove(key.device, keepingBond: true)
        case .unpair(let key): try await client.remove(key.device, keepingBond: false)
        }
    }
}
