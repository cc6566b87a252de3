public import Practice
public import Straps
public import Timekeeping

/// Runs a strap keeper against a radio: events and time in, commands and reports out.
public actor StrapDesk {
    /// How often deadlines are looked at, in session time.
    static let tick = Duration.milliseconds(200)

    /// What the keeper tells, in order; ends when the radio's events end.
    ///
    /// One reader.
    public nonisolated let reports: AsyncStream<StrapReport>

    private let radio: any Radio
    private let clock: any SessionClock
    private let sink: AsyncStream<StrapReport>.Continuation
    private var keeper: StrapKeeper
    private var running: [Int: Task<Void, Never>] = [:]
    private var nextTask = 0
    private var loops: [Task<Void, Never>] = []

    /// A desk that does nothing until `open`.
    /// - Parameters:
    ///   - radio: carries commands out.
    ///   - clock: the session's time.
    ///   - adapters: what is remembered of adapters.
    ///   - patience: how long straps' states may last.
    public init(
        radio: any Radio, clock: any SessionClock, adapters: [KnownAdapter] = [], patience: Patience = Patience()
    ) {
        self.radio = radio
        self.clock = clock
        let lessons = adapters.map { ($0.address, SlotLesson(held: $0.held, refusedAt: $0.refusedAt)) }
        keeper = StrapKeeper(
            patience: patience, lessons: Dictionary(lessons) { $1 },
            seed: UInt64(bitPattern: clock.now().instant.nanoseconds))
        (reports, sink) = AsyncStream.makeStream(of: StrapReport.self, bufferingPolicy: .unbounded)
    }

    /// Begins to listen.
    public func open(events: AsyncStream<RadioEvent>) {
        guard loops.isEmpty else { return }
        loops.append(
            Task { [sink] in
                for await event in events { self.take(event) }
                sink.finish()
            })
        loops.append(
            Task { [clock] in
                while (try? await clock.sleep(for: Self.tick)) != nil {  // ends by cancellation only
                    self.letTimePass()
                }
            })
    }

    /// Wants a strap, heard by some adapters already.
    public func want(_ strap: StrapAddress, heardBy adapters: [AdapterAddress: Int] = [:]) {
        carryOut(keeper.want(strap, heardBy: adapters, at: clock.now().instant))
    }

    /// Wants a strap no longer.
    public func release(_ strap: StrapAddress) {
        carryOut(keeper.release(strap, at: clock.now().instant))
    }

    /// Goes on looking for straps although nobody is missing, or no longer.
    public func setLookout(_ isOn: Bool) {
        carryOut(keeper.setLookout(isOn, at: clock.now().instant))
    }

    /// Straps held by each adapter, by the adapter's name.
    public var held: [String: Int] { keeper.held }

    /// Ends links and discovery of ours, and waits until the radio has answered; packets are still handed on meanwhile.
    public func stop() async {
        carryOut(keeper.stop(at: clock.now().instant))
        for task in running.values { await task.value }
        for loop in loops.dropFirst() { loop.cancel() }
    }

    // MARK: - Inside

    private func take(_ event: RadioEvent) {
        if case .value(_, _, let moment) = event {
            carryOut(keeper.apply(event, at: moment.instant))
        } else {
            carryOut(keeper.apply(event, at: clock.now().instant))
        }
    }

    private func letTimePass() {
        carryOut(keeper.tick(at: clock.now().instant))
    }

    private func carryOut(_ effects: [StrapEffect]) {
        for effect in effects {
            switch effect {
            case .report(let report): sink.yield(report)
            case .radio(let command): begin(command)
            }
        }
    }

    private func begin(_ command: RadioCommand) {
        nextTask += 1
        let number = nextTask
        running[number] = Task { [radio] in
            let failure = await radio.perform(command)
            self.end(number, command, failure)
        }
    }

    private func end(_ number: Int, _ command: RadioCommand, _ failure: RadioFailure?) {
        running[number] = nil
        carryOut(keeper.apply(.answer(command, failure), at: clock.now().instant))
    }
}
