import BlueZ
import DBus
import HeartRate
public import Timekeeping

/// A chest strap that this machine pretends to be on real Bluetooth: once a second a packet of a made-up heart, for as
/// long as somebody asks for it.
///
/// When the Bluetooth service or the adapter goes away, the strap waits and comes back with it.
public actor PretendedStrap {
    /// Seconds between packets.
    static let interval = 1.0
    /// Seconds until a refused strap is offered again.
    static let patience = 5.0
    /// Where its objects stand on the bus.
    static let root = "/org/entrain/strap"

    private enum Input: Sendable {
        case tick
        case bluez(BlueZEvent)
        case server(GattServerEvent)
        case energyReset
        case busGone
        case stop
    }

    /// Everything that happens, in order; ends with the strap.
    public nonisolated let events: AsyncStream<PretendEvent>

    private let plan: PretendPlan
    private let client: BlueZClient
    private let server: GattServer
    private let clock: any SessionClock
    private let start: Instant
    private let adapter: Adapter
    private let sink: AsyncStream<PretendEvent>.Continuation
    private let inputs: AsyncStream<Input>
    private let feed: AsyncStream<Input>.Continuation
    private var heart: any PacketSource
    private var isOffered = false
    private var isStopped = false
    private var retryAt = 0.0
    private var lastTick = -interval
    private var links: [DeviceKey: String] = [:]
    private var strangers: Set<DeviceKey> = []
    /// How the strap fares now.
    public private(set) var view: PretendView

    /// Opens Bluetooth and prepares a strap that nobody can find yet.
    /// - Parameters:
    ///   - plan: what it says of itself.
    ///   - heart: where its packets come from.
    ///   - clock: the clock.
    /// - Returns: the strap; ``run()`` begins.
    /// - Throws: `GatewayError` when Bluetooth is not there or off, `PretendError` when no adapter can be a strap.
    public static func open(
        _ plan: PretendPlan, heart: any PacketSource, clock: any SessionClock
    ) async throws -> PretendedStrap {
        let client = try await Bluetooth.open(adapters: plan.adapter.map { [$0] }, clock: clock)
        do {
            return try await make(plan, heart: heart, client: client, bus: .system, clock: clock)
        } catch {
            await client.close()
            throw error
        }
    }

    /// Prepares a strap on a bus whose Bluetooth service a client knows already.
    static func make(
        _ plan: PretendPlan, heart: any PacketSource, client: BlueZClient, bus: BusAddress, clock: any SessionClock
    ) async throws -> PretendedStrap {
        let adapter = try choose(await client.adapters, plan.adapter)
        let (inputs, feed) = AsyncStream.makeStream(of: Input.self, bufferingPolicy: .unbounded)
        let server = try await GattServer.open(
            bus, root: root, services: plan.services, advertisement: plan.advertisement, clock: clock
        ) { uuid, bytes throws(AttributeRefusal) in
            // Heart Rate Service 1.0, 3.3.1: all but Reset Energy Expended is "Control Point Not Supported".
            guard bytes.count == 1 else { throw .wrongLength }
            guard uuid == PretendPlan.controlPoint, bytes == [0x01] else { throw .application(0x80) }
            feed.yield(.energyReset)
        }
        return PretendedStrap(
            plan, heart: heart, client: client, server: server, adapter: adapter, clock: clock, inputs: (inputs, feed))
    }

    private init(
        _ plan: PretendPlan, heart: any PacketSource, client: BlueZClient, server: GattServer, adapter: Adapter,
        clock: any SessionClock, inputs: (AsyncStream<Input>, AsyncStream<Input>.Continuation)
    ) {
        self.plan = plan
        self.heart = heart
        self.client = client
        self.server = server
        self.adapter = adapter
        self.clock = clock
        (self.inputs, feed) = inputs
        start = clock.now().instant
        view = PretendView(adapter: adapter.name)
        (events, sink) = AsyncStream.makeStream(of: PretendEvent.self, bufferingPolicy: .unbounded)
    }

    /// The adapter that was asked for, or the first that is on and can be a strap.
    static func choose(_ adapters: [Adapter], _ name: String?) throws(PretendError) -> Adapter {
        let wanted = adapters.filter { $0.isPowered && (name == nil || $0.name == name) }
        guard let able = wanted.first(where: { $0.roles?.contains("peripheral") ?? true }) else {
            throw .notPeripheral(wanted.map(\.name))
        }
        return able
    }

    /// Is a strap until it is stopped, its time is over or the bus goes away; afterwards nothing of it is left.
    /// - Throws: `PretendError` when it cannot begin, or when the bus is gone.
    public func run() async throws(PretendError) {
        strangers = Set(await client.devices.filter(\.isConnected).map(\.key))
        let tasks = [
            Task { [client, feed] in
                for await event in client.events { feed.yield(.bluez(event)) }
                feed.yield(.busGone)
            },
            Task { [server, feed] in for await event in server.events { feed.yield(.server(event)) } },
            Task { [clock, feed, start] in
                var due = start
                // Ends by cancellation only.
                while (try? await clock.sleep(until: due)) != nil {
                    feed.yield(.tick)
                    due = due.advanced(by: .seconds(Self.interval))
                }
            },
        ]
        let result: Result<Void, PretendError>
        do throws(PretendError) {
            try await offer()
            try await live()
            result = .success(())
        } catch {
            // Whoever stops it cuts off what it was doing.
            result = isStopped ? .success(()) : .failure(error)
        }
        for task in tasks { task.cancel() }
        await server.close()
        await client.close()
        sink.finish()
        try result.get()
    }

    /// Ends the strap now, whatever the Bluetooth service is doing with it.
    public func stop() async {
        isStopped = true
        feed.yield(.stop)
        await server.close()
    }

    private func live() async throws(PretendError) {
        for await input in inputs {
            switch input {
            case .tick:
                if let end = plan.seconds, now >= end { return }
                try await tick()
            case .bluez(let event): await take(event)
            case .server(let event): await take(event)
            case .energyReset:
                heart.resetEnergy(at: now)
                tell(.energyReset)
            case .busGone: throw .busGone
            case .stop: return
            }
        }
    }

    private var now: Double { clock.now().instant.seconds(since: start) }

    private func tell(_ kind: PretendEvent.Kind) {
        sink.yield(PretendEvent(kind: kind, seconds: now, utc: clock.now().utc))
    }

    // MARK: - Packets

    private func tick() async throws(PretendError) {
        if !isOffered { await offerAgain() }
        let now = now
        // Ticks that came while something else took long are one tick.
        guard now - lastTick > Self.interval / 2 else { return }
        lastTick = now
        guard await server.isSubscribed(HeartRateUUID.measurement) else { return heart.skip(to: now) }
        let packet = heart.packet(at: now)
        do {
            guard try await server.notify(HeartRateUUID.measurement, packet.bytes) else { return }
        } catch {
            throw .busGone
        }
        view.packets += 1
        view.beats += packet.rrTicks.count
        view.heartRate = packet.heartRate
        tell(.packet(packet))
    }

    // MARK: - Centrals

    private func take(_ event: GattServerEvent) async {
        switch event {
        case .subscribed(HeartRateUUID.measurement):
            view.isHeard = true
            tell(.listening)
        case .unsubscribed(HeartRateUUID.measurement):
            view.isHeard = false
            tell(.unheard)
        case .released: await lose(.released)
        case .subscribed, .unsubscribed, .read: break
        }
    }

    private func take(_ event: BlueZEvent) async {
        switch event {
        case .serviceVanished: await lose(.serviceGone)
        case .adapterRemoved(let gone) where gone.address == adapter.address: await lose(.adapterGone)
        case .adapter(let changed) where changed.address == adapter.address:
            if changed.isPowered { await offerAgain() } else { await lose(.adapterOff) }
        case .connected(let key) where key.adapter == adapter.address && !strangers.contains(key):
            let name = await client.device(key)?.name ?? key.device
            guard links.updateValue(name, forKey: key) == nil else { return }
            view.links = links.count
            tell(.connected(name))
        case .disconnected(let key):
            strangers.remove(key)
            guard let name = links.removeValue(forKey: key) else { return }
            view.links = links.count
            tell(.disconnected(name))
        default: break
        }
    }

    // MARK: - Being there

    private func offer() async throws(PretendError) {
        let path = await client.adapters.first { $0.address == adapter.address }?.path ?? adapter.path
        do {
            try await server.register(on: path)
        } catch {
            throw PretendError(error, adapter: adapter.name)
        }
        isOffered = true
        view.trouble = nil
        tell(.advertising(adapter: adapter.name))
    }

    private func lose(_ trouble: PretendEvent.Trouble) async {
        if trouble == .serviceGone || trouble == .adapterGone {
            await server.forget()
            links = [:]
            view.links = 0
        }
        let isNews = isOffered || view.trouble != trouble
        isOffered = false
        view.trouble = trouble
        if trouble == .released { retryAt = now + Self.interval }
        if isNews { tell(.waiting(trouble)) }
    }

    private func offerAgain() async {
        guard !isOffered, now >= retryAt, await client.isServiceUp,
            await client.adapters.contains(where: { $0.address == adapter.address && $0.isPowered })
        else { return }
        do {
            try await offer()
        } catch {
            retryAt = now + Self.patience
            await lose(.refused(error))
        }
    }
}
