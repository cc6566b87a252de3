import Glibc

/// Asks another program something on its command line.
enum ProgramOutput {
    /// What a program writes to its standard output; nil when it cannot be run or does not end in time.
    /// - Parameters:
    ///   - arguments: its path and its arguments.
    ///   - limit: how long it may take, in the machine's time.
    /// - Returns: its output, at most 4096 bytes.
    static func of(_ arguments: [String], within limit: Duration) async -> String? {
        await withCheckedContinuation { continuation in
            // Waiting for a pipe blocks, so it happens on a thread of its own.
            var thread = pthread_t()
            let question = Question(arguments: arguments, limit: limit, answer: { continuation.resume(returning: $0) })
            let box = Unmanaged.passRetained(question)
            let code = pthread_create(
                &thread, nil,
                { box in
                    guard let box else { return nil }
                    Unmanaged<Question>.fromOpaque(box).takeRetainedValue().run()
                    return nil
                }, box.toOpaque())
            guard code == 0 else {
                box.release()
                continuation.resume(returning: nil)
                return
            }
            pthread_detach(thread)
        }
    }

    private final class Question: Sendable {
        private let arguments: [String]
        private let limit: Duration
        private let answer: @Sendable (String?) -> Void

        init(arguments: [String], limit: Duration, answer: @escaping @Sendable (String?) -> Void) {
            self.arguments = arguments
            self.limit = limit
            self.answer = answer
        }

        func run() {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return answer(nil) }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            defer { close(ends[0]) }
            let child = start(writingTo: ends[1])
            close(ends[1])
            guard let child else { return answer(nil) }
            let output = read(ends[0])
            if output == nil { kill(child, SIGKILL) }
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            answer(status == 0 ? output : nil)
        }

        private func start(writingTo descriptor: Int32) -> pid_t? {
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
            var attributes = posix_spawnattr_t()
            posix_spawnattr_init(&attributes)
            defer { posix_spawnattr_destroy(&attributes) }
            var signals = sigset_t()
            sigemptyset(&signals)
            posix_spawnattr_setsigmask(&attributes, &signals)
            sigfillset(&signals)
            posix_spawnattr_setsigdefault(&attributes, &signals)
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
            let words = arguments.map { strdup($0) } + [nil]
            defer { for word in words { free(word) } }
            var child: pid_t = 0
            return posix_spawn(&child, arguments[0], &actions, &attributes, words, environ) == 0 ? child : nil
        }

        /// Everything until the end of the pipe; nil when the time is over before.
        private func read(_ descriptor: Int32) -> String? {
            let end = ContinuousClock.now.advanced(by: limit)
            var output: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 512)
            while output.count < 4096 {
                let left = ContinuousClock.now.duration(to: end)
                guard left > .zero else { return nil }
                var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
                guard poll(&request, 1, Int32(clamping: milliseconds + 1)) > 0 else { continue }
                let count = Glibc.read(descriptor, &buffer, buffer.count)
                if count <= 0 { break }
                output += buffer.prefix(count)
            }
            return String(decoding: output, as: UTF8.self)
        }
    }
}
