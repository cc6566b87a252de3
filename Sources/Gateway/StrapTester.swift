public import BlueZ
public import Practice
import Straps
public import Timekeeping

/// Connects one strap as a session would, listens to it, and lets it go again.
public actor StrapTester {
    /// How a trial ended.
    public enum Outcome: Sendable, Hashable {
        /// Nothing was heard of it.
        case notFound
        /// Somebody stopped the trial.
        case stopped
        /// The message bus went away.
        case lostBus
        /// It was tried.
        case tried(StrapTrial.Result)
    }

    /// How long to look for it, and from then on how long to wait for its first valid packet, session time.
    public static let findingSeconds = 15.0
    static let connectingSeconds = 60.0
    private static let tick = Duration.milliseconds(100)

    private enum Step {
        case finding
        case connecting(since: Double)
        case listening(since: Double)
    }

    private let address: String
    private let seconds: Double
    private let client: BlueZClient
    private let clock: any SessionClock
    private let start: Instant
    private let desk: StrapDesk
    private let radio: BlueZRadio
    /// Names of adapters by address.
    private var adapters: [String: String] = [:]
    private var trial = StrapTrial()
    private var step = Step.finding
    private var outcome: Outcome?
    private var finish: CheckedContinuation<Void, Never>?

    /// A trial that has not begun.
    /// - Parameters:
    ///   - address: the strap's Bluetooth address.
    ///   - seconds: how long to listen, session time.
    ///   - client: the Bluetooth service; closed when the trial is over.
    ///   - clock: the clock.
    public init(address: String, seconds: Double, client: BlueZClient, clock: any SessionClock) {
        self.address = address
        self.seconds = seconds
        self.client = client
        self.clock = clock
        start = clock.now().instant
        radio = BlueZRadio(client)
        desk = StrapDesk(radio: radio, clock: clock)
    }

    /// Runs the trial to its end; afterwards nothing of ours is connected and no discovery runs.
    public func run() async -> Outcome {
        adapters = Dictionary(await client.adapters.map { ($0.address, $0.name) }) { first, _ in first }
        let reports = Task {
            for await report in desk.reports { self.take(report) }
            self.end(.lostBus)
        }
        await desk.open(events: radio.events)
        await desk.want(address)
        let ticks = Task { [clock] in
            while (try? await clock.sleep(for: Self.tick)) != nil {  // ends by cancellation only
                self.letTimePass()
            }
        }
        await untilEnded()
        ticks.cancel()
        await desk.stop()
        await client.close()
        await reports.value
        return outcome ?? .stopped
    }

    /// Ends the trial now.
    public func stop() { end(.stopped) }

    private var t: Double { clock.now().instant.seconds(since: start) }

    private func untilEnded() async {
        guard outcome == nil else { return }
        await withCheckedContinuation { finish = $0 }
    }

    private func end(_ outcome: Outcome) {
        guard self.outcome == nil else { return }
        self.outcome = outcome
        finish?.resume()
        finish = nil
    }

    private func letTimePass() {
        let now = t
        switch step {
        case .finding: if now >= Self.findingSeconds { end(.notFound) }
        case .connecting(let since):
            if now >= since + Self.connectingSeconds { end(.tried(trial.finish(after: 0))) }
        case .listening(let since):
            if now >= since + seconds { end(.tried(trial.finish(after: now - since))) }
        }
    }

    private func found() {
        if case .finding = step { step = .connecting(since: t) }
    }

    // MARK: - What the keeper of straps tells

    private func take(_ report: StrapReport) {
        guard outcome == nil else { return }
        switch report {
        case .seen(let key, let sighting): seen(key, sighting)
        case .state(address, let state): if state != .unseen { found() }
        case .subscribing(address): trial.beginLink(at: t)
        case .streaming(address, let adapter): streaming(adapter)
        case .lost(address): trial.lose()
        case .packet(address, let bytes, let moment):
            trial.add(bytes, at: moment.instant.seconds(since: start))
        case .battery(address, let percent): trial.note { $0.battery = percent }
        case .advice(let strap, let text):
            if strap == nil || strap == address { trial.note { $0.trouble = text } }
        case .state, .subscribing, .streaming, .lost, .packet, .battery, .described, .linked, .learned: break
        }
    }

    private func seen(_ key: StrapKey, _ sighting: Sighting) {
        guard key.strap == address, let rssi = sighting.rssi else { return }
        trial.note { $0.rssi = rssi }
        found()
    }

    private func streaming(_ adapter: String) {
        guard case .connecting(let since) = step else { return }
        let now = t
        step = .listening(since: now)
        let name = adapters[adapter]
        trial.note {
            $0.secondsToConnect = now - since
            $0.adapter = name
        }
    }
}
