internal import Glibc

/// The thread behind a ``Keyboard``: waits for bytes, decodes them, and yields keys.
final class KeyReader: Sendable {
    private let keys: Int32
    private let wake: Int32
    private let continuation: AsyncStream<Key>.Continuation

    /// How long a lone Escape is kept, in milliseconds, before it counts as the key and not as a sequence's start.
    private static let escapeDelay: Int32 = 40

    init(keys: Int32, wake: Int32, continuation: AsyncStream<Key>.Continuation) {
        self.keys = keys
        self.wake = wake
        self.continuation = continuation
    }

    /// Starts the thread, which owns the wake descriptor from then on; answers 0 or an error number.
    func start() -> Int32 {
        let box = Unmanaged.passRetained(self)
        let code = Self.launch(box.toOpaque())
        if code != 0 { box.release() }
        return code
    }

    private static func launch(_ box: UnsafeMutableRawPointer) -> Int32 {
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, body, box)
        if code == 0 { pthread_detach(thread) }
        return code
    }

    private static let body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { box in
        guard let box else { return nil }
        let reader = Unmanaged<KeyReader>.fromOpaque(box).takeRetainedValue()
        // Signals are for the threads that handle them.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)
        reader.run()
        close(reader.wake)
        reader.continuation.finish()
        return nil
    }

    private func run() {
        var decoder = KeyDecoder()
        var buffer = [UInt8](repeating: 0, count: 256)
        while true {
            var requests = [
                pollfd(fd: keys, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&requests, 2, decoder.isWaiting ? Self.escapeDelay : -1)
            if ready < 0 && errno == EINTR { continue }
            guard ready >= 0, requests[1].revents == 0 else { return }
            if ready == 0 {
                yield(decoder.flush())
                continue
            }
            let count = read(keys, &buffer, buffer.count)
            if count < 0 && (errno == EINTR || errno == EAGAIN) { continue }
            guard count > 0 else { return yield(decoder.flush()) }
            yield(decoder.feed(buffer.prefix(count)))
        }
    }

    private func yield(_ keys: [Key]) {
        for key in keys { continuation.yield(key) }
    }
}
