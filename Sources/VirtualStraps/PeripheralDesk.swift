internal import DBus

/// GattManager1 and LEAdvertisingManager1 of the virtual org.bluez, as `src/gatt-database.c` and `src/advertising.c` of BlueZ
/// 5.66 are: they read what a client exports, and refuse what bluetoothd would refuse.
actor PeripheralDesk {
    /// An adapter at the moment of a call.
    struct Place: Sendable {
        let name: String
        let path: ObjectPath
        let isPowered: Bool
        /// How many advertisements it makes at once.
        let advertisements: UInt8
    }

    static let interfaces = [BlueZInterface.gattManager, BlueZInterface.advertisingManager]
    private static let deadline = Duration.seconds(25)
    private static let flags: Set = ["read", "write", "write-without-response", "notify", "indicate"]

    private(set) var offered: [VirtualPeripheral] = []

    // MARK: - Calls

    /// Takes a call of one of the two interfaces.
    func take(_ call: IncomingCall, at place: Place, on bus: Connection) async throws(DBusError) -> [Value] {
        guard let path = call.arguments.first?.objectPath else { throw BlueZError.invalidArguments }
        switch call.member {
        case "RegisterApplication":
            guard offer(of: call.sender, at: place).application != path else { throw BlueZError.alreadyExists }
            let objects = try await Self.objects(of: call.sender, below: path, bus)
            try Self.check(objects)
            change(call.sender, place) { ($0.application, $0.objects) = (path, objects) }
        case "UnregisterApplication":
            guard offer(of: call.sender, at: place).application == path else { throw BlueZError.doesNotExist }
            change(call.sender, place) { ($0.application, $0.objects) = (nil, [:]) }
        case "RegisterAdvertisement":
            try await advertise(call.sender, path, place, bus)
            await tell(place, bus)
        default:
            guard offer(of: call.sender, at: place).advertisementPath == path else { throw BlueZError.doesNotExist }
            change(call.sender, place) { ($0.advertisementPath, $0.advertisement) = (nil, nil) }
            await tell(place, bus)
        }
        return []
    }

    /// Forgets a client that left the bus; nil: everybody, for the daemon itself leaves it.
    func forget(_ client: String?) {
        offered.removeAll { client == nil || $0.client == client }
    }

    // MARK: - Keeping

    private func offer(of client: String, at place: Place) -> VirtualPeripheral {
        offered.first { $0.client == client && $0.adapter == place.name }
            ?? VirtualPeripheral(adapter: place.name, client: client)
    }

    private func change(_ client: String, _ place: Place, _ body: (inout VirtualPeripheral) -> Void) {
        var offer = offer(of: client, at: place)
        body(&offer)
        offered.removeAll { $0.client == client && $0.adapter == place.name }
        if !offer.isEmpty { offered.append(offer) }
    }

    private func active(on place: Place) -> UInt8 {
        UInt8(clamping: offered.count { $0.adapter == place.name && $0.advertisementPath != nil })
    }

    private func tell(_ place: Place, _ bus: Connection) async {
        let active = active(on: place)
        let values: [String: Value] = [
            "ActiveInstances": .byte(active), "SupportedInstances": .byte(place.advertisements - active),
        ]
        // A bus that is gone has nobody to tell.
        try? await bus.update(place.path, interface: BlueZInterface.advertisingManager, changed: values)
    }

    // MARK: - Reading a client

    private static func objects(
        of client: String, below path: ObjectPath, _ bus: Connection
    ) async throws(DBusError) -> [ObjectPath: [String: [String: Value]]] {
        let call = MethodCall(
            destination: client, path: path, interface: "org.freedesktop.DBus.ObjectManager",
            member: "GetManagedObjects")
        let reply: Reply
        do {
            reply = try await bus.call(call, deadline: deadline)
        } catch {
            throw BlueZError.failed("No object received")
        }
        var objects: [ObjectPath: [String: [String: Value]]] = [:]
        for (path, interfaces) in reply.arguments.first?.entries ?? [:] {
            guard let path = path.objectPath else { continue }
            objects[path] = interfaces.dictionary?.compactMapValues(\.properties)
        }
        guard !objects.isEmpty else { throw BlueZError.failed("No object received") }
        return objects
    }

    private static func check(_ objects: [ObjectPath: [String: [String: Value]]]) throws(DBusError) {
        let services = objects.filter { $0.value[BlueZInterface.service] != nil }
        guard !services.isEmpty else { throw BlueZError.failed("No valid service object found") }
        for properties in services.values.compactMap({ $0[BlueZInterface.service] }) {
            guard properties["UUID"]?.string != nil, properties["Primary"]?.bool != nil else {
                throw BlueZError.failed("Failed to create entry in database")
            }
        }
        for properties in objects.values.compactMap({ $0[BlueZInterface.characteristic] }) {
            guard let service = properties["Service"]?.objectPath, services[service] != nil,
                let own = properties["Flags"]?.strings, !own.isEmpty, flags.isSuperset(of: own)
            else { throw BlueZError.failed("No valid service object found") }
            guard properties["UUID"]?.string != nil else {
                throw BlueZError.failed("Failed to create entry in database")
            }
        }
    }

    private func advertise(
        _ client: String, _ path: ObjectPath, _ place: Place, _ bus: Connection
    ) async throws(DBusError) {
        guard offer(of: client, at: place).advertisementPath == nil else { throw BlueZError.alreadyExists }
        guard active(on: place) < place.advertisements else {
            throw BlueZError.notPermitted("Maximum advertisements reached")
        }
        let call = MethodCall(
            destination: client, path: path, interface: "org.freedesktop.DBus.Properties", member: "GetAll",
            arguments: [.string("org.bluez.LEAdvertisement1")])
        let properties: [String: Value]
        do {
            properties = try await bus.call(call, deadline: Self.deadline).arguments.first?.properties ?? [:]
        } catch {
            throw BlueZError.failed("Failed to parse advertisement.")
        }
        guard Self.isSound(properties) else { throw BlueZError.failed("Failed to parse advertisement.") }
        guard place.isPowered else { throw BlueZError.failed("Failed to register advertisement") }
        change(client, place) { ($0.advertisementPath, $0.advertisement) = (path, properties) }
    }

    /// Whether every property that BlueZ reads is of the type it wants, and all of it has room.
    private static func isSound(_ properties: [String: Value]) -> Bool {
        let types: [String: Signature] = [
            "Type": .string, "ServiceUUIDs": .strings, "LocalName": .string, "Appearance": .uint16,
            "Discoverable": .boolean, "MinInterval": .uint32, "MaxInterval": .uint32, "Includes": .strings,
        ]
        for (name, value) in properties where types[name].map({ $0 != value.signature }) ?? false { return false }
        guard let type = properties["Type"]?.string, ["peripheral", "broadcast"].contains(type) else { return false }
        // Flags, and each service by two bytes or by sixteen.
        let services = properties["ServiceUUIDs"]?.strings ?? []
        let isShort = { (uuid: String) in
            uuid.count == 4 || uuid.lowercased().hasSuffix("-0000-1000-8000-00805f9b34fb")
        }
        let (short, long) = (services.count(where: isShort), services.count { !isShort($0) })
        let length =
            (properties["Discoverable"] == nil ? 0 : 3) + (properties["Appearance"] == nil ? 0 : 4)
            + (short == 0 ? 0 : 2 + 2 * short) + (long == 0 ? 0 : 2 + 16 * long)
        return length <= 31
    }
}
