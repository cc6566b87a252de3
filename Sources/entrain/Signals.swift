import Glibc
import Synchronization

/// The signals that end a program: blocked in every thread and taken by the main one, which does nothing else.
///
/// The main thread must never be given to `async` code: once that has suspended, the dispatch library parks the thread
/// with every signal unblocked, and Ctrl-C kills the process in the middle of a session.
enum Signals {
    /// Signals that end a session.
    static let ending = [SIGINT, SIGTERM, SIGHUP]

    private static let reader = Mutex<AsyncStream<Int32>.Continuation?>(nil)

    /// Blocks the ending signals in this thread and all that come after it, and turns SIGPIPE into an error of `write`.
    static func block() {
        signal(SIGPIPE, SIG_IGN)
        var set = mask
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// The ending signals as they come, for one reader; from now on they no longer end the process by themselves.
    static func stream() -> AsyncStream<Int32> {
        let (stream, sink) = AsyncStream.makeStream(of: Int32.self)
        reader.withLock { $0 = sink }
        return stream
    }

    /// Takes signals for as long as the process lives.
    ///
    /// What nobody reads ends the process, as it would have anyway.
    static func serve() -> Never {
        var set = mask
        while true {
            var number: Int32 = 0
            guard sigwait(&set, &number) == 0 else { continue }
            let sink = reader.withLock { $0 }
            if let sink, case .enqueued = sink.yield(number) { continue }
            die(of: number)
        }
    }

    private static func die(of number: Int32) {
        signal(number, SIG_DFL)
        raise(number)
        var set = mask
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    private static var mask: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in ending { sigaddset(&set, signal) }
        return set
    }
}
