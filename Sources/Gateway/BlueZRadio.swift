public import BlueZ
import HeartRate
public import Straps

/// BlueZ as the radio of `Straps`.
public struct BlueZRadio: Radio {
    /// What the radio tells, in order; ends with the bus.
    public let events: AsyncStream<RadioEvent>
    private let client: BlueZClient

    /// Makes a radio of a client, whose events it takes over.
    /// - Parameters:
    ///   - client: the Bluetooth service.
    ///   - adapters: names of the adapters that may be used; nil for all.
    ///   - slots: links by adapter name, where people said so.
    public init(_ client: BlueZClient, adapters: Set<String>? = nil, slots: [String: Int] = [:]) {
        self.client = client
        let (events, sink) = AsyncStream.makeStream(of: RadioEvent.self, bufferingPolicy: .unbounded)
        self.events = events
        Task {
            var translation = RadioTranslation(slots: slots, adapters: adapters)
            for await event in client.events {
                for translated in translation.events(for: event) { sink.yield(translated) }
            }
            sink.finish()
        }
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

    private func carryOut(_ command: RadioCommand) async throws(BlueZError) {
        switch command {
        case .startDiscovery(let adapter):
            try await client.startDiscovery(adapter: adapter, service: HeartRateUUID.service)
        case .stopDiscovery(let adapter): try await client.stopDiscovery(adapter: adapter)
        case .connect(let key): try await client.connect(key.device)
        case .disconnect(let key): try await client.disconnect(key.device)
        case .startNotify(let key): try await client.startNotify(HeartRateUUID.measurement, of: key.device)
        case .stopNotify(let key): try await client.stopNotify(HeartRateUUID.measurement, of: key.device)
        case .forget(let key): try await client.removeUnbonded(key.device)
        }
    }
}
