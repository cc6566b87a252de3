import Gateway

/// What a pretended strap told so far; lets tests wait for what must come, with a deadline.
actor PretendLog {
    /// Something did not happen in time.
    struct Missing: Error, CustomStringConvertible {
        let what: String
        let events: [PretendEvent.Kind]

        var description: String { "\(what): did not happen within the deadline; heard: \(events)" }
    }

    private(set) var events: [PretendEvent] = []
    private var hasEnded = false
    private var waiter: (number: Int, continuation: CheckedContinuation<Void, Never>)?
    private var lastWait = 0

    /// Reads a strap's events to their end.
    func listen(to strap: PretendedStrap) async {
        for await event in strap.events {
            events.append(event)
            wake()
        }
        hasEnded = true
        wake()
    }

    /// What happened besides packets, in order.
    var changes: [PretendEvent.Kind] {
        events.map(\.kind).filter { if case .packet = $0 { false } else { true } }
    }

    /// The packets with their moments, in order.
    var packets: [(seconds: Double, packet: PretendPacket)] {
        events.compactMap { event in
            guard case .packet(let packet) = event.kind else { return nil }
            return (event.seconds, packet)
        }
    }

    private func wake() {
        waiter?.continuation.resume()
        waiter = nil
    }

    private func giveUp(_ number: Int) {
        if waiter?.number == number { wake() }
    }

    private func wait(
        for what: String, within deadline: Duration = .seconds(40), until condition: () -> Bool
    ) async throws {
        let end = ContinuousClock.now + deadline
        while !condition() {
            guard !hasEnded, ContinuousClock.now < end else { throw Missing(what: what, events: changes) }
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

    /// Waits until something has happened so many times.
    func wait(for kind: PretendEvent.Kind, times: Int = 1) async throws {
        try await wait(for: "\(kind)") { changes.count { $0 == kind } >= times }
    }

    /// Waits until the strap has ended.
    func waitForEnd() async throws { try await wait(for: "the end") { hasEnded } }

    /// Waits for that many packets in all.
    func wait(packets count: Int) async throws {
        try await wait(for: "\(count) packets") { packets.count >= count }
    }
}
