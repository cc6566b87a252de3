import Testing

@testable import BlueZ

/// Reads a client's events one after the other, with a deadline for each wait.
actor EventReader {
    /// An event did not come in time.
    struct Missing: Error, CustomStringConvertible {
        let wanted: String
        let heard: [String]

        var description: String { "'\(wanted)' did not come; heard: \(heard)" }
    }

    private(set) var heard: [String] = []
    private var read = 0
    private var hasEnded = false
    private var waiter: (number: Int, continuation: CheckedContinuation<Void, Never>)?
    private var lastWait = 0
    private var pump: Task<Void, Never>?

    func listen(to client: BlueZClient) {
        pump = Task {
            for await event in client.events { take(Air.words(event)) }
            hasEnded = true
            wake()
        }
    }

    private func take(_ event: String) {
        heard.append(event)
        wake()
    }

    private func wake() {
        waiter?.continuation.resume()
        waiter = nil
    }

    private func giveUp(_ number: Int) {
        if waiter?.number == number { wake() }
    }

    /// Waits for an event after those waited for before.
    func wait(for wanted: String, within deadline: Duration = .seconds(20)) async throws {
        let end = ContinuousClock.now + deadline
        while true {
            while read < heard.count {
                read += 1
                if heard[read - 1] == wanted { return }
            }
            guard !hasEnded, ContinuousClock.now < end else { throw Missing(wanted: wanted, heard: heard) }
            await waitForMore(until: end)
        }
    }

    private func waitForMore(until end: ContinuousClock.Instant) async {
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

    /// Waits until the client's events have ended.
    func waitForEnd() async { await pump?.value }
}
