public import DBus

/// The objects of BlueZ as signals and snapshots tell them: a pure reducer.
///
/// Match rules are added before the snapshot is asked for, so that nothing falls between; signals that are older than the
/// snapshot are left out by their arrival number.
public struct ObjectTree: Sendable {
    /// Properties by interface.
    public typealias Interfaces = [String: [String: Value]]

    /// Whether the service owns its name.
    public private(set) var isServiceUp = false
    private var objects: [ObjectPath: Interfaces] = [:]
    private var characteristics: [ObjectPath: GattCharacteristic] = [:]
    /// Where devices stand, by key.
    private var devicePaths: [DeviceKey: ObjectPath] = [:]
    /// Where the characteristics of a device stand.
    private var characteristicPaths: [DeviceKey: Set<ObjectPath>] = [:]
    private var adapterPaths: Set<ObjectPath> = []
    private var snapshotArrival: UInt64 = 0

    /// An empty tree.
    public init() {}

    /// Adapters that are there, by path.
    public var adapters: [Adapter] {
        adapterPaths.sorted().compactMap { adapter(at: $0) }
    }

    /// Devices that are known, by path.
    public var devices: [Device] {
        devicePaths.values.sorted().compactMap { device(at: $0) }
    }

    /// The device of that key.
    public func device(_ key: DeviceKey) -> Device? {
        devicePaths[key].flatMap { device(at: $0) }
    }

    /// The characteristic of a device with that UUID (lower case).
    public func characteristic(_ uuid: String, of key: DeviceKey) -> GattCharacteristic? {
        characteristicPaths[key]?.lazy.compactMap { characteristics[$0] }.first { $0.uuid == uuid }
    }

    /// Battery level of a device, per cent.
    public func battery(of key: DeviceKey) -> Int? {
        device(key).flatMap { objects[$0.path]?[BlueZName.battery]?["Percentage"]?.int }
    }

    // MARK: - Input

    /// Takes the reply of GetManagedObjects in place of everything known.
    /// - Parameters:
    ///   - snapshot: interfaces by object.
    ///   - arrival: arrival number of the reply.
    /// - Returns: what is there now.
    public mutating func replace(with snapshot: [ObjectPath: Interfaces], arrival: UInt64) -> [BlueZEvent] {
        var events: [BlueZEvent] = isServiceUp ? [] : [.serviceAppeared]
        isServiceUp = true
        empty()
        snapshotArrival = arrival
        for path in snapshot.keys.sorted() { events += add(snapshot[path] ?? [:], at: path) }
        return events
    }

    /// Takes a signal.
    public mutating func apply(_ signal: Signal) -> [BlueZEvent] {
        guard signal.arrival > snapshotArrival else { return [] }
        if signal.member == "NameOwnerChanged" { return ownerChanged(signal) }
        guard isServiceUp else { return [] }
        switch signal.member {
        case "PropertiesChanged": return propertiesChanged(signal)
        case "InterfacesAdded":
            guard let path = signal.arguments.first?.objectPath, signal.arguments.count > 1 else { return [] }
            return add(Self.interfaces(of: signal.arguments[1]), at: path)
        case "InterfacesRemoved":
            guard let path = signal.arguments.first?.objectPath, signal.arguments.count > 1 else { return [] }
            return remove(signal.arguments[1].strings ?? [], at: path)
        default: return []
        }
    }

    /// Reads `a{sa{sv}}`.
    public static func interfaces(of value: Value) -> Interfaces {
        (value.dictionary ?? [:]).compactMapValues { $0.properties }
    }

    // MARK: - Signals

    private mutating func ownerChanged(_ signal: Signal) -> [BlueZEvent] {
        guard signal.arguments.count == 3, signal.arguments[0].string == BlueZName.service else { return [] }
        let newOwner = signal.arguments[2].string ?? ""
        var events: [BlueZEvent] = []
        if isServiceUp { events.append(.serviceVanished) }
        isServiceUp = !newOwner.isEmpty
        empty()
        if isServiceUp { events.append(.serviceAppeared) }
        return events
    }

    private mutating func empty() {
        objects = [:]
        characteristics = [:]
        devicePaths = [:]
        characteristicPaths = [:]
        adapterPaths = []
    }

    private mutating func propertiesChanged(_ signal: Signal) -> [BlueZEvent] {
        guard let interface = signal.arguments.first?.string, signal.arguments.count > 1,
            let changed = signal.arguments[1].properties
        else { return [] }
        if interface == BlueZName.characteristic {
            guard let characteristic = characteristics[signal.path], let bytes = changed["Value"]?.bytes else {
                return []
            }
            return [.value(characteristic, bytes, signal.received)]
        }
        guard objects[signal.path]?[interface] != nil else { return [] }
        let before = device(at: signal.path)
        objects[signal.path]?[interface]?.merge(changed) { $1 }
        // BlueZ 5.66 sometimes keeps Connected to itself (its log: "is already connected") and tells only what follows from it.
        if interface == BlueZName.device, changed["ServicesResolved"]?.bool == true, changed["Connected"] == nil {
            objects[signal.path]?[interface]?["Connected"] = .boolean(true)
        }
        let invalidated = signal.arguments.count > 2 ? signal.arguments[2].strings ?? [] : []
        for name in invalidated { objects[signal.path]?[interface]?[name] = nil }
        if Self.keyParts.contains(where: { changed[$0] != nil || invalidated.contains($0) }) { reindex() }
        switch interface {
        case BlueZName.adapter, BlueZName.slots: return adapter(at: signal.path).map { [.adapter($0)] } ?? []
        case BlueZName.device:
            return deviceChanged(at: signal.path, from: before, heard: changed["RSSI"] != nil)
        case BlueZName.battery: return batteryEvents(at: signal.path)
        default: return []
        }
    }

    private func deviceChanged(at path: ObjectPath, from before: Device?, heard: Bool) -> [BlueZEvent] {
        guard let now = device(at: path) else { return [] }
        var events: [BlueZEvent] = [.device(now, heard: heard)]
        if now.isConnected != (before?.isConnected ?? false) {
            events.append(now.isConnected ? .connected(now.key) : .disconnected(now.key))
        }
        if now.isConnected, now.isResolved, !(before?.isResolved ?? false) || !(before?.isConnected ?? false) {
            let ready = (characteristicPaths[now.key] ?? []).sorted().compactMap { characteristics[$0] }
            events += ready.map { .characteristicReady($0) }
        }
        return events
    }

    // MARK: - Objects

    private mutating func add(_ interfaces: Interfaces, at path: ObjectPath) -> [BlueZEvent] {
        let before = device(at: path)
        objects[path, default: [:]].merge(interfaces) { $1 }
        if interfaces[BlueZName.adapter] != nil { adapterPaths.insert(path) }
        if interfaces[BlueZName.adapter] != nil || (before != nil && interfaces[BlueZName.device] != nil) {
            reindex()
        } else if interfaces[BlueZName.device] != nil, let key = device(at: path)?.key {
            devicePaths[key] = path
        }
        var events: [BlueZEvent] = []
        if interfaces[BlueZName.adapter] != nil || interfaces[BlueZName.slots] != nil,
            let adapter = adapter(at: path)
        {
            events.append(.adapter(adapter))
        }
        if let device = interfaces[BlueZName.device] {
            events += deviceChanged(at: path, from: before, heard: device["RSSI"] != nil)
        }
        if interfaces[BlueZName.battery] != nil { events += batteryEvents(at: path) }
        if let uuid = interfaces[BlueZName.characteristic]?["UUID"]?.string, let owner = owningDevice(of: path) {
            let characteristic = GattCharacteristic(path: path, device: owner.key, uuid: uuid.lowercased())
            characteristics[path] = characteristic
            characteristicPaths[owner.key, default: []].insert(path)
            if owner.isConnected, owner.isResolved { events.append(.characteristicReady(characteristic)) }
        }
        return events
    }

    /// What the key of a device is made of.
    private static let keyParts = ["Address", "Adapter"]

    /// Finds devices and their characteristics by key anew: an address changes when BlueZ learns who stands behind a random one.
    private mutating func reindex() {
        devicePaths = [:]
        for path in objects.keys.sorted() {
            if let key = device(at: path)?.key { devicePaths[key] = path }
        }
        characteristicPaths = [:]
        for (path, characteristic) in characteristics {
            let key = owningDevice(of: path)?.key ?? characteristic.device
            characteristics[path]?.device = key
            characteristicPaths[key, default: []].insert(path)
        }
    }

    private mutating func remove(_ interfaces: [String], at path: ObjectPath) -> [BlueZEvent] {
        let adapter = adapter(at: path)
        let device = device(at: path)
        for interface in interfaces { objects[path]?[interface] = nil }
        if objects[path]?.isEmpty ?? false { objects[path] = nil }
        if interfaces.contains(BlueZName.characteristic), let gone = characteristics.removeValue(forKey: path) {
            characteristicPaths[gone.device]?.remove(path)
        }
        if interfaces.contains(BlueZName.adapter) { adapterPaths.remove(path) }
        if interfaces.contains(BlueZName.device) || interfaces.contains(BlueZName.adapter) { reindex() }
        var events: [BlueZEvent] = []
        if let device, interfaces.contains(BlueZName.device) {
            if device.isConnected { events.append(.disconnected(device.key)) }
            events.append(.deviceRemoved(device.key))
        }
        if let adapter, interfaces.contains(BlueZName.adapter) { events.append(.adapterRemoved(adapter)) }
        return events
    }

    private func adapter(at path: ObjectPath) -> Adapter? {
        objects[path].flatMap { Adapter(path: path, interfaces: $0) }
    }

    private func device(at path: ObjectPath) -> Device? {
        guard let properties = objects[path]?[BlueZName.device] else { return nil }
        let adapterPath = properties["Adapter"]?.objectPath ?? path.parent
        let adapter = adapterPath.flatMap { objects[$0]?[BlueZName.adapter]?["Address"]?.string }
        return adapter.flatMap { Device(path: path, properties: properties, adapter: $0) }
    }

    private func owningDevice(of path: ObjectPath) -> Device? {
        var place = path.parent
        while let candidate = place {
            if let device = device(at: candidate) { return device }
            place = candidate.parent
        }
        return nil
    }

    private func batteryEvents(at path: ObjectPath) -> [BlueZEvent] {
        guard let device = device(at: path), let percent = objects[path]?[BlueZName.battery]?["Percentage"]?.int else {
            return []
        }
        return [.battery(device.key, percent)]
    }
}
