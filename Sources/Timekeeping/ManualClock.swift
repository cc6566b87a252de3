import Synchronization

/// A clock whose hands only the caller moves: for tests of everything that waits.
public final class ManualClock: SessionClock {
    private struct Sleeper {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var moment: Moment
        var sleepers: [Int: Sleeper] = [:]
        var nextSleeper = 0
    }

    /// Always 1: session time is what the caller says it is.
    public let rate = 1.0
    private let state: Mutex<State>

    /// Starts at second zero of the session clock and at `utc` on the wall.
    public init(utc: UTC = UTC(nanosecondsSince1970: 0)) {
        state = Mutex(State(moment: Moment(instant: Instant(nanoseconds: 0), utc: utc)))
    }

    /// The moment the hands show.
    public func now() -> Moment {
        state.withLock { $0.moment }
    }

    /// How many tasks are waiting on this clock.
    public var sleeperCount: Int {
        state.withLock { $0.sleepers.count }
    }

    /// Moves both hands and wakes everyone whose deadline has come, earliest first.
    public func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.moment = Moment(
                instant: state.moment.instant.advanced(by: duration), utc: state.moment.utc.advanced(by: duration))
            let now = state.moment.instant
            let due = state.sleepers.filter { $0.value.deadline <= now }
            for key in due.keys { state.sleepers[key] = nil }
            return due.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    /// Waits until the hands have been moved to `deadline` or past it.
    /// - Throws: `CancellationError` when the task is cancelled first.
    public func sleep(until deadline: Instant) async throws {
        let key = state.withLock { state in
            state.nextSleeper += 1
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let past = state.withLock { state in
                    if state.moment.instant >= deadline || Task.isCancelled { return true }
                    state.sleepers[key] = Sleeper(deadline: deadline, continuation: continuation)
                    return false
                }
                if past { continuation.resume() }
            }
            try Task.checkCancellation()
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: key) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
