import Glibc
import Synchronization

/// The signals that end or stop a program: blocked in every thread and taken by the main one, which does nothing else.
///
/// The main thread must never be given to `async` code: once that has suspended, the dispatch library parks the thread
/// with every signal unblocked, and Ctrl-C kills the process in the middle of a session.
enum Signals {
    /// Signals that end a session.
    static let ending: Set = [SIGINT, SIGTERM]
    /// Signals that tell of the terminal: it is gone, the program is to stand still, it goes on after that.
    static let ofTerminal: Set = [SIGHUP, SIGTSTP, SIGCONT]

    /// Signals that end a program which has no use for them.
    static let fatal = ending.union([SIGHUP])

    private struct Reader: Sendable {
        var wanted: Set<Int32>
        /// Answers whether it has any use for the signal.
        var take: @Sendable (Int32) -> Bool
    }

    private static let reader = Mutex<Reader?>(nil)

    /// Blocks the signals in this thread and all that come after it, and turns SIGPIPE into an error of `write`.
    static func block() {
        signal(SIGPIPE, SIG_IGN)
        var set = mask
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    /// Signals as they come, for one reader; from now on they no longer end or stop the process by themselves.
    /// - Parameter wanted: which; with those of the terminal among them, writing to it from the background does not stop
    ///   the process either.
    /// - Returns: their numbers.
    static func stream(_ wanted: Set<Int32> = fatal) -> AsyncStream<Int32> {
        if wanted.contains(SIGTSTP) {
            signal(SIGTTOU, SIG_IGN)
            signal(SIGTTIN, SIG_IGN)
        }
        let (stream, sink) = AsyncStream.makeStream(of: Int32.self)
        take(wanted) { number in
            if case .enqueued = sink.yield(number) { true } else { false }
        }
        return stream
    }

    /// Hands signals to one reader at once, on the main thread; no task need be free for that.
    /// - Parameters:
    ///   - wanted: which.
    ///   - reader: answers whether it has any use for the signal; what it has none for does what it does by itself.
    static func take(_ wanted: Set<Int32>, _ reader: @escaping @Sendable (Int32) -> Bool) {
        self.reader.withLock { $0 = Reader(wanted: wanted, take: reader) }
    }

    /// Takes signals for as long as the process lives.
    ///
    /// What nobody reads does to the process what it would have done anyway.
    static func serve() -> Never {
        var set = mask
        while true {
            var number: Int32 = 0
            guard sigwait(&set, &number) == 0 else { continue }
            let reader = reader.withLock { $0 }
            if let reader, reader.wanted.contains(number), reader.take(number) { continue }
            if number != SIGCONT { suffer(number) }
        }
    }

    /// Ends or stops the process as the signal does by itself; returns when a stopped one goes on.
    private static func suffer(_ number: Int32) {
        signal(number, SIG_DFL)
        raise(number)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    private static var mask: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in ending.union(ofTerminal) { sigaddset(&set, signal) }
        return set
    }
}
