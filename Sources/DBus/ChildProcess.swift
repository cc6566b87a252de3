import Synchronization
internal import Glibc

/// A process of ours that dies with us: it is killed when this object goes, and by the kernel when this process dies
/// without a word.
final class ChildProcess: Sendable {
    private let identifier: pid_t
    private let isReaped = Mutex(false)

    private init(_ identifier: pid_t) {
        self.identifier = identifier
    }

    deinit {
        stop()
    }

    /// Starts a program with nothing to read, its output going to a file.
    ///
    /// The program is started by way of `setpriv`, which asks the kernel for a SIGKILL once the starting thread is gone.
    /// That is the event loop's thread, which lives as long as the process does.
    /// - Throws: `Spawn.Failed` when it cannot be started.
    static func start(_ arguments: [String], log: String) async throws(DBusError) -> ChildProcess {
        let loop = try EventLoop.shared()
        return try await Starter(loop: loop).start(["setpriv", "--pdeathsig", "KILL", "--"] + arguments, log: log)
    }

    /// Whether the process has ended of its own accord.
    var hasEnded: Bool { reap(WNOHANG) }

    /// Kills the process and waits for its end, which takes the kernel a moment.
    func stop() {
        isReaped.withLock { isReaped in
            guard !isReaped else { return }
            kill(identifier, SIGKILL)
        }
        _ = reap(0)
    }

    private func reap(_ options: Int32) -> Bool {
        isReaped.withLock { isReaped in
            var status: Int32 = 0
            while !isReaped {
                let answer = waitpid(identifier, &status, options)
                if answer == 0 { return false }
                // ECHILD: somebody else in this process has reaped it.
                isReaped = answer == identifier || errno == ECHILD
            }
            return true
        }
    }

    /// Does the starting on the event loop's thread.
    private actor Starter {
        private nonisolated let loop: EventLoop
        nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

        init(loop: EventLoop) {
            self.loop = loop
        }

        func start(_ arguments: [String], log: String) throws(DBusError) -> ChildProcess {
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
            var attributes = posix_spawnattr_t()
            posix_spawnattr_init(&attributes)
            defer { posix_spawnattr_destroy(&attributes) }
            // Neither our blocked and ignored signals nor a Ctrl-C meant for us shall reach it.
            var signals = sigset_t()
            sigemptyset(&signals)
            posix_spawnattr_setsigmask(&attributes, &signals)
            sigfillset(&signals)
            posix_spawnattr_setsigdefault(&attributes, &signals)
            posix_spawnattr_setpgroup(&attributes, 0)
            let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
            posix_spawnattr_setflags(&attributes, Int16(flags))
            let words = arguments.map { strdup($0) } + [nil]
            defer { for word in words { free(word) } }
            var identifier: pid_t = 0
            let code = posix_spawnp(&identifier, arguments[0], &actions, &attributes, words, environ)
            guard code == 0 else {
                throw DBusError(
                    name: DBusError.Name.spawnFailed, message: String(cString: strerror(code)),
                    operation: "starting \(arguments.joined(separator: " "))")
            }
            return ChildProcess(identifier)
        }
    }
}
