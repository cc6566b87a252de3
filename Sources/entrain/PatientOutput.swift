import Glibc

/// Standard output for a program that goes on whether anybody reads or not: what cannot be written waits, and nobody
/// waits for it.
actor PatientOutput {
    /// How often it is tried again, machine time.
    static let pause = Duration.milliseconds(50)

    private let descriptor: Int32
    private var waiting: [UInt8] = []
    private(set) var isGone = false

    init() {
        var status = stat()
        let isPipe = fstat(STDOUT_FILENO, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
        // Opened once more, because the descriptor itself is shared with the shell, which must find it as it was.
        let own =
            isPipe || StandardOutput.isTerminal
            ? open("/proc/self/fd/\(STDOUT_FILENO)", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC) : -1
        descriptor = own >= 0 ? own : STDOUT_FILENO
    }

    deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }

    /// Writes a line, now or as soon as somebody reads.
    func line(_ text: String) {
        guard !isGone else { return }
        waiting += Array((text + "\n").utf8)
        pump()
    }

    /// Waits until everything is written.
    /// - Returns: whether it is; false when nobody read for so long, or nobody is there any more.
    func drained(within patience: Duration) async -> Bool {
        let end = ContinuousClock.now.advanced(by: patience)
        pump()
        while !isGone, !waiting.isEmpty, ContinuousClock.now < end {
            do { try await Task.sleep(for: Self.pause) } catch { break }
            pump()
        }
        return !isGone && waiting.isEmpty
    }

    /// Tries what waits, until cancelled.
    func keepTrying() async {
        while !Task.isCancelled {
            pump()
            do { try await Task.sleep(for: Self.pause) } catch { return }
        }
    }

    private func pump() {
        while !isGone, !waiting.isEmpty {
            let count = waiting.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                waiting.removeFirst(count)
            } else if errno == EAGAIN {
                return
            } else if errno != EINTR {
                isGone = true
                waiting = []
            }
        }
    }
}
