public import DBus
public import Timekeeping

/// A class of virtual straps on a bus of its own, served by an org.bluez that behaves as BlueZ 5.66 does.
///
/// It lives on the thread of the bus, so that what the daemon decides and what listeners hear keep one order. It goes on
/// until ``stop()``.
public actor Simulator {
    /// Where each notification that was really sent is noted; called in order, on the bus's thread.
    public typealias TruthSink = @Sendable (TruthRecord) -> Void

    /// The bus name of BlueZ.
    public static let name = "org.bluez"

    /// The address of the bus, for `DBUS_SYSTEM_BUS_ADDRESS`.
    public nonisolated var busAddress: String { bus.address }

    /// The bus's thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.unownedExecutor }

    private nonisolated let bus: PrivateBus
    /// The first connection, kept for its thread; the one in use is replaced when the daemon restarts.
    private nonisolated let thread: Connection
    private let clock: any SessionClock
    private let origin: Instant
    private let truth: TruthSink?
    private var daemon: Daemon
    private var connection: Connection?
    private var clients: Set<String> = []
    private var calls: [Int: CheckedContinuation<Result<[Value], DBusError>, Never>] = [:]
    private var lastCall = 0
    private var ticking: Task<Void, Never>?
    private var wakeAt = Double.infinity
    /// What the daemon wants done while its connection is being opened; nil when it is not.
    private var backlog: [Effect]?
    private var hasStopped = false
    private let desk = PeripheralDesk()

    private init(
        bus: PrivateBus, thread: Connection, daemon: Daemon, clock: any SessionClock, truth: TruthSink?
    ) {
        self.bus = bus
        self.thread = thread
        self.daemon = daemon
        self.clock = clock
        self.truth = truth
        origin = clock.now().instant
    }

    /// Starts a private bus with an org.bluez on it.
    /// - Parameters:
    ///   - scenario: the class.
    ///   - clock: the session clock; its rate should be the scenario's speed, such as `MachineClock(rate: scenario.speed)`.
    ///   - truth: where notifications are noted.
    /// - Returns: the simulator, once org.bluez is on the bus.
    /// - Throws: what `PrivateBus.start` and `Connection.open` throw, above all when dbus-daemon is missing.
    public static func start(
        scenario: Scenario, clock: any SessionClock, truth: TruthSink? = nil
    ) async throws(DBusError) -> Simulator {
        let daemon = try Daemon(scenario)
        let bus = try await PrivateBus.start()
        let thread = try await Connection.open(.address(bus.address), clock: clock)
        let simulator = Simulator(bus: bus, thread: thread, daemon: daemon, clock: clock, truth: truth)
        do {
            try await simulator.begin()
        } catch {
            await simulator.stop()
            throw error
        }
        return simulator
    }

    private func begin() async throws(DBusError) {
        backlog = []
        var effects = daemon.start()
        effects.removeAll { $0 == .appear }
        try await serve(thread, effects)
    }

    /// Seconds of session time since the start.
    public var elapsed: Double { clock.now().instant.seconds(since: origin) }

    /// What clients have adapters be to others, in the order they began.
    public func peripherals() async -> [VirtualPeripheral] { await desk.offered }

    /// Ends everything: links, name, bus.
    ///
    /// Calls that wait for an answer end with an error.
    public func stop() async {
        guard !hasStopped else { return }
        hasStopped = true
        ticking?.cancel()
        dropCalls()
        let last = connection
        connection = nil
        await last?.close()
        bus.stop()
    }

    // MARK: From the bus

    /// Takes a call and waits for the daemon's answer.
    func take(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        guard !hasStopped, backlog == nil, connection != nil else { throw Self.gone }
        clients.insert(call.sender)
        if PeripheralDesk.interfaces.contains(call.interface) { return try await offer(call) }
        lastCall += 1
        let token = lastCall
        let result: Result<[Value], DBusError> = await withCheckedContinuation { continuation in
            calls[token] = continuation
            perform(daemon.take(call, token: token, at: elapsed))
        }
        return try result.get()
    }

    /// Takes a property that a client sets.
    func take(_ change: PropertyChange) {
        guard !hasStopped, backlog == nil else { return }
        perform(daemon.take(change, at: elapsed))
    }

    /// Takes a call that is about what this machine is to others.
    private func offer(_ call: IncomingCall) async throws(DBusError) -> [Value] {
        guard let connection, let adapter = daemon.adapters.first(where: { $0.path == call.path }) else {
            throw Daemon.unknownObject(call.path)
        }
        let place = PeripheralDesk.Place(
            name: adapter.plan.name, path: adapter.path, isPowered: adapter.isPowered,
            advertisements: adapter.plan.advertisements)
        return try await desk.take(call, at: place, on: connection)
    }

    private static let gone = DBusError(
        name: DBusError.Name.noReply, message: "Message recipient disconnected from message bus without replying")

    private func dropCalls() {
        for continuation in calls.values { continuation.resume(returning: .failure(Self.gone)) }
        calls = [:]
    }

    /// Watches for clients that leave the bus, for as long as the connection lives.
    private func watch(_ signals: AsyncStream<Signal>, of own: Connection) {
        Task {
            for await signal in signals {
                guard connection === own, signal.arguments.count == 3, let name = signal.arguments[0].string,
                    signal.arguments[2].string?.isEmpty == true, clients.remove(name) != nil
                else { continue }
                perform(daemon.forget(client: name, at: elapsed))
                await desk.forget(name)
            }
        }
    }

    // MARK: To the bus

    private func perform(_ effects: [Effect]) {
        guard !hasStopped else { return }
        guard backlog == nil else {
            backlog? += effects
            return
        }
        var hasChanged = false
        for (index, effect) in effects.enumerated() {
            switch effect {
            case .reply(let token, let result): calls.removeValue(forKey: token)?.resume(returning: result)
            case .sent(let record): if hasChanged { truth?(record) }
            case .vanish: vanish()
            case .appear:
                backlog = Array(effects[(index + 1)...])
                Task { await reappear() }
                return scheduleTick()
            case .add, .remove, .change: hasChanged = tell(effect)
            }
        }
        scheduleTick()
    }

    /// Tells the bus what came, went or changed.
    /// - Returns: whether the bus has it; it has not when it is gone, and then nobody listens any more.
    private func tell(_ effect: Effect) -> Bool {
        guard let connection else { return false }
        do {
            try connection.assumeIsolated { bus in
                switch effect {
                case .add(let path, let interfaces):
                    let object = BlueZObject(interfaces.keys, simulator: self)
                    try bus.export(object, at: path, properties: interfaces)
                case .remove(let path, let interfaces):
                    bus.unexport(path, interfaces: interfaces)
                case .change(let path, let interface, let values, let invalidated):
                    try bus.update(path, interface: interface, changed: values, invalidated: invalidated)
                case .reply, .sent, .vanish, .appear:
                    break
                }
            }
            return true
        } catch {
            // Without its bus nobody is left to tell; anything else is a mistake of the daemon's own descriptions.
            assert((error as? DBusError)?.name == DBusError.Name.disconnected, "\(error)")
            return false
        }
    }

    private func vanish() {
        dropCalls()
        clients = []
        guard let last = connection else { return }
        connection = nil
        Task {
            await desk.forget(nil)
            await last.close()
        }
    }

    private func reappear() async {
        let effects = backlog ?? []
        backlog = []
        do {
            let connection = try await Connection.open(.address(bus.address), clock: clock)
            try await serve(connection, effects)
        } catch {
            // Without its bus the daemon has nobody to serve and nobody to tell.
            backlog = nil
        }
    }

    /// Serves the daemon on a connection: first what it has, then its name.
    private func serve(_ connection: Connection, _ effects: [Effect]) async throws(DBusError) {
        await connection.manageObjects()
        let leaving = MatchRule(
            sender: "org.freedesktop.DBus", interface: "org.freedesktop.DBus", member: "NameOwnerChanged")
        watch(try await connection.signals([leaving]), of: connection)
        guard !hasStopped else { return await connection.close() }
        self.connection = connection
        let waiting = backlog ?? []
        backlog = nil
        perform(effects + waiting)
        try await connection.requestName(Self.name)
    }

    // MARK: Time

    /// Sees to it that the daemon gets its turn when something is due.
    private func scheduleTick() {
        guard !hasStopped, let due = daemon.nextDue, due < wakeAt else { return }
        ticking?.cancel()
        wakeAt = due
        ticking = Task { await tick() }
    }

    private func tick() async {
        while let due = daemon.nextDue {
            wakeAt = due
            do {
                try await clock.sleep(until: Instant(nanoseconds: origin.nanoseconds + Int64((due * 1e9).rounded(.up))))
            } catch {
                return
            }
            guard !Task.isCancelled else { return }
            perform(daemon.advance(to: max(due, elapsed)))
        }
        wakeAt = .infinity
    }
}
