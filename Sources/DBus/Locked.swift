internal import Glibc

/// A state that several threads share, each under the lock.
///
/// It is a plain pthread mutex because ThreadSanitizer does not understand the one of `Synchronization` on Linux.
final class Locked<State: Sendable>: @unchecked Sendable {
    // `@unchecked`: the mutex needs a fixed address, which only a pointer gives, and `state` is touched under it alone.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var state: State

    init(_ state: State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deinitialize(count: 1)
        mutex.deallocate()
    }

    func withLock<Answer, Failure: Error>(
        _ body: (inout State) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body(&state)
    }
}
