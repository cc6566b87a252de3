public import DBus
public import Timekeeping

/// GATT services of our own and the advertisement that leads to them, through BlueZ (org.bluez.GattManager1 and
/// org.bluez.LEAdvertisingManager1).
///
/// It has a connection to the bus for itself: BlueZ forgets what was registered when that ends, however it ends. No file of
/// the bus's policy is needed, for it owns no name, and BlueZ's own policy lets root call these interfaces.
public actor GattServer {
    /// What is done with a value that a central writes: the UUID of the characteristic, the bytes.
    public typealias WriteHandler = @Sendable (String, [UInt8]) throws(AttributeRefusal) -> Void

    /// How long the Bluetooth service may take to read our objects and to begin to advertise, in the machine's time.
    public static let registering = Duration.seconds(15)
    /// How long it may take to take them back, in the machine's time; the end of the connection does that as well.
    public static let leaving = Duration.seconds(2)

    /// What centrals do, in order; ends with the bus or when the server is closed.
    public nonisolated let events: AsyncStream<GattServerEvent>

    /// The bus's thread: what centrals ask and what they are told keep one order.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { connection.unownedExecutor }

    private nonisolated let connection: Connection
    private let sink: AsyncStream<GattServerEvent>.Continuation
    private let write: WriteHandler
    private let application: ObjectPath
    private let advertisement: ObjectPath
    private var characteristics: [ObjectPath: LocalCharacteristic] = [:]
    private var notified: Set<ObjectPath> = []
    private var adapter: ObjectPath?
    private var closing: Task<Void, Never>?

    /// Connects to a bus and exports the services and the advertisement; nobody knows of them yet.
    /// - Parameters:
    ///   - bus: which bus.
    ///   - root: the path below which the objects stand, such as `/org/example/belt`.
    ///   - services: what is offered, in the order in which centrals find it.
    ///   - advertisement: what is said over the air.
    ///   - clock: stamps every message.
    ///   - write: takes what centrals write.
    /// - Returns: the server, which is not registered yet.
    /// - Throws: `BlueZError` when the bus cannot be reached or a value makes no D-Bus message.
    public static func open(
        _ bus: BusAddress, root: String, services: [LocalService], advertisement: LocalAdvertisement,
        clock: any SessionClock, write: @escaping WriteHandler
    ) async throws(BlueZError) -> GattServer {
        do {
            let connection = try await Connection.open(bus, clock: clock)
            do {
                let server = try GattServer(connection, root: try ObjectPath(root), write: write)
                try await server.export(services, advertisement)
                return server
            } catch {
                await connection.close()
                throw error
            }
        } catch {
            let error = error as? DBusError ?? DBusError(name: DBusError.Name.failed, message: "\(error)")
            throw BlueZError(error, operation: "Offering services on the message bus")
        }
    }

    private init(_ connection: Connection, root: ObjectPath, write: @escaping WriteHandler) throws(DBusError) {
        self.connection = connection
        self.write = write
        application = try root.appending("application")
        advertisement = try root.appending("advertisement")
        (events, sink) = AsyncStream.makeStream(of: GattServerEvent.self, bufferingPolicy: .unbounded)
    }

    private func export(
        _ services: [LocalService], _ local: LocalAdvertisement
    ) async throws(DBusError) {
        for (number, service) in services.enumerated() {
            let path = try application.appending("service\(number)")
            try await connection.export(
                GattObject(interfaces: [GattObject.service], server: self), at: path,
                properties: [BlueZName.gattService: ["UUID": .string(service.uuid), "Primary": .boolean(true)]])
            for (number, characteristic) in service.characteristics.enumerated() {
                try await export(characteristic, at: try path.appending("char\(number)"), of: path)
            }
        }
        await connection.manageObjects(at: application)
        try await connection.export(
            GattObject(interfaces: [LocalAdvertisement.interface], server: self), at: advertisement,
            properties: [BlueZName.advertisement: local.properties])
        Task { [connection, sink] in
            await connection.waitUntilClosed()
            sink.finish()
        }
    }

    private func export(
        _ characteristic: LocalCharacteristic, at path: ObjectPath, of service: ObjectPath
    ) async throws(DBusError) {
        var properties: [String: Value] = [
            "UUID": .string(characteristic.uuid), "Service": .objectPath(service),
            "Flags": .strings(characteristic.flags.map(\.rawValue)),
        ]
        if characteristic.flags.contains(.notify) { properties["Notifying"] = .boolean(false) }
        characteristics[path] = characteristic
        try await connection.export(
            GattObject(interfaces: [GattObject.characteristic], server: self), at: path,
            properties: [BlueZName.characteristic: properties])
    }

    /// Takes everything back and ends the connection; returns when that is done, whoever asked first.
    public func close() async {
        let task = closing ?? Task { await shutDown() }
        closing = task
        await task.value
    }

    private func shutDown() async {
        await unregister()
        for path in await connection.exportedPaths.reversed() { await connection.unexport(path) }
        await connection.close()
        sink.finish()
    }

    // MARK: - Registering

    /// Has an adapter offer the services and advertise them; what it offers already is a success.
    /// - Parameter adapter: its object, such as `/org/bluez/hci0`.
    /// - Throws: `GattServerError`. Nothing is registered then.
    public func register(on adapter: ObjectPath) async throws(GattServerError) {
        self.adapter = adapter
        try await checkAdvertising(on: adapter)
        do {
            try await call(adapter, BlueZName.gattManager, "RegisterApplication", application, taking: true)
        } catch  where error.isThereAlready {
            // It knows them.
        } catch {
            throw .bluetooth(error)
        }
        do {
            try await advertise(on: adapter)
        } catch {
            await unregister()
            throw error.kind == .notPermitted ? .slotsTaken : .bluetooth(error)
        }
    }

    /// Takes the advertisement and the services back; a service that is gone has forgotten them already.
    public func unregister() async {
        await endNotifications()
        guard let adapter else { return }
        self.adapter = nil
        for (interface, member, path) in [
            (BlueZName.advertisingManager, "UnregisterAdvertisement", advertisement),
            (BlueZName.gattManager, "UnregisterApplication", application),
        ] {
            // Whatever it answers, the end of the connection takes back what is left.
            try? await call(adapter, interface, member, path)
        }
    }

    /// Notes that the Bluetooth service is gone, and every central with it.
    public func forget() async {
        adapter = nil
        await endNotifications()
    }

    private func advertise(on adapter: ObjectPath) async throws(BlueZError) {
        let manager = BlueZName.advertisingManager
        do {
            try await call(adapter, manager, "RegisterAdvertisement", advertisement, taking: true)
        } catch  where error.isThereAlready {
            // Anew: an adapter that was off meanwhile may have stopped.
            try await call(adapter, manager, "UnregisterAdvertisement", advertisement)
            try await call(adapter, manager, "RegisterAdvertisement", advertisement, taking: true)
        }
    }

    /// BlueZ has the interface only where the kernel can advertise, and tells how often it still can.
    private func checkAdvertising(on adapter: ObjectPath) async throws(GattServerError) {
        let call = MethodCall(
            destination: BlueZName.service, path: adapter, interface: BlueZName.properties, member: "GetAll",
            arguments: [.string(BlueZName.advertisingManager)])
        let properties: [String: Value]
        do {
            properties = try await connection.call(call, deadline: Self.registering).arguments.first?.properties ?? [:]
        } catch {
            let error = BlueZError(error, operation: "Asking the adapter whether it can advertise")
            throw error.kind == .permanent || error.kind == .gone ? .cannotAdvertise : .bluetooth(error)
        }
        let (free, taken) = (properties["SupportedInstances"]?.int, properties["ActiveInstances"]?.int)
        guard free != 0 || taken != 0 else { throw .cannotAdvertise }
    }

    private func call(
        _ adapter: ObjectPath, _ interface: String, _ member: String, _ path: ObjectPath, taking: Bool = false
    ) async throws(BlueZError) {
        let arguments: [Value] = taking ? [.objectPath(path), .properties([:])] : [.objectPath(path)]
        let call = MethodCall(
            destination: BlueZName.service, path: adapter, interface: interface, member: member, arguments: arguments)
        do {
            try await connection.call(call, deadline: taking ? Self.registering : Self.leaving)
        } catch {
            throw BlueZError(error, operation: "Asking the Bluetooth service: \(member)")
        }
    }

    // MARK: - Centrals

    /// Whether a central wants new values of the characteristic of that UUID.
    public func isSubscribed(_ uuid: String) -> Bool {
        notified.contains { characteristics[$0]?.uuid == uuid }
    }

    /// Sends a new value to the centrals that want it.
    /// - Returns: whether any does; when none does, nothing is sent.
    /// - Throws: `BlueZError` when the bus is gone.
    @discardableResult
    public func notify(_ uuid: String, _ value: [UInt8]) async throws(BlueZError) -> Bool {
        guard let path = notified.first(where: { characteristics[$0]?.uuid == uuid }) else { return false }
        do {
            try await connection.update(path, interface: BlueZName.characteristic, changed: ["Value": .bytes(value)])
        } catch {
            throw BlueZError(error, operation: "Sending a value to the centrals")
        }
        return true
    }

    /// Does what the Bluetooth service asks for in the name of a central.
    func take(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        if call.path == advertisement {
            sink.yield(.released)
            return []
        }
        guard let characteristic = characteristics[call.path] else {
            throw DBusError(name: DBusError.Name.unknownObject, message: "there is no characteristic at \(call.path)")
        }
        do throws(AttributeRefusal) {
            switch call.member {
            case "ReadValue": return [.bytes(try read(characteristic, call.arguments))]
            case "WriteValue": try write(characteristic, call.arguments)
            case "StartNotify":
                guard characteristic.flags.contains(.notify) else { throw .notPermitted }
                await setNotified(call.path, characteristic, true)
            default: await setNotified(call.path, characteristic, false)
            }
            return []
        } catch {
            throw error.answer
        }
    }

    private func read(
        _ characteristic: LocalCharacteristic, _ arguments: [Value]
    ) throws(AttributeRefusal) -> [UInt8] {
        guard characteristic.flags.contains(.read) else { throw .notPermitted }
        let offset = arguments.first?.properties?["offset"]?.int ?? 0
        guard offset <= characteristic.value.count else { throw .wrongOffset }
        sink.yield(.read(characteristic.uuid))
        return Array(characteristic.value.dropFirst(offset))
    }

    private func write(_ characteristic: LocalCharacteristic, _ arguments: [Value]) throws(AttributeRefusal) {
        guard characteristic.flags.contains(.write) else { throw .notPermitted }
        guard arguments.last?.properties?["offset"]?.int ?? 0 == 0 else { throw .wrongOffset }
        try write(characteristic.uuid, arguments.first?.bytes ?? [])
    }

    private func endNotifications() async {
        for path in notified.sorted() {
            if let characteristic = characteristics[path] { await setNotified(path, characteristic, false) }
        }
    }

    private func setNotified(_ path: ObjectPath, _ characteristic: LocalCharacteristic, _ wanted: Bool) async {
        guard wanted != notified.contains(path) else { return }
        if wanted { notified.insert(path) } else { notified.remove(path) }
        sink.yield(wanted ? .subscribed(characteristic.uuid) : .unsubscribed(characteristic.uuid))
        // Only a bus that is gone refuses this.
        try? await connection.update(
            path, interface: BlueZName.characteristic, changed: ["Notifying": .boolean(wanted)])
    }
}

extension BlueZError {
    /// Whether what was to be registered is registered.
    fileprivate var isThereAlready: Bool { name == "org.bluez.Error.AlreadyExists" }
}
