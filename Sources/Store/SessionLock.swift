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
        Self.write("\(getpid())\n", to: opened)
        self.path = path
        descriptor = Mutex(opened)
    }

    /// Who holds it stands in it, for those who want to end the session from outside, and where it can be led from; a
    /// lock without that is one too.
    private static func write(_ text: String, to opened: Int32) {
        guard ftruncate(opened, 0) == 0 else { return }
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { pwrite(opened, $0.baseAddress, $0.count, 0) }
    }

    /// Says where the session can be led from, in one line below the process.
    func tell(_ line: String) {
        descriptor.withLock { held in
            if let opened = held { Self.write("\(getpid())\n\(line)\n", to: opened) }
        }
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

    /// The process that holds the lock; nil when nobody does, or when it did not say who it is.
    static func holder(_ path: String) -> Int32? { lines(path).first.flatMap { Int32($0) } }

    /// What the process that holds the lock told; nil when it told nothing.
    static func told(_ path: String) -> String? { lines(path).dropFirst().first }

    private static func lines(_ path: String) -> [String] {
        guard isHeld(path) else { return [] }
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { return [] }
        defer { close(opened) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(opened, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
