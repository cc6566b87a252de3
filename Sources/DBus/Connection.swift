import Synchronization
public import Timekeeping

/// A private connection to a message bus.
///
/// All connections of a process live on one thread, the event loop, which is their executor. A connection stays open,
/// with its streams and exported objects, until `close()` or until the bus is gone; letting go of the last reference
/// does not end it. Whatever runs in its isolation, such as the synchronous part of an exported object's handler, must
/// not block.
public actor Connection {
    nonisolated let loop: EventLoop
    nonisolated let clock: any SessionClock
    private nonisolated let assignedName = Mutex("")

    private var source: UInt32 = 0
    private var wire: Wire?
    private var pending: [UInt32: PendingCall] = [:]
    private var deadlines = DeadlineQueue()
    private var closeWaiters: [Int: CheckedContinuation<Void, Never>] = [:]
    private var lastWaiter = 0

    var subscriptions: [Int: Subscription] = [:]
    var lastSubscription = 0
    var senders = SenderTable()
    var objects = ObjectTree()
    var handlers: [UInt64: Task<Void, Never>] = [:]

    /// The event loop's thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// The name the bus gave this connection, such as `:1.42`.
    public nonisolated var uniqueName: String { assignedName.withLock { $0 } }

    private init(loop: EventLoop, clock: any SessionClock) {
        self.loop = loop
        self.clock = clock
    }

    // MARK: Opening and closing

    /// Connects to a bus, authenticates and says hello.
    /// - Parameters:
    ///   - address: which bus.
    ///   - clock: what messages are stamped with.
    ///   - deadline: how long the bus may take, in the machine's own time.
    /// - Returns: the connection, which has its unique name.
    /// - Throws: `NoServer`, `FileNotFound` or the like when no bus listens there, `Disconnected` when it refuses,
    ///   `NoReply` when it takes too long.
    public static func open(
        _ address: BusAddress, clock: any SessionClock, deadline: Duration = .seconds(25)
    ) async throws(DBusError) -> Connection {
        let connection = Connection(loop: try EventLoop.shared(), clock: clock)
        do {
            try await connection.start(try address.resolved(), deadline: deadline)
        } catch {
            await connection.end(.disconnected("opening failed"))
            throw DBusError(name: error.name, message: error.message, operation: "connecting to \(address)")
        }
        return connection
    }

    private func start(_ address: String, deadline: Duration) async throws(DBusError) {
        source = loop.add(self)
        wire = try Wire(address: address, loop: loop, source: source)
        let reply = try await call(.toBus("Hello"), deadline: deadline)
        guard let name = reply.arguments.first?.string else {
            throw DBusError(name: DBusError.Name.inconsistentMessage, message: "the bus gave no name")
        }
        assignedName.withLock { $0 = name }
        wire?.setUniqueName(name)
    }

    /// Closes the connection once the bus has everything that was sent, or after a second: pending calls end with an
    /// error, streams finish, handlers of exported objects are cancelled.
    public func close() async {
        guard wire != nil else { return }
        let ping = MethodCall(destination: Bus.name, path: Bus.path, interface: Bus.peer, member: "Ping")
        // Nothing to do about a bus that does not answer: closing is all that is left.
        _ = try? await call(ping, deadline: .seconds(1))
        end(.disconnected("this connection was closed"))
    }

    /// Whether the connection is still of use.
    public var isOpen: Bool { wire != nil }

    /// Waits until the connection was closed or the bus is gone, or until the waiting task is cancelled.
    public func waitUntilClosed() async {
        guard wire != nil else { return }
        lastWaiter += 1
        let number = lastWaiter
        await withTaskCancellationHandler {
            await withCheckedContinuation { closeWaiters[number] = $0 }
        } onCancel: {
            Task { await self.stopWaiting(number) }
        }
    }

    private func stopWaiting(_ number: Int) {
        closeWaiters.removeValue(forKey: number)?.resume()
    }

    /// The one way a connection ends, whoever ended it.
    private func end(_ reason: DBusError) {
        loop.remove(source: source)
        wire?.close()
        wire = nil
        for call in pending.values { call.complete(.failure(reason.during(call.call.description))) }
        pending = [:]
        for subscription in subscriptions.values { subscription.continuation.finish() }
        subscriptions = [:]
        for handler in handlers.values { handler.cancel() }
        handlers = [:]
        for waiter in closeWaiters.values { waiter.resume() }
        closeWaiters = [:]
    }

    // MARK: Calls

    /// Calls a method and waits for its reply.
    /// - Parameters:
    ///   - call: what to call.
    ///   - deadline: how long the reply may take, in the machine's own time. What was asked for may happen even so.
    /// - Returns: the reply.
    /// - Throws: the error the other side answered, name and message as they came; `NoReply` after the deadline;
    ///   `Cancelled` when the task was cancelled; `Disconnected` when the bus is gone or the connection was closed;
    ///   `InvalidArgs` or `LimitsExceeded` for what cannot be sent.
    @discardableResult
    public func call(_ call: MethodCall, deadline: Duration = .seconds(25)) async throws(DBusError) -> Reply {
        try await self.call(call, deadline: deadline) { _ in }
    }

    /// Calls a method; `onAnswer` sees the result first, before any message that came after it is looked at.
    func call(
        _ call: MethodCall, deadline: Duration, onAnswer: @escaping (Result<Reply, DBusError>) -> Void
    ) async throws(DBusError) -> Reply {
        guard !Task.isCancelled else { throw Self.cancelled.during(call.description) }
        guard let wire else { throw .disconnected("the connection is closed").during(call.description) }
        let serial = wire.makeSerial()
        let result: Result<Reply, DBusError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let time = MonotonicTime.after(deadline)
                pending[serial] = PendingCall(call: call, deadline: time) { result in
                    onAnswer(result)
                    continuation.resume(returning: result)
                }
                deadlines.insert(time, serial: serial)
                do throws(DBusError) {
                    try wire.send(.call(call, wantsReply: true), serial: serial)
                } catch {
                    finish(serial, .failure(error))
                }
            }
        } onCancel: {
            Task { await self.finish(serial, .failure(Self.cancelled)) }
        }
        return try result.get()
    }

    private static let cancelled = DBusError(name: DBusError.Name.cancelled, message: "the waiting task was cancelled")

    /// Ends one pending call; whoever comes second finds nothing to end.
    private func finish(_ serial: UInt32, _ result: Result<Reply, DBusError>) {
        guard let call = pending.removeValue(forKey: serial) else { return }
        call.complete(result.mapError { $0.during(call.call.description) })
        deadlines.compact(waitingCount: pending.count) { pending[$0] != nil }
    }

    // MARK: Sending

    /// Sends a signal to everyone who listens, or to one connection.
    /// - Throws: `InvalidArgs` or `LimitsExceeded` for what cannot be sent, `Disconnected` when the bus is gone.
    public func emit(
        path: ObjectPath, interface: String, member: String, arguments: [Value] = [], destination: String? = nil
    ) throws(DBusError) {
        do {
            try send(
                .signal(
                    destination: destination, path: path, interface: interface, member: member, arguments: arguments))
        } catch {
            throw error.during("sending the signal \(interface).\(member) of \(path)")
        }
    }

    /// Sends what nobody answers.
    func send(_ message: OutgoingMessage) throws(DBusError) {
        guard let wire else { throw .disconnected("the connection is closed") }
        try wire.send(message, serial: wire.makeSerial())
    }

    // MARK: Reading

    private func handle(_ message: IncomingMessage) {
        switch message.kind {
        case .reply:
            let reply = message.arguments.map {
                Reply(arguments: $0, received: message.received, arrival: message.arrival)
            }
            finish(message.replySerial, reply)
        case .error:
            // What an error carries besides its text has no meaning of its own; a text may be missing.
            let text = (try? message.arguments.get())?.first?.string ?? ""
            finish(message.replySerial, .failure(DBusError(name: message.errorName ?? "", message: text)))
        case .signal:
            if message.interface == Bus.local {
                end(.disconnected("the bus closed the connection"))
            } else {
                receive(message)
            }
        case .call:
            answer(message)
        }
    }

    private func drain(_ now: UInt64) -> UInt64? {
        while let message = wire?.next(clock) { handle(message) }
        if let wire, !wire.isConnected { end(.disconnected("the bus closed the connection")) }
        while let serial = deadlines.popExpired(at: now, waiting: { pending[$0] != nil }) {
            finish(serial, .failure(DBusError(name: DBusError.Name.noReply, message: "no reply within the deadline")))
        }
        return deadlines.next { pending[$0] != nil }
    }

    private func serve(_ fileDescriptor: Int32, _ events: UInt32) {
        wire?.ready(fileDescriptor, events)
    }
}

extension Connection: EventSource {
    nonisolated func ready(_ fileDescriptor: Int32, _ events: UInt32) {
        assumeIsolated { $0.serve(fileDescriptor, events) }
    }

    nonisolated func settle(_ now: UInt64) -> UInt64? {
        assumeIsolated { $0.drain(now) }
    }
}
