import DBus
import Gateway
import Practice
import Store

/// A running session that this account leads over the bus from another terminal.
struct SteeredSession {
    let client: GatewayClient
    let session: GatewaySession

    /// Finds the one that is meant, leads it and closes the bus.
    static func with(
        _ wanted: String?, global: GlobalOptions, _ body: (SteeredSession) async throws -> Void
    ) async throws {
        guard let found = try await find(wanted, global: global) else {
            throw try await nothing(wanted, global: global)
        }
        do { try await body(found) } catch {
            await found.client.close()
            throw error
        }
        await found.client.close()
    }

    /// Finds the session that is meant; nil when no session can be reached over a bus.
    /// - Parameters:
    ///   - wanted: its name or its group; nil when only one runs.
    ///   - global: where own sessions are kept.
    /// - Returns: the session, whose client must be closed.
    /// - Throws: `Failure` when several match or this account may not lead it.
    static func find(_ wanted: String?, global: GlobalOptions) async throws -> SteeredSession? {
        let client = await GatewayClient.open(ServiceBus.addresses + (try await ownBuses(global)))
        do {
            let offers = await client.offers().filter { wanted == nil || $0.name == wanted || $0.groupText == wanted }
            guard let session = try choose(offers) else {
                await client.close()
                return nil
            }
            return SteeredSession(client: client, session: session)
        } catch {
            await client.close()
            throw error
        }
    }

    private static func choose(_ offers: [GatewaySession]) throws -> GatewaySession? {
        let own = offers.filter(\.maySteer)
        guard own.count < 2 else {
            let names = own.map(\.name).joined(separator: ", ")
            throw Failure(.usage, "more than one session runs: \(names). Name the one that is meant.")
        }
        if let only = own.first { return only }
        guard let other = offers.first else { return nil }
        throw Failure(
            .refused,
            """
            your account may not lead \(other.name): that is for root and the group entrain.
              Become a member:  sudo usermod -aG entrain $USER      then log in again.
            """)
    }

    /// Where sessions of this data folder are offered, for those that run among virtual straps.
    private static func ownBuses(_ global: GlobalOptions) async throws -> [BusAddress] {
        guard global.hasStore else { return [] }
        let store = try global.openStore()
        return try await store.sessions().filter { $0.state == .running }
            .compactMap { store.busAddress(of: $0.name) }.map { .address($0) }
    }

    private static func nothing(_ wanted: String?, global: GlobalOptions) async throws -> Failure {
        if global.hasStore {
            let running = try await global.openStore().sessions().first { session in
                session.state == .running
                    && (wanted == nil || session.name == wanted || session.group.text == wanted)
            }
            if let running {
                return Failure(
                    .failed,
                    """
                    \(running.name) runs, but no bus lets its account offer it, so it cannot be led from here.
                      Lead it by its own keys; end it with:  entrain session stop \(running.name)
                      Where the bus should let it:           sudo make install, then add the account to the group entrain
                    """)
            }
        }
        return Failure(.notFound, "no session\(wanted.map { " \($0)" } ?? "") runs. See:  entrain session list")
    }

    /// Does something and says where the session stands then; nil when it has ended.
    func perform(_ act: SteeringAct) async throws -> SessionMoment? {
        do { try await client.perform(act, on: session) } catch { throw Self.failure(error) }
        // The last phase may be over with this: then nobody is left to ask.
        return try? await client.moment(of: session)
    }

    /// Whether the session is still offered.
    func isThere() async -> Bool {
        await client.offers().contains { $0.name == session.name }
    }

    private static func failure(_ error: DBusError) -> Failure {
        switch error.name {
        case DBusError.Name.accessDenied: Failure(.refused, error.message)
        case "org.entrain.Gateway1.Error.UnknownCode", DBusError.Name.nameHasNoOwner, DBusError.Name.serviceUnknown:
            Failure(.notFound, error.message)
        case DBusError.Name.invalidArguments: Failure(.usage, error.message)
        case DBusError.Name.noReply:
            Failure(.failed, "the session does not answer. See whether its terminal still lives.")
        default: Failure(.failed, error.message)
        }
    }
}

extension GatewaySession {
    /// The group, which the name tells also to those who may see nothing else.
    var groupText: String {
        group ?? name.split(separator: "-").dropFirst().first.map(String.init) ?? name
    }
}
