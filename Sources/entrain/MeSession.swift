import DBus
import Gateway
import Practice
import Store
import Terminal

/// A reading of one's own place in a session that runs in the room, through the session's service on the bus.
struct MeSession {
    let options: MeOptions

    init(_ options: MeOptions) { self.options = options }

    /// Follows the session that holds the person's strap.
    /// - Returns: false, with nothing done, when there is none: then the strap is one's own to connect.
    func run() async throws -> Bool {
        guard options.strap == .near else { return false }
        let clock = Environment.clock()
        let client = await GatewayClient.open(ServiceBus.addresses + ownBuses(), clock: clock)
        do {
            guard let (code, session) = try await find(client) else {
                await client.close()
                return false
            }
            let store = options.isKept ? try options.global.openStore() : nil
            let readings: AsyncStream<CodeReading>
            do { readings = try await client.readings(of: code, in: session) } catch {
                throw Self.failure(error, code, session)
            }
            let follower = PersonalFollower(
                code: code, length: options.minutes.map { $0 * 60 }, readings: readings, clock: clock)
            try await show(follower, store)
        } catch {
            await client.close()
            throw error
        }
        await client.close()
        return true
    }

    private func show(_ follower: PersonalFollower, _ store: Store?) async throws {
        let signals = Signals.stream()
        let stopping = Task { for await _ in signals { await follower.stop() } }
        defer { stopping.cancel() }
        let output = PatientOutput()
        let writing = Task { await output.keepTrying() }
        defer { writing.cancel() }
        let showing = Task { await MeDisplay.show(follower, options: options, output: output) }
        let end = await follower.run()
        await showing.value
        let record = await follower.record(zoneOffsetSeconds: Environment.zoneOffsetSeconds)
        if end == .sessionOver, !options.global.json { StandardError.write("The session is over.\n") }
        try await MeEnding(options: options, output: output, wasStopped: end == .stopped).tell(record, store: store)
    }

    // MARK: - Whose place

    /// Sessions of this account among virtual straps are offered on a bus of their own.
    private func ownBuses() async -> [BusAddress] {
        guard options.global.hasStore, let store = try? Store(reading: options.global.dataFolder) else { return [] }
        // A folder of another version knows no sessions of ours.
        let sessions = (try? await store.sessions()) ?? []
        return sessions.filter { $0.state == .running }.compactMap { store.busAddress(of: $0.name) }
            .map { .address($0) }
    }

    private func find(_ client: GatewayClient) async throws -> (Code, GatewaySession)? {
        let offers = await client.offers()
        guard let code = options.code else {
            // An account that leads a session is nobody's in particular.
            return offers.first { !$0.maySteer && !$0.codes.isEmpty }.flatMap { session in
                session.codes.first.map { ($0, session) }
            }
        }
        guard let session = offers.first(where: { $0.groupText == code.group.text }) else {
            throw Failure(
                .notFound,
                """
                no session of \(code.group) runs here, or none that a bus may offer.
                  With a strap of your own:  entrain me --strap C3D4        the last four on your pod
                """)
        }
        return (code, session)
    }

    private static func failure(_ error: DBusError, _ code: Code, _ session: GatewaySession) -> Failure {
        switch error.name {
        case DBusError.Name.accessDenied:
            Failure(
                .refused,
                """
                \(code) is not yours: \(SafeText.line(error.message))
                  \(session.name) has written down that it was asked for. Your own place, as your coach tied it to your \
                account:  entrain me
                """)
        case DBusError.Name.unknownObject, "org.entrain.Gateway1.Error.UnknownCode":
            Failure(.notFound, "\(session.name) has no \(code). Your coach knows your code.")
        default: Failure(.failed, "\(session.name) cannot be read: \(SafeText.line(error.message))")
        }
    }
}

extension PersonalFollower: MeSource {}
