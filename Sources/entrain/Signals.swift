import Glibc

/// Signals as a stream: blocked everywhere, taken by one waiting thread.
enum Signals {
    /// Signals that end a session.
    static let ending = [SIGINT, SIGTERM, SIGHUP]

    /// Blocks the ending signals in this thread and all that come after it, and turns SIGPIPE into an error of `write`.
    static func block() {
        signal(SIGPIPE, SIG_IGN)
        var set = mask
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// The ending signals as they come.
    ///
    /// One reader; the waiting thread lives as long as the process.
    static func stream() -> AsyncStream<Int32> {
        let (stream, sink) = AsyncStream.makeStream(of: Int32.self)
        BackgroundThread.start {
            var set = mask
            while true {
                var number: Int32 = 0
                if sigwait(&set, &number) == 0 { sink.yield(number) }
            }
        }
        return stream
    }

    private static var mask: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in ending { sigaddset(&set, signal) }
        return set
    }
}
