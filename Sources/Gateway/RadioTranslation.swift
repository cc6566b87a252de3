import BlueZ
import HeartRate
import Straps

/// What BlueZ says, in the words of `Straps`, and back: pure.
struct RadioTranslation: Sendable {
    /// How many links an adapter is given when nothing better is known.
    static let usualSlots = 5
    /// GAP appearances of heart-rate sensors: generic, and chest strap.
    static let heartRateAppearances: Set<Int> = [0x0340, 0x0341]

    /// Links by adapter name, where people said so.
    var slots: [String: Int] = [:]
    /// Links by adapter name, as the controller's maker is known for.
    var knownSlots: [String: Int] = [:]
    /// Adapters that may be used; nil for all.
    var adapters: Set<String>?
    /// Addresses of adapters that may be used.
    private var used: Set<String> = []

    init(slots: [String: Int] = [:], knownSlots: [String: Int] = [:], adapters: Set<String>? = nil) {
        self.slots = slots
        self.knownSlots = knownSlots
        self.adapters = adapters
    }

    mutating func events(for event: BlueZEvent) -> [RadioEvent] {
        switch event {
        case .serviceAppeared: return []
        case .serviceVanished:
            used = []
            return [.serviceGone]
        case .adapter(let adapter):
            guard adapters?.contains(adapter.name) ?? true else { return [] }
            used.insert(adapter.address)
            return [.adapter(report(adapter))]
        case .adapterRemoved(let adapter):
            return used.remove(adapter.address) == nil ? [] : [.adapterGone(adapter.address)]
        case .device(let device, let heard):
            guard used.contains(device.key.adapter), Self.isHeartRate(device) else { return [] }
            let sighting = Sighting(name: device.name ?? "", rssi: heard ? device.rssi : nil)
            return [.seen(StrapKey(device.key), sighting)]
        case .deviceRemoved(let key): return ifUsed(key, .vanished(StrapKey(key)))
        case .connected(let key): return ifUsed(key, .linkUp(StrapKey(key)))
        case .disconnected(let key): return ifUsed(key, .linkDown(StrapKey(key)))
        case .characteristicReady(let characteristic):
            guard characteristic.uuid == HeartRateUUID.measurement else { return [] }
            return ifUsed(characteristic.device, .ready(StrapKey(characteristic.device)))
        case .value(let characteristic, let bytes, let moment):
            guard characteristic.uuid == HeartRateUUID.measurement else { return [] }
            return ifUsed(characteristic.device, .value(StrapKey(characteristic.device), bytes, moment))
        case .battery(let key, let percent): return ifUsed(key, .battery(StrapKey(key), percent))
        }
    }

    /// Discovery filters of all clients are merged and some devices tell their services late, so it is judged here again.
    static func isHeartRate(_ device: Device) -> Bool {
        device.offers(HeartRateUUID.service) || heartRateAppearances.contains(device.appearance ?? 0)
    }

    private func report(_ adapter: Adapter) -> AdapterReport {
        AdapterReport(
            address: adapter.address, name: adapter.name, isPowered: adapter.isPowered,
            slots: slots[adapter.name] ?? adapter.declaredSlots ?? knownSlots[adapter.name] ?? Self.usualSlots,
            isSlotsFixed: slots[adapter.name] != nil || adapter.declaredSlots != nil)
    }

    private func ifUsed(_ key: DeviceKey, _ event: RadioEvent) -> [RadioEvent] {
        used.contains(key.adapter) ? [event] : []
    }
}

extension StrapKey {
    init(_ key: DeviceKey) { self.init(adapter: key.adapter, strap: key.device) }

    /// The same device as BlueZ names it.
    var device: DeviceKey { DeviceKey(adapter: adapter, device: strap) }
}

extension RadioFailure {
    init(_ error: BlueZError) {
        self.init(
            kind: Kind(error.kind), message: error.message.isEmpty ? error.name : error.message, advice: error.advice)
    }
}

extension RadioFailure.Kind {
    fileprivate init(_ kind: BlueZError.Class) {
        self =
            switch kind {
            case .busy: .busy
            case .alreadyConnected, .notConnected: .notConnected
            case .adapterOff: .adapterOff
            case .gone: .gone
            case .transientRadio, .wrongBearer: .transient
            case .outOfSlots: .outOfSlots
            case .bondBroken: .bondBroken
            case .cancelled: .cancelled
            case .attribute(let code): [0x05, 0x08, 0x0C, 0x0F].contains(code) ? .needsPairing : .transient
            case .notPermitted: .needsPairing
            case .permanent: .permanent
            case .timeOut: .timeOut
            case .serviceGone, .busGone: .serviceGone
            case .policy: .notAllowed
            }
    }
}
