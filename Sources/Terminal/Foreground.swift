internal import Glibc

/// Whether a terminal is this program's to draw on.
public enum Foreground {
    /// Whether the program's process group has the terminal's foreground, or the terminal knows of none.
    public static func isOurs(descriptor: Int32) -> Bool {
        let group = tcgetpgrp(descriptor)
        return group < 0 || group == getpgrp()
    }
}
