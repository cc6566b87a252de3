internal import Glibc
internal import Synchronization

/// The keys pressed at a terminal, as a stream.
///
/// A thread of its own waits for them, so no task is held up. The stream ends when ``stop()`` is called, when the
/// reading task is cancelled, or when the terminal goes away. For one reader.
public final class Keyboard: Sendable {
    /// The keys, from when the keyboard was made.
    public let keys: AsyncStream<Key>
    private let wake: WakeEnd

    /// Starts to read keys.
    ///
    /// - Parameter descriptor: a terminal in raw mode (see ``RawMode``); standard input by itself; it is not closed.
    /// - Throws: ``TerminalError/keyboardNotStarted(code:)`` where the system is out of descriptors or threads.
    public init(descriptor: Int32 = 0) throws(TerminalError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .keyboardNotStarted(code: errno) }
        // A program started meanwhile must not hold the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let wake = WakeEnd(descriptor: ends[1])
        let (stream, continuation) = AsyncStream.makeStream(of: Key.self)
        keys = stream
        self.wake = wake
        let reader = KeyReader(keys: descriptor, wake: ends[0], continuation: continuation)
        let code = reader.start()
        guard code == 0 else {
            close(ends[0])
            wake.close()
            throw .keyboardNotStarted(code: code)
        }
        continuation.onTermination = { _ in wake.close() }
    }

    deinit {
        wake.close()
    }

    /// Ends the stream and the thread; a second call does nothing.
    public func stop() {
        wake.close()
    }
}

/// The writing end of a pipe: closing it wakes the thread that waits at the other end.
private final class WakeEnd: Sendable {
    private let descriptor: Int32
    private let isClosed = Atomic(false)

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    func close() {
        guard isClosed.exchange(true, ordering: .acquiringAndReleasing) == false else { return }
        Glibc.close(descriptor)
    }
}
