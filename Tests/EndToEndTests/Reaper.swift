import Glibc
import Synchronization

/// Waits for a process of ours, once.
final class Reaper: Sendable {
    private let identifier: pid_t
    private let known = Mutex<Int32?>(nil)

    init(_ identifier: pid_t) {
        self.identifier = identifier
    }

    /// Whether the process has ended.
    var hasEnded: Bool { reap(WNOHANG) }

    /// Waits for its end, however long that takes.
    func wait() { _ = reap(0) }

    /// Its exit status, or the negative number of the signal that ended it; 0 while it runs.
    var status: Int32 {
        let word = known.withLock { $0 } ?? 0
        let signal = word & 0x7F
        return signal == 0 ? (word >> 8) & 0xFF : -signal
    }

    private func reap(_ options: Int32) -> Bool {
        known.withLock { known in
            var word: Int32 = 0
            while known == nil {
                let answer = waitpid(identifier, &word, options)
                if answer == 0 { return false }
                if answer == identifier { known = word }
                if answer < 0, errno != EINTR { known = 0 }
            }
            return true
        }
    }
}
