import CLinux
import Glibc

/// What a process that handles heart data does before anything else: files are its owner's alone, and no copy of its
/// memory reaches the disk when it crashes.
enum Hygiene {
    static func begin() {
        umask(0o077)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        // Nor may another program of the same account attach to it or read its memory (PR_SET_DUMPABLE, prctl(2)).
        entrain_forbid_dumps()
    }
}
