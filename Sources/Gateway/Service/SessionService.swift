public import DBus
public import Practice
public import Timekeeping

/// A running session on a bus: its objects, who may do what with them, and readings for those who subscribed.
///
/// What it does never holds up the session: it asks the conductor for the newest state once a second.
public actor SessionService {
    /// How often readings go out, session time: at most one a second for each code and subscriber.
    static let pause = Duration.seconds(1)
    /// How long the same refusal is not written down again, session time in seconds.
    static let refusalPause = 60.0

    private struct Refusal: Hashable {
        var user: UInt32
        var code: Code?
    }

    /// The bus the session is offered on.
    public nonisolated let bus: BusAddress
    /// The session's own name on that bus.
    public nonisolated let busName: String

    private let conductor: SessionConductor
    private let info: SessionInfo
    private let connection: Connection
    private let clock: any SessionClock
    private let callers: CallerBook
    private let path: ObjectPath
    private var rights = Rights()
    private var state: SessionState
    private var offered: [Code: ObjectPath] = [:]
    /// By code and subscriber: the end of the newest beat that was told, seconds from the session's start.
    private var subscriptions: [Code: [String: Double]] = [:]
    private var refusals: [Refusal: Double] = [:]
    private var tasks: [Task<Void, Never>] = []

    private init(
        conductor: SessionConductor, info: SessionInfo, connection: Connection, bus: BusAddress, busName: String,
        clock: any SessionClock, state: SessionState
    ) throws(DBusError) {
        self.conductor = conductor
        self.info = info
        self.connection = connection
        self.bus = bus
        self.busName = busName
        self.clock = clock
        self.state = state
        callers = CallerBook(connection)
        path = try ServiceName.path(ofSession: info.name)
    }

    // MARK: - Coming and going

    /// Offers a session on the first of some buses that lets this process own the names.
    /// - Parameters:
    ///   - conductor: the session.
    ///   - info: the session under the name it is kept by.
    ///   - roster: its group, with the accounts that codes are tied to.
    ///   - buses: where to try, in this order.
    ///   - clock: the session's clock.
    /// - Returns: the service.
    /// - Throws: what the last bus answered, when none lets it.
    public static func offer(
        _ conductor: SessionConductor, info: SessionInfo, roster: Roster?,
        on buses: [BusAddress] = [.system, .session],
        clock: any SessionClock
    ) async throws(DBusError) -> SessionService {
        var refusal = DBusError(name: DBusError.Name.noServer, message: "no bus to offer the session on")
        for bus in buses {
            do throws(DBusError) {
                let connection = try await Connection.open(bus, clock: clock, deadline: .seconds(5))
                do throws(DBusError) {
                    let name = try await takeName(of: info.name, on: connection)
                    let service = try SessionService(
                        conductor: conductor, info: info, connection: connection, bus: bus, busName: name,
                        clock: clock, state: await conductor.serviceState())
                    try await service.begin(roster)
                    return service
                } catch {
                    await connection.close()
                    throw error
                }
            } catch {
                refusal = error
            }
        }
        throw refusal
    }

    /// Takes the session's own name; the same session of another data folder may have it already.
    private static func takeName(of session: String, on connection: Connection) async throws(DBusError) -> String {
        var attempt = 1
        while true {
            let name = ServiceName.busName(ofSession: session, attempt: attempt)
            do {
                try await connection.requestName(name)
                return name
            } catch  where error.name == DBusError.Name.nameTaken && attempt < 9 {
                attempt += 1
            }
        }
    }

    private func begin(_ roster: Roster?) async throws(DBusError) {
        if let roster { follow(roster) }
        let leaving = MatchRule(
            sender: "org.freedesktop.DBus", interface: "org.freedesktop.DBus", member: "NameOwnerChanged")
        let changes = try await connection.signals([leaving])
        await connection.manageObjects(at: ServiceName.root)
        try await connection.export(
            SessionManager(connection: connection), at: ServiceName.root,
            properties: [ServiceName.manager: [ManagerDescription.version: .string(info.toolVersion)]])
        try await connection.export(SessionObject(service: self), at: path)
        await offerCodes()
        // The gateway takes this name over whenever it comes; until then the first session has it.
        try await connection.requestName(ServiceName.main, options: .allowReplacement)
        tasks.append(
            Task {
                for await change in changes { await self.ownerChanged(change) }
            })
        tasks.append(
            Task { [clock] in
                while (try? await clock.sleep(for: Self.pause)) != nil {  // ends by cancellation only
                    await self.letTimePass()
                }
            })
    }

    /// Takes the session off the bus.
    public func close() async {
        for task in tasks { task.cancel() }
        subscriptions = [:]
        for code in offered.values { await connection.unexport(code) }
        await connection.unexport(path)
        await connection.close()
    }

    /// Takes the group as it is on record now: who is tied to which code.
    public func follow(_ roster: Roster) {
        rights.accounts = Dictionary(
            roster.members.compactMap { member in member.account.map { (member.code, $0) } }, uniquingKeysWith: { $1 })
    }

    private func ownerChanged(_ signal: Signal) async {
        guard signal.arguments.count == 3, let name = signal.arguments[0].string, name.hasPrefix(":"),
            signal.arguments[2].string?.isEmpty == true
        else { return }
        await callers.forget(name)
        for code in subscriptions.keys { subscriptions[code]?[name] = nil }
    }

    // MARK: - Time

    private func letTimePass() async {
        state = await conductor.serviceState()
        await offerCodes()
        for (code, listeners) in subscriptions {
            guard let codeState = state[code], let path = offered[code] else {
                subscriptions[code] = nil
                continue
            }
            for (name, told) in listeners { await tell(name, codeState, at: path, sinceBeat: told) }
        }
    }

    private func tell(_ name: String, _ codeState: CodeState, at path: ObjectPath, sinceBeat: Double) async {
        let code = codeState.readout.code
        // Whoever left meanwhile, or may read no longer, hears no more.
        guard let caller = try? await callers.caller(name), rights.mayRead(code, caller) else {
            subscriptions[code]?[name] = nil
            return
        }
        let reading = CodeReading(codeState, state.moment, sinceBeat: sinceBeat, seesAll: rights.maySteer(caller))
        // A student never gets the beats of a phase that hides them, not even later.
        let told = max(sinceBeat, codeState.readout.beats.last?.t ?? sinceBeat)
        guard subscriptions[code]?[name] != nil else { return }
        subscriptions[code]?[name] = told
        // Without its bus nobody is left to tell.
        try? await connection.emit(
            path: path, interface: ServiceName.code, member: ServiceName.reading,
            arguments: [.properties(reading.properties)], destination: name)
    }

    /// Exports codes that came and takes back those that take part no more.
    private func offerCodes() async {
        let present = Set(state.codes.map(\.readout.code))
        for code in present where offered[code] == nil {
            guard let path = try? ServiceName.path(of: code, below: path) else { continue }
            offered[code] = path
            // Without its bus there is nobody to offer it to.
            try? await connection.export(CodeObject(service: self, code: code), at: path)
        }
        for (code, path) in offered where !present.contains(code) {
            offered[code] = nil
            subscriptions[code] = nil
            await connection.unexport(path)
        }
    }

    // MARK: - Reading

    func sessionProperties(_ request: PropertyRequest) async throws(DBusError) -> [String: Value] {
        let caller = try await callers.caller(request.sender)
        guard rights.maySteer(caller) else {
            throw await refusal(of: caller, code: nil, isWritten: !request.isListing)
        }
        var values = state.moment.properties.merging(state.counts.properties) { own, _ in own }
        values[SessionObject.Property.name] = .string(info.name)
        values[SessionObject.Property.group] = .string(info.group.text)
        values[SessionObject.Property.script] = .string(info.script.name)
        values[SessionObject.Property.clockRate] = .double(info.clockRate)
        values[SessionObject.Property.next] = state.nextTitle.map { .string($0) }
        values[SessionObject.Property.codes] = .strings(state.codes.map(\.readout.code.description))
        return values
    }

    func codeProperties(_ code: Code, _ request: PropertyRequest) async throws(DBusError) -> [String: Value] {
        let caller = try await reader(request.sender, of: code, isListing: request.isListing)
        guard let codeState = state[code] else { throw Self.noCode(code) }
        let reading = CodeReading(
            codeState, state.moment, sinceBeat: -.infinity, seesAll: rights.maySteer(caller))
        return reading.properties
    }

    func subscribe(_ name: String, to code: Code) async throws(DBusError) {
        _ = try await reader(name, of: code, isListing: false)
        guard offered[code] != nil else { throw Self.noCode(code) }
        if subscriptions[code]?[name] == nil { subscriptions[code, default: [:]][name] = -.infinity }
    }

    func unsubscribe(_ name: String, from code: Code) {
        subscriptions[code]?[name] = nil
    }

    /// Who asks, if it may read the code.
    private func reader(_ name: String, of code: Code, isListing: Bool) async throws(DBusError) -> Caller {
        let caller = try await callers.caller(name)
        guard rights.mayRead(code, caller) else {
            throw await refusal(of: caller, code: code, isWritten: !isListing)
        }
        return caller
    }

    // MARK: - Steering

    func steer(_ call: IncomingCall) async throws(DBusError) {
        let caller = try await callers.caller(call.sender)
        guard rights.maySteer(caller) else { throw await refusal(of: caller, code: nil, isWritten: true) }
        guard !(await conductor.serviceState().isOver) else {
            throw DBusError(name: ServiceErrorName.ended, message: "\(info.name) has ended")
        }
        switch call.member {
        case "Next": await conductor.nextPhase()
        case "Back":
            guard await conductor.previousPhase() else {
                throw DBusError(name: ServiceErrorName.noPhase, message: "\(info.name) is in its first phase")
            }
        case "Pause": await conductor.setPaused(true)
        case "Resume": await conductor.setPaused(false)
        case "Mark": try await mark(call.arguments)
        case "Note": await conductor.write(note: try ServiceText.checked(call.arguments[0].string))
        default: await conductor.stop()
        }
        state = await conductor.serviceState()
    }

    private func mark(_ arguments: [Value]) async throws(DBusError) {
        let text = try ServiceText.checked(arguments[0].string)
        let name = arguments[1].string ?? ""
        guard !name.isEmpty else { return await conductor.mark(nil, text) }
        guard let code = try? Code(name), await conductor.takesPart(code) else {
            throw DBusError(name: ServiceErrorName.unknownCode, message: "\(info.name) has no code \(name)")
        }
        await conductor.mark(code, text)
    }

    // MARK: - Refusing

    private static func noCode(_ code: Code) -> DBusError {
        DBusError(name: DBusError.Name.unknownObject, message: "\(code) takes part no more")
    }

    /// The answer to somebody without the right; it stands in the session's log, at most once a minute for the same.
    private func refusal(of caller: Caller, code: Code?, isWritten: Bool) async -> DBusError {
        if isWritten {
            let now = clock.now().instant.seconds(since: Instant(nanoseconds: 0))
            let key = Refusal(user: caller.user, code: code)
            if now - (refusals[key] ?? -.infinity) >= Self.refusalPause {
                refusals[key] = now
                let what = code == nil ? "the session" : "this code"
                await conductor.note(code, "\(rights.words(for: caller)) asked for \(what) and was refused")
            }
        }
        let message =
            code.map { "your account may not read \($0): group bind \($0) --user NAME ties an account to it" }
            ?? "only members of the group entrain may see or lead the session"
        return DBusError(name: DBusError.Name.accessDenied, message: message)
    }
}

/// Text that comes from other programs and goes into a session's record.
enum ServiceText {
    /// The most characters a mark or a note may have.
    static let longest = 500

    /// The text on one line, without control characters.
    /// - Throws: `InvalidArgs` when nothing is left or it is too long.
    static func checked(_ text: String?) throws(DBusError) -> String {
        let shown = (text ?? "").unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }
            .joined().split(separator: " ").joined(separator: " ")
        guard !shown.isEmpty, shown.count <= longest else {
            throw DBusError(
                name: DBusError.Name.invalidArguments,
                message: shown.isEmpty ? "the text is empty" : "the text is longer than \(longest) characters")
        }
        return shown
    }
}
