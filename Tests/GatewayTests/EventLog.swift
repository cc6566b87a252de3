import Practice

/// What a session told so far; lets tests wait for what must come, with a deadline.
actor EventLog {
    /// Something did not happen in time.
    struct Missing: Error, CustomStringConvertible {
        let what: String
        let events: Int

        var description: String { "\(what): did not happen within the deadline; \(events) events came" }
    }

    private(set) var events: [SessionEvent] = []
    private var hasEnded = false
    private var waiter: (number: Int, continuation: CheckedContinuation<Void, Never>)?
    private var lastWait = 0

    /// Reads a session's events to their end.
    func listen(to stream: AsyncStream<SessionEvent>) async {
        for await event in stream {
            events.append(event)
            wake()
        }
        hasEnded = true
        wake()
    }

    /// What happened, without the times.
    var kinds: [SessionEvent.Kind] { events.map(\.kind) }

    /// How many beats came.
    var beats: Int { Self.beats(kinds) }

    static func beats(_ kinds: [SessionEvent.Kind]) -> Int {
        kinds.count { if case .beat = $0 { true } else { false } }
    }

    private func wake() {
        waiter?.continuation.resume()
        waiter = nil
    }

    private func giveUp(_ number: Int) {
        if waiter?.number == number { wake() }
    }

    /// Waits until what happened fulfils a condition; one waits at a time.
    func wait(
        for what: String, within deadline: Duration = .seconds(40),
        until condition: @Sendable ([SessionEvent.Kind]) -> Bool
    ) async throws {
        let end = ContinuousClock.now + deadline
        while !condition(kinds) {
            guard !hasEnded, ContinuousClock.now < end else { throw Missing(what: what, events: events.count) }
            lastWait += 1
            let number = lastWait
            let alarm = Task {
                // A cancelled alarm rings too: whoever waits then looks at the time.
                try? await Task.sleep(until: end, clock: .continuous)
                giveUp(number)
            }
            await withCheckedContinuation { waiter = (number, $0) }
            alarm.cancel()
        }
    }

    /// Waits until so many codes have their strap on.
    func waitForStraps(_ count: Int) async throws {
        try await wait(for: "\(count) straps on") { kinds in
            kinds.count { if case .strap(_, .connected) = $0 { true } else { false } } >= count
        }
    }
}
