import Glibc

/// A disk with hardly any room, `disk` in a test's folder; only root can have one.
final class TinyDisk: Sendable {
    private let scratch: Scratch

    /// Mounts it; nil where that is not allowed.
    init?(in scratch: Scratch, kilobytes: Int) {
        self.scratch = scratch
        let path = scratch.path("disk")
        guard geteuid() == 0, mkdir(path, 0o700) == 0,
            mount("tmpfs", path, "tmpfs", UInt(MS_NOSUID | MS_NODEV), "size=\(kilobytes)k") == 0
        else { return nil }
    }

    /// From now on nothing can be written on it.
    func makeReadOnly() -> Bool {
        mount("tmpfs", scratch.path("disk"), "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0
    }

    deinit { umount2(scratch.path("disk"), Int32(MNT_DETACH)) }

    /// Whether this machine lets us have one.
    static let isPossible: Bool = {
        guard let scratch = try? Scratch() else { return false }  // no folder, no disk
        return TinyDisk(in: scratch, kilobytes: 8) != nil
    }()
}
