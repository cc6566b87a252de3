public import DBus
public import Practice
public import Timekeeping

/// Finds sessions that run on this machine, reads codes of them and leads them, over the bus.
///
/// Only what the caller's account may see is found.
public struct GatewayClient: Sendable {
    private let buses: [(address: BusAddress, connection: Connection)]

    /// Connects to the buses there are; those that cannot be reached are left out.
    /// - Parameters:
    ///   - addresses: where to look, in this order.
    ///   - clock: stamps messages.
    /// - Returns: a client, which finds nothing where there is no bus. It must be closed.
    public static func open(
        _ addresses: [BusAddress] = [.system, .session], clock: any SessionClock = MachineClock()
    ) async -> GatewayClient {
        var buses: [(BusAddress, Connection)] = []
        for address in addresses where !buses.contains(where: { $0.0 == address }) {
            guard let connection = try? await Connection.open(address, clock: clock, deadline: .seconds(5)) else {
                continue
            }
            buses.append((address, connection))
        }
        return GatewayClient(buses: buses)
    }

    /// Closes the connections; streams of readings end.
    public func close() async {
        for bus in buses { await bus.connection.close() }
    }

    /// Whether any bus was reached.
    public var hasBus: Bool { !buses.isEmpty }

    // MARK: - Finding

    /// Sessions that run and of which this account may see something, by name.
    public func sessions() async -> [GatewaySession] {
        await offers().filter { $0.maySteer || !$0.codes.isEmpty }
    }

    /// Sessions that run, those included of which this account may see nothing but that they are there.
    public func offers() async -> [GatewaySession] {
        var found: [GatewaySession] = []
        for (index, bus) in buses.enumerated() {
            // A bus that goes away meanwhile has no sessions.
            for offer in (try? await bus.connection.offeredSessions()) ?? [] {
                guard let owner = try? await bus.connection.ownerOf(offer.busName),
                    let session = try? await look(at: offer, of: owner, bus: index),
                    !found.contains(where: { $0.owner == session.owner && $0.name == session.name })
                else { continue }
                found.append(session)
            }
        }
        return found.sorted { $0.name < $1.name }
    }

    private func look(at offer: OfferedSession, of owner: String, bus: Int) async throws(DBusError) -> GatewaySession {
        let reply = try await buses[bus].connection.call(
            MethodCall(
                destination: owner, path: ServiceName.root, interface: ServiceName.objectManager,
                member: "GetManagedObjects"), deadline: .seconds(5))
        let objects = reply.arguments.first?.dictionary ?? [:]
        let own = objects[offer.path.rawValue]?.dictionary?[ServiceName.session]?.properties
        let codes = objects.compactMap { path, interfaces -> Code? in
            guard path.hasPrefix(offer.path.rawValue + "/") else { return nil }
            return interfaces.dictionary?[ServiceName.code]?.properties?[CodeProperty.code]?.string
                .flatMap { try? Code($0) }
        }
        return GatewaySession(
            name: own?[SessionObject.Property.name]?.string
                ?? offer.path.lastElement.replacing("_", with: "-"),
            group: own?[SessionObject.Property.group]?.string, codes: codes.sorted(), maySteer: own != nil,
            owner: owner, path: offer.path, bus: bus)
    }

    // MARK: - Reading

    /// Where a session stands now.
    /// - Throws: `AccessDenied` for an account that may not steer; what the bus answers when the session is gone.
    public func moment(of session: GatewaySession) async throws(DBusError) -> SessionMoment {
        guard let moment = SessionMoment(try await properties(of: session)) else {
            throw Self.inconsistent("\(session.name) tells no moment")
        }
        return moment
    }

    /// What all in the room may see of a session now.
    /// - Throws: `AccessDenied` for an account that may not steer; what the bus answers when the session is gone.
    public func wall(of session: GatewaySession) async throws(DBusError) -> WallSighting {
        let values = try await properties(of: session)
        guard let moment = SessionMoment(values), let counts = WallCounts(values),
            let rate = values[SessionObject.Property.clockRate]?.double
        else { throw Self.inconsistent("\(session.name) tells no counts") }
        return WallSighting(group: session.group ?? "", moment: moment, counts: counts, clockRate: rate)
    }

    private func properties(of session: GatewaySession) async throws(DBusError) -> [String: Value] {
        let reply = try await call(
            session, session.path, "org.freedesktop.DBus.Properties", "GetAll", [.string(ServiceName.session)])
        return reply.arguments.first?.properties ?? [:]
    }

    private static func inconsistent(_ text: String) -> DBusError {
        DBusError(name: DBusError.Name.inconsistentMessage, message: text)
    }

    /// The newest of a code, with the beats of the last 60 s.
    /// - Throws: `AccessDenied` for somebody else's code; what the bus answers when the session is gone.
    public func reading(of code: Code, in session: GatewaySession) async throws(DBusError) -> CodeReading {
        let path = try ServiceName.path(of: code, below: session.path)
        let reply = try await call(
            session, path, "org.freedesktop.DBus.Properties", "GetAll", [.string(ServiceName.code)])
        guard let reading = CodeReading(reply.arguments.first?.properties ?? [:]) else {
            throw Self.inconsistent("\(code) tells no reading")
        }
        return reading
    }

    /// Readings of a code as they come, at most one a second; the first has the beats of the last 60 s, later ones those
    /// that are new.
    /// - Returns: a stream for one reader; it ends with the session, with the code's part in it, or with the client.
    /// - Throws: `AccessDenied` for somebody else's code; what the bus answers when the session is gone.
    public func readings(
        of code: Code, in session: GatewaySession
    ) async throws(DBusError) -> AsyncStream<CodeReading> {
        let connection = buses[session.bus].connection
        let path = try ServiceName.path(of: code, below: session.path)
        let signals = try await connection.signals([
            MatchRule(sender: session.owner, path: path, interface: ServiceName.code, member: ServiceName.reading),
            MatchRule(
                sender: session.owner, path: ServiceName.root, interface: ServiceName.objectManager,
                member: "InterfacesRemoved"),
            .nameOwnerChanged(session.owner),
        ])
        try await call(session, path, ServiceName.code, "Subscribe")
        let (stream, sink) = AsyncStream.makeStream(of: CodeReading.self, bufferingPolicy: .unbounded)
        let reading = Task {
            for await signal in signals {
                if signal.member == ServiceName.reading {
                    guard let reading = CodeReading(signal.arguments.first?.properties ?? [:]) else { continue }
                    sink.yield(reading)
                } else if signal.member == "NameOwnerChanged" || signal.arguments.first?.objectPath == path {
                    break
                }
            }
            sink.finish()
        }
        sink.onTermination = { reason in
            guard case .cancelled = reason else { return }
            reading.cancel()
            Task {
                // A session that is gone has no subscriptions either.
                _ = try? await call(session, path, ServiceName.code, "Unsubscribe")
            }
        }
        return stream
    }

    // MARK: - Leading

    /// Leads a session.
    /// - Throws: `AccessDenied` for an account that may not steer; an error below `org.entrain.Gateway1.Error` when it
    ///   cannot be done now; what the bus answers when the session is gone.
    public func perform(_ act: SteeringAct, on session: GatewaySession) async throws(DBusError) {
        try await call(session, session.path, ServiceName.session, act.member, act.arguments)
    }

    @discardableResult
    private func call(
        _ session: GatewaySession, _ path: ObjectPath, _ interface: String, _ member: String, _ arguments: [Value] = []
    ) async throws(DBusError) -> Reply {
        try await buses[session.bus].connection.call(
            MethodCall(
                destination: session.owner, path: path, interface: interface, member: member, arguments: arguments),
            deadline: .seconds(10))
    }
}

/// A session that runs, as a client found it.
public struct GatewaySession: Sendable, Hashable {
    /// Name such as `20260804-G1`.
    public let name: String
    /// Its group; nil for an account that may not see the session itself.
    public let group: String?
    /// Codes that the account may read, in order.
    public let codes: [Code]
    /// Whether the account may lead it.
    public let maySteer: Bool
    let owner: String
    let path: ObjectPath
    let bus: Int
}

/// What can be done with a running session.
public enum SteeringAct: Sendable, Hashable {
    /// Ends the phase that runs and begins the next one.
    case next
    /// Begins the phase before this one anew.
    case back
    /// Interrupts the phase that runs.
    case pause
    /// Goes on with it.
    case resume
    /// Puts a mark on the group, or on one code.
    case mark(String, Code?)
    /// Writes down something about the session as a whole.
    case note(String)
    /// Ends the session; everything is kept.
    case stop

    var member: String {
        switch self {
        case .next: "Next"
        case .back: "Back"
        case .pause: "Pause"
        case .resume: "Resume"
        case .mark: "Mark"
        case .note: "Note"
        case .stop: "Stop"
        }
    }

    var arguments: [Value] {
        switch self {
        case .mark(let text, let code): [.string(text), .string(code?.description ?? "")]
        case .note(let text): [.string(text)]
        case .next, .back, .pause, .resume, .stop: []
        }
    }
}
