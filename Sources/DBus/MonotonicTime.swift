internal import Glibc

/// The machine's own monotonic clock, which deadlines of calls go by whatever the session clock shows.
enum MonotonicTime {
    /// Nanoseconds since the machine started.
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// The time that lies `duration` after now; a century stands for whatever is longer.
    static func after(_ duration: Duration) -> UInt64 {
        let century: Int64 = 3_155_760_000
        let parts = duration.components
        guard parts.seconds >= 0, parts.attoseconds >= 0 else { return now() }
        let seconds = UInt64(min(parts.seconds, century))
        return now() + seconds * 1_000_000_000 + UInt64(parts.attoseconds / 1_000_000_000)
    }
}
