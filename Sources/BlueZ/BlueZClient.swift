public import DBus
public import Timekeeping

/// The Bluetooth service as one connection sees it: a mirror of its objects, a stream of changes, and calls.
///
/// One client a process; `events` has one reader.
public actor BlueZClient {
    /// How long calls may take, in the machine's time.
    ///
    /// BlueZ may answer Connect after 20 s of the kernel plus its queue.
    public enum Deadline {
        /// GetManagedObjects.
        public static let snapshot = Duration.seconds(10)
        /// Discovery, Disconnect, RemoveDevice.
        public static let ordinary = Duration.seconds(10)
        /// Connect.
        public static let connect = Duration.seconds(45)
        /// Pair: the time BlueZ gives it, and a little.
        public static let pair = Duration.seconds(65)
        /// StartNotify and ReadValue: the 30 s of an ATT time-out, and a little.
        public static let attribute = Duration.seconds(32)
    }

    /// Every change, in order, nothing left out; ends when the bus is gone or the client closed.
    public nonisolated let events: AsyncStream<BlueZEvent>

    let connection: Connection
    private let sink: AsyncStream<BlueZEvent>.Continuation
    private var tree = ObjectTree()
    private var pump: Task<Void, Never>?

    /// Connects to a bus and begins to mirror the service, which need not be there yet.
    /// - Throws: `BlueZError` when the bus cannot be reached or forbids it.
    public static func open(_ bus: BusAddress, clock: any SessionClock) async throws(BlueZError) -> BlueZClient {
        do {
            let connection = try await Connection.open(bus, clock: clock)
            let client = BlueZClient(connection: connection)
            try await client.begin()
            return client
        } catch let error as BlueZError {
            throw error
        } catch {
            throw BlueZError(Self.busError(error), operation: "Opening the message bus")
        }
    }

    private static func busError(_ error: any Error) -> DBusError {
        error as? DBusError ?? DBusError(name: DBusError.Name.failed, message: "\(error)")
    }

    private init(connection: Connection) {
        self.connection = connection
        (events, sink) = AsyncStream.makeStream(of: BlueZEvent.self, bufferingPolicy: .unbounded)
    }

    /// Ends the mirror and the connection.
    public func close() async {
        await connection.close()
        await pump?.value
        sink.finish()
    }

    // MARK: - What is there

    /// Whether the service runs.
    public var isServiceUp: Bool { tree.isServiceUp }
    /// Adapters by path.
    public var adapters: [Adapter] { tree.adapters }
    /// Devices by path.
    public var devices: [Device] { tree.devices }
    /// A device by its key.
    public func device(_ key: DeviceKey) -> Device? { tree.device(key) }
    /// Battery level of a device, per cent.
    public func battery(of key: DeviceKey) -> Int? { tree.battery(of: key) }

    /// The process that owns the service's name; nil when nobody does.
    /// - Throws: `BlueZError` when the bus does not tell.
    public func serviceProcess() async throws(BlueZError) -> Int? {
        do {
            return try await connection.processOf(BlueZName.service)
        } catch {
            throw BlueZError(error, operation: "Asking the message bus who the Bluetooth service is")
        }
    }

    // MARK: - Mirror

    private func begin() async throws(BlueZError) {
        let rules = [
            MatchRule(
                sender: BlueZName.bus, interface: BlueZName.bus, member: "NameOwnerChanged", arg0: BlueZName.service),
            MatchRule(sender: BlueZName.service, interface: BlueZName.objectManager),
            MatchRule(
                sender: BlueZName.service, pathNamespace: try path(BlueZName.root),
                interface: BlueZName.properties, member: "PropertiesChanged"),
        ]
        let signals: AsyncStream<Signal>
        do {
            signals = try await connection.signals(rules)
        } catch {
            throw BlueZError(error, operation: "Listening to the Bluetooth service")
        }
        do {
            try await takeSnapshot()
        } catch  where error.kind == .serviceGone {
            // The service may come later: NameOwnerChanged tells.
        }
        pump = Task { [weak self, sink] in
            for await signal in signals { await self?.take(signal) }
            sink.finish()
        }
    }

    private func take(_ signal: Signal) async {
        let events = tree.apply(signal)
        for event in events { sink.yield(event) }
        guard events.last == .serviceAppeared else { return }
        // A service that dies again at once is told by its next NameOwnerChanged.
        do { try await takeSnapshot() } catch { sink.yield(.serviceVanished) }
    }

    private func takeSnapshot() async throws(BlueZError) {
        let reply = try await call(
            .root, BlueZName.objectManager, "GetManagedObjects", [], deadline: Deadline.snapshot,
            operation: "Asking the Bluetooth service for its devices")
        var snapshot: [ObjectPath: ObjectTree.Interfaces] = [:]
        for (path, interfaces) in reply.arguments.first?.entries ?? [:] {
            guard let path = path.objectPath else { continue }
            snapshot[path] = ObjectTree.interfaces(of: interfaces)
        }
        for event in tree.replace(with: snapshot, arrival: reply.arrival) { sink.yield(event) }
    }

    // MARK: - Calls

    /// Looks for devices over LE, for those that offer `service` or for all with nil; goes on until stopped.
    ///
    /// Discovery that runs already is a success.
    /// - Parameters:
    ///   - address: the adapter.
    ///   - service: the UUID of a service; nil for any device.
    ///   - hearsAll: whether every advertisement of a device is told, not only its first one and changed data.
    /// - Throws: `BlueZError`.
    public func startDiscovery(
        adapter address: String, service: String?, hearsAll: Bool = false
    ) async throws(BlueZError) {
        let adapter = try adapterPath(address)
        var properties: [String: Value] = ["Transport": .string("le"), "DuplicateData": .boolean(hearsAll)]
        if let service { properties["UUIDs"] = .strings([service]) }
        let filter = Value.properties(properties)
        let operation = "Looking for straps"
        try await call(adapter, BlueZName.adapter, "SetDiscoveryFilter", [filter], operation: operation)
        do {
            try await call(adapter, BlueZName.adapter, "StartDiscovery", operation: operation)
        } catch  where error.kind == .busy {
            // This connection's discovery runs already.
        }
    }

    /// Stops this connection's discovery; none running is a success.
    /// - Throws: `BlueZError`.
    public func stopDiscovery(adapter address: String) async throws(BlueZError) {
        do {
            try await call(
                try adapterPath(address), BlueZName.adapter, "StopDiscovery", operation: "Stopping to look for straps")
        } catch  where error.kind == .notConnected || error.message.contains("No discovery started") {
            // Nothing ran.
        }
    }

    /// Makes a link.
    ///
    /// The answer only says that BlueZ is done: `.connected` says that the link is up.
    /// - Throws: `BlueZError`.
    public func connect(_ key: DeviceKey) async throws(BlueZError) {
        do {
            try await call(
                try devicePath(key), BlueZName.device, "Connect", deadline: Deadline.connect,
                operation: "Connecting the strap")
        } catch  where error.kind == .alreadyConnected {
            // That is what was wanted.
        }
    }

    /// Ends a link, or cancels one that is being made; none there is a success.
    /// - Throws: `BlueZError`.
    public func disconnect(_ key: DeviceKey) async throws(BlueZError) {
        do {
            try await call(
                try devicePath(key), BlueZName.device, "Disconnect", operation: "Disconnecting the strap")
        } catch  where error.kind == .notConnected || error.kind == .gone {
            // It is down.
        }
    }

    /// Removes what BlueZ remembers of a device; an unknown one is a success.
    /// - Parameters:
    ///   - key: the device.
    ///   - keepingBond: whether a device is left alone when keys are stored for it.
    /// - Throws: `BlueZError`.
    public func remove(_ key: DeviceKey, keepingBond: Bool) async throws(BlueZError) {
        guard let device = tree.device(key), !(keepingBond && device.isBonded) else { return }
        do {
            try await call(
                try adapterPath(key.adapter), BlueZName.adapter, "RemoveDevice", [.objectPath(device.path)],
                operation: "Forgetting the strap")
        } catch  where error.kind == .gone {
            // Forgotten already.
        }
    }

    /// Asks for notifications of a characteristic, by UUID.
    /// - Throws: `BlueZError`.
    public func startNotify(_ uuid: String, of key: DeviceKey) async throws(BlueZError) {
        try await call(
            try characteristicPath(uuid, of: key), BlueZName.characteristic, "StartNotify",
            deadline: Deadline.attribute, operation: "Asking the strap for beats")
    }

    /// Ends notifications of a characteristic; none running is a success.
    /// - Throws: `BlueZError`.
    public func stopNotify(_ uuid: String, of key: DeviceKey) async throws(BlueZError) {
        let path = try characteristicPath(uuid, of: key)
        do {
            try await call(path, BlueZName.characteristic, "StopNotify", operation: "Ending notifications")
        } catch  where error.message.contains("No notify session started") {
            // Nothing ran.
        }
    }

    /// Reads a characteristic, by UUID; nil when the device has no such characteristic.
    /// - Throws: `BlueZError`.
    public func read(_ uuid: String, of key: DeviceKey) async throws(BlueZError) -> [UInt8]? {
        guard let characteristic = tree.characteristic(uuid, of: key) else { return nil }
        let reply = try await call(
            characteristic.path, BlueZName.characteristic, "ReadValue", [.properties([:])],
            deadline: Deadline.attribute, operation: "Reading from the strap")
        return reply.arguments.first?.bytes
    }

    @discardableResult
    func call(
        _ path: ObjectPath, _ interface: String, _ member: String, _ arguments: [Value] = [],
        deadline: Duration = Deadline.ordinary, operation: String
    ) async throws(BlueZError) -> Reply {
        let call = MethodCall(
            destination: BlueZName.service, path: path, interface: interface, member: member, arguments: arguments)
        do {
            return try await connection.call(call, deadline: deadline)
        } catch {
            throw BlueZError(error, operation: operation)
        }
    }

    // MARK: - Paths

    func path(_ text: String) throws(BlueZError) -> ObjectPath {
        do { return try ObjectPath(text) } catch { throw BlueZError(error, operation: "Naming an object") }
    }

    private func adapterPath(_ address: String) throws(BlueZError) -> ObjectPath {
        guard let adapter = tree.adapters.first(where: { $0.address == address }) else {
            throw Self.missing("the adapter \(address)")
        }
        return adapter.path
    }

    func devicePath(_ key: DeviceKey) throws(BlueZError) -> ObjectPath {
        guard let device = tree.device(key) else { throw Self.missing("the device \(key.device)") }
        return device.path
    }

    private func characteristicPath(_ uuid: String, of key: DeviceKey) throws(BlueZError) -> ObjectPath {
        guard let found = tree.characteristic(uuid, of: key) else {
            throw Self.missing("the characteristic \(uuid) of \(key.device)")
        }
        return found.path
    }

    private static func missing(_ what: String) -> BlueZError {
        BlueZError(
            DBusError(name: DBusError.Name.unknownObject, message: "\(what) is not known to the Bluetooth service"),
            operation: "Looking it up")
    }
}
