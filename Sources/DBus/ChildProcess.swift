import Programs
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
        return try await Starter(loop: loop).start(arguments, log: log)
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
            var child = ChildProgram("setpriv", ["--pdeathsig", "KILL", "--"] + arguments)
            child.output = .file(log)
            child.errors = .descriptor(1)
            let identifier: Int32
            do { identifier = try child.start() } catch {
                throw DBusError(
                    name: DBusError.Name.spawnFailed, message: error.description,
                    operation: "starting \(arguments.joined(separator: " "))")
            }
            return ChildProcess(identifier)
        }
    }
}
