import Gateway
import Practice
import Store
import Timekeeping

/// Follows a session through the store; where the data folder has none, or not that session, through the bus.
actor Wall {
    private let folder: String
    private let followsAll: Bool
    private var session: String?
    private var store: Store?
    private var reading: WallReading?
    private var clock: WallClock?
    private let bus = WallBus()
    private var sighting: (told: WallSighting, at: Instant)?
    /// The group of the session that was followed over the bus and is over.
    private var endedGroup: String?
    private let machine = MachineClock()

    init(session: String?, folder: String) {
        self.session = session
        self.folder = folder
        followsAll = session == nil
    }

    /// The moment.
    var view: WallView {
        let now = machine.now()
        if let sighting { return sighting.told.view(after: now.instant.seconds(since: sighting.at)) }
        if let endedGroup {
            return WallView(state: .ended, group: endedGroup, place: nil, counts: WallCounts(), at: 0)
        }
        guard let reading, let clock else { return WallView() }
        return WallView(reading, at: clock.t(at: now.utc))
    }

    /// Looks at what there is now.
    /// - Parameter mustExist: whether a session or store that cannot be read is an error; otherwise it is looked for
    ///   again the next time.
    /// - Throws: what the store says, when it must exist and no bus tells of it.
    func look(mustExist: Bool = false) async throws {
        do {
            let store = try self.store ?? Store(reading: folder)
            self.store = store
            let new = try await store.wallReading(session, followsAll: followsAll)
            if new?.info.name != reading?.info.name { clock = new.map { WallClock($0.info) } }
            reading = new
            guard let new else { return }
            (session, sighting, endedGroup) = (new.info.name, nil, nil)
            clock?.learn(newest: new.newest, now: machine.now().utc)
        } catch {
            store = nil
            guard reading == nil else { return }
            await lookAtBus()
            if mustExist, sighting == nil { throw error }
        }
    }

    private func lookAtBus() async {
        let group = sighting?.told.group ?? endedGroup
        if let told = await bus.look(for: followsAll ? nil : session, or: group) {
            sighting = (told, machine.now().instant)
            endedGroup = nil
        } else {
            endedGroup = group
            sighting = nil
        }
    }
}

/// Finds a session on the bus that this account may see, and asks it.
private actor WallBus {
    /// A bus that went away comes back as another connection; so many looks in vain may go by before a new one is made.
    static let looksInVain = 10

    private var client: GatewayClient?
    private var session: GatewaySession?
    private var vain = 0

    /// - Parameters:
    ///   - name: the session; nil for the newest.
    ///   - group: a group of which any session will do.
    /// - Returns: what it tells; nil when there is none.
    func look(for name: String?, or group: String?) async -> WallSighting? {
        // A session that is gone tells nothing, and another one is looked for.
        if let client, let session, let told = try? await client.wall(of: session) { return told }
        session = nil
        if client?.hasBus != true || vain >= Self.looksInVain {
            await client?.close()
            client = await GatewayClient.open(ServiceBus.addresses)
            vain = 0
        }
        vain += 1
        guard let client else { return nil }
        let offers = await client.offers().filter { offer in
            offer.maySteer && (name == nil || offer.name == name || (offer.group == group && group != nil))
        }
        guard let newest = offers.last, let told = try? await client.wall(of: newest) else { return nil }
        (session, vain) = (newest, 0)
        return told
    }
}
