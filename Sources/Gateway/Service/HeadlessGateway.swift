public import DBus
public import Timekeeping

/// The gateway without a screen: owns `org.entrain.Gateway1` and has sessions led by processes of their own, which offer
/// themselves on the same bus.
public actor HeadlessGateway {
    /// How long a session may take to begin, machine time; with the next one below the 25 s after which most callers
    /// give up.
    static let patience = Duration.seconds(18)
    /// How long a session that is asked for waits for a Bluetooth service that is starting, machine time.
    static let bluetoothPatience = Duration.seconds(5)

    /// Begins a session in a process of its own, which offers it on the bus at an address.
    public typealias Launch = @Sendable (SessionRequest, _ bus: String) throws(DBusError) -> any LaunchedSession

    private enum Beginning: Sendable {
        case offered(OfferedSession)
        case ended(words: String)
        case late
    }

    /// The bus it is on.
    public nonisolated let bus: BusAddress

    private let connection: Connection
    private let callers: CallerBook
    private let launch: Launch
    private let version: String
    private var sessions: [Int32: any LaunchedSession] = [:]
    private var waiting: [Int32: CheckedContinuation<Beginning, Never>] = [:]
    private var begun: [Int32: OfferedSession] = [:]
    private var isBluetoothUp = false
    private var isEnding = false
    private var tasks: [Task<Void, Never>] = []

    private init(_ connection: Connection, bus: BusAddress, version: String, launch: @escaping Launch) {
        self.connection = connection
        self.bus = bus
        self.version = version
        self.launch = launch
        callers = CallerBook(connection)
    }

    /// Takes the name on the first of some buses that lets this process own it.
    /// - Parameters:
    ///   - buses: where to try, in this order.
    ///   - version: the program's version.
    ///   - clock: stamps messages.
    ///   - launch: begins a session.
    /// - Returns: the gateway.
    /// - Throws: what the last bus answered; `NameTaken` when another gateway runs there.
    public static func open(
        _ buses: [BusAddress], version: String, clock: any SessionClock, launch: @escaping Launch
    ) async throws(DBusError) -> HeadlessGateway {
        var refusal = DBusError(name: DBusError.Name.noServer, message: "no bus to own a name on")
        for bus in buses {
            do throws(DBusError) {
                let connection = try await Connection.open(bus, clock: clock, deadline: .seconds(5))
                let gateway = HeadlessGateway(connection, bus: bus, version: version, launch: launch)
                do throws(DBusError) {
                    try await gateway.begin()
                    return gateway
                } catch {
                    await connection.close()
                    throw error
                }
            } catch {
                refusal = error
                // Another gateway on the first bus means that this one is not needed on the second.
                if error.name == DBusError.Name.nameTaken { throw error }
            }
        }
        throw refusal
    }

    private func begin() async throws(DBusError) {
        let changes = try await connection.signals([
            MatchRule(sender: "org.freedesktop.DBus", interface: "org.freedesktop.DBus", member: "NameOwnerChanged")
        ])
        await connection.manageObjects(at: ServiceName.root)
        isBluetoothUp = try await connection.ownerOf("org.bluez") != nil
        let values: [String: Value] = [
            ManagerDescription.version: .string(version), ManagerDescription.bluetooth: .string(bluetooth),
        ]
        try await connection.export(
            GatewayObject(gateway: self), at: ServiceName.root, properties: [ServiceName.manager: values])
        tasks.append(
            Task {
                for await change in changes { await self.ownerChanged(change) }
            })
        try await connection.requestName(ServiceName.main, options: [.replaceExisting, .doNotQueue])
    }

    /// Ends every session of its own, waits for that, and leaves the bus.
    public func close() async {
        isEnding = true
        for session in sessions.values { session.stop() }
        for session in sessions.values { _ = await session.ended() }
        for task in tasks { task.cancel() }
        await connection.close()
    }

    /// Waits until the bus is gone or the gateway was closed.
    public func waitUntilClosed() async { await connection.waitUntilClosed() }

    /// Whether the bus still answers, for a watchdog.
    public func answers() async -> Bool {
        (try? await connection.ownerOf(ServiceName.main)) != nil
    }

    /// How it fares, in a sentence.
    public var status: String {
        let count = begun.count
        let sessions = count == 1 ? "1 session runs" : "\(count) sessions run"
        return isBluetoothUp ? sessions : "waiting for the Bluetooth service; \(sessions)"
    }

    private var bluetooth: String { isBluetoothUp ? "ready" : "waiting" }

    // MARK: - The bus

    private func ownerChanged(_ signal: Signal) async {
        guard signal.arguments.count == 3, let name = signal.arguments[0].string,
            let owner = signal.arguments[2].string
        else { return }
        if name.hasPrefix(":"), owner.isEmpty {
            await callers.forget(name)
        } else if name == "org.bluez" {
            isBluetoothUp = !owner.isEmpty
            // Without its bus nobody is left to tell.
            try? await connection.update(
                ServiceName.root, interface: ServiceName.manager,
                changed: [ManagerDescription.bluetooth: .string(bluetooth)])
        } else if name.hasPrefix(ServiceName.sessionPrefix), !owner.isEmpty {
            guard let process = try? await connection.processOf(name),
                let offered = try? await connection.offeredSessions().first(where: { $0.busName == name })
            else { return }
            resolve(Int32(clamping: process), .offered(offered))
        }
    }

    // MARK: - Sessions

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        guard call.member == "StartSession" else {
            return [ManagerDescription.list(try await connection.offeredSessions())]
        }
        guard try await callers.caller(call.sender).isSteward else {
            throw DBusError(
                name: DBusError.Name.accessDenied, message: "only members of the group entrain may start a session")
        }
        let request = try SessionRequest(
            group: call.arguments[0].string ?? "", options: call.arguments[1].properties ?? [:])
        let session = try await start(request)
        return [.string(session.busName), .objectPath(session.path)]
    }

    private func start(_ request: SessionRequest) async throws(DBusError) -> OfferedSession {
        await waitForBluetooth()
        guard !isEnding else { throw Self.cannot("the gateway is ending") }
        let session = try launch(request, try bus.resolved())
        let process = session.identifier
        sessions[process] = session
        let late = Task {
            do { try await Task.sleep(for: Self.patience) } catch { return }
            self.resolve(process, .late)
        }
        let watching = Task {
            let words = await session.ended().words
            self.ended(process, words)
        }
        let beginning = await withCheckedContinuation { waiting[process] = $0 }
        late.cancel()
        switch beginning {
        case .offered(let offered): return offered
        case .ended(let words):
            await watching.value
            throw Self.cannot(words)
        case .late:
            session.stop()
            throw Self.cannot("it did not begin within \(Self.patience.components.seconds) seconds and was stopped")
        }
    }

    /// Waits until bluetoothd is there; where it does not come, the session's own words say so.
    private func waitForBluetooth() async {
        let limit = ContinuousClock.now.advanced(by: Self.bluetoothPatience)
        while !isBluetoothUp, !isEnding, ContinuousClock.now < limit {
            do { try await Task.sleep(for: .milliseconds(50)) } catch { return }
        }
    }

    private func ended(_ process: Int32, _ words: String) {
        sessions[process] = nil
        begun[process] = nil
        resolve(process, .ended(words: words))
    }

    private func resolve(_ process: Int32, _ beginning: Beginning) {
        if case .offered(let offered) = beginning, sessions[process] != nil { begun[process] = offered }
        waiting.removeValue(forKey: process)?.resume(returning: beginning)
    }

    private static func cannot(_ words: String) -> DBusError {
        DBusError(name: ServiceErrorName.cannotStart, message: words)
    }
}

/// The gateway on the bus.
private struct GatewayObject: ExportedObject {
    let gateway: HeadlessGateway

    var interfaces: [InterfaceDescription] { [ManagerDescription.interface] }

    func handle(_ call: IncomingCall) async throws(DBusError) -> [Value] { try await gateway.handle(call) }
}
