import Glibc
import Synchronization

/// A lock file that a running session holds (`flock`).
///
/// The system lets go of it when the process dies, however it dies;
/// that is how another process tells a running session from an interrupted one.
final class SessionLock: Sendable {
    private let path: String
    private let descriptor: Mutex<Int32?>

    /// Takes the lock; nil when somebody else holds it.
    /// - Throws: `StoreError` when the file cannot be made.
    init?(taking path: String) throws(StoreError) {
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, DataFolder.fileMode)
        guard opened >= 0 else {
            throw errno == ENOSPC || errno == EDQUOT
                ? StoreError(.diskFull, path)
                : StoreError(.inputOutput, path, detail: String(cString: strerror(errno)))
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            return nil
        }
        self.path = path
        descriptor = Mutex(opened)
    }

    deinit { release(removing: false) }

    /// Lets go; nothing happens the second time.
    func release(removing: Bool) {
        descriptor.withLock { held in
            guard let opened = held else { return }
            if removing { unlink(path) }
            close(opened)
            held = nil
        }
    }

    /// Whether some process, this one included, holds the lock.
    static func isHeld(_ path: String) -> Bool {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return false }
        defer { close(opened) }
        return flock(opened, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
