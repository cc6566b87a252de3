import Synchronization
internal import CLinux
internal import Glibc

/// The one thread all bus connections of the process live on: an epoll loop that is their actors' executor.
///
/// It is started with the first connection and never stopped: a loop that ends with its connection could take its last
/// turn after the actor is gone.
final class EventLoop: SerialExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var sources: [UInt32: any EventSource] = [:]
        var lastSource: UInt32 = 0
        var isAsleep = false
    }

    private static let running = Mutex<EventLoop?>(nil)

    private let state = Mutex(State())
    private let poller: Int32
    private let bell: Int32
    private let threadMark: pthread_key_t

    /// The loop of this process, started now if it was not yet.
    /// - Throws: `LimitsExceeded` when the kernel gives no descriptor or thread.
    static func shared() throws(DBusError) -> EventLoop {
        try running.withLock { (running: inout EventLoop?) throws(DBusError) -> EventLoop in
            if let running { return running }
            let loop = try EventLoop()
            try loop.start()
            running = loop
            return loop
        }
    }

    private init() throws(DBusError) {
        poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        bell = eventfd(0, Int32(EFD_CLOEXEC) | Int32(EFD_NONBLOCK))
        var mark = pthread_key_t()
        let marked = pthread_key_create(&mark, nil)
        threadMark = mark
        guard poller >= 0, bell >= 0, marked == 0 else { throw Self.refused("descriptors", errno) }
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: 0))
        guard epoll_ctl(poller, EPOLL_CTL_ADD, bell, &event) == 0 else { throw Self.refused("an eventfd", errno) }
    }

    private func start() throws(DBusError) {
        let code = Self.startThread(Unmanaged.passRetained(self).toOpaque())
        guard code == 0 else { throw Self.refused("a thread", code) }
    }

    /// Starts a thread that takes no signals: those are for the program's other threads.
    private static func startThread(_ context: UnsafeMutableRawPointer) -> Int32 {
        var everySignal = sigset_t()
        var before = sigset_t()
        sigfillset(&everySignal)
        pthread_sigmask(SIG_SETMASK, &everySignal, &before)
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, runEventLoop, context)
        pthread_sigmask(SIG_SETMASK, &before, nil)
        if code == 0 { pthread_detach(thread) }
        return code
    }

    /// The whole life of the thread.
    fileprivate func live() -> Never {
        pthread_setspecific(threadMark, Unmanaged.passUnretained(self).toOpaque())
        run()
    }

    private static func refused(_ what: String, _ code: Int32) -> DBusError {
        DBusError(
            name: DBusError.Name.limitsExceeded,
            message: "the kernel gave no \(what): \(String(cString: strerror(code)))",
            operation: "starting the event loop")
    }

    // MARK: Executor

    /// Whether the caller runs on the loop's thread.
    var isCurrent: Bool { pthread_getspecific(threadMark) != nil }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustWake = state.withLock { state in
            state.jobs.append(job)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { ring() }
    }

    func checkIsolated() {
        precondition(isCurrent, "not on the thread of the bus connections")
    }

    func isIsolatingCurrentContext() -> Bool? { isCurrent }

    /// Wakes the thread from epoll_wait.
    ///
    /// An eventfd refuses only when it is full, and then it wakes anyway.
    private func ring() {
        eventfd_write(bell, 1)
    }

    // MARK: Sources

    /// Takes a source in; its number is never given twice.
    func add(_ source: any EventSource) -> UInt32 {
        state.withLock { state in
            state.lastSource += 1
            state.sources[state.lastSource] = source
            return state.lastSource
        }
    }

    /// Lets a source go; it is called no more once the loop's present turn has passed it.
    func remove(source: UInt32) {
        state.withLock { $0.sources[source] = nil }
    }

    /// Sets what the kernel shall tell a source of one of its file descriptors; 0 ends it.
    func watch(_ fileDescriptor: Int32, for source: UInt32, events: UInt32, before: UInt32) {
        // Source 0 is the bell, and the low half tells which of the source's descriptors it is.
        let mark = UInt64(source) << 32 | UInt64(UInt32(bitPattern: fileDescriptor))
        var event = epoll_event(events: events, data: epoll_data_t(u64: mark))
        let operation = events == 0 ? EPOLL_CTL_DEL : before == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
        epoll_ctl(poller, operation, fileDescriptor, &event)
    }

    // MARK: The thread

    private func run() -> Never {
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while true {
            let next = work()
            let count = epoll_wait(poller, &events, Int32(events.count), fallAsleep(until: next))
            state.withLock { $0.isAsleep = false }
            for event in events.prefix(Int(max(count, 0))) { deliver(event) }
        }
    }

    /// Runs what waits to be run, lets every source settle, and answers when one wants to be called again.
    ///
    /// Nothing is held on to afterwards: the thread may sleep for long.
    private func work() -> UInt64? {
        let (jobs, sources) = state.withLock { state in
            defer { state.jobs = [] }
            return (state.jobs, state.sources.values)
        }
        let executor = asUnownedSerialExecutor()
        for job in jobs { job.runSynchronously(on: executor) }
        let now = MonotonicTime.now()
        return sources.compactMap { $0.settle(now) }.min()
    }

    /// Answers the timeout for epoll_wait, in milliseconds; from here on new jobs ring the bell.
    private func fallAsleep(until next: UInt64?) -> Int32 {
        let hasJobs = state.withLock { state in
            state.isAsleep = state.jobs.isEmpty
            return !state.jobs.isEmpty
        }
        if hasJobs { return 0 }
        guard let next else { return -1 }
        let now = MonotonicTime.now()
        return next <= now ? 0 : Int32(min((next - now) / 1_000_000 + 1, 60_000))
    }

    private func deliver(_ event: epoll_event) {
        let number = UInt32(event.data.u64 >> 32)
        guard number != 0 else {
            var rings: eventfd_t = 0
            eventfd_read(bell, &rings)
            return
        }
        let fileDescriptor = Int32(bitPattern: UInt32(truncatingIfNeeded: event.data.u64))
        state.withLock { $0.sources[number] }?.ready(fileDescriptor, event.events)
    }
}

/// What the thread begins with.
private func runEventLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    Unmanaged<EventLoop>.fromOpaque(context).takeUnretainedValue().live()
}
