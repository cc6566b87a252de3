internal import Glibc

/// How a child ended.
public enum ChildEnding: Sendable, Hashable {
    /// By itself, with this exit status, 0 to 255.
    case exited(Int32)
    /// By a signal.
    case killed(signal: Int32)

    /// Reads what wait(2) tells of a child that has ended.
    public init(waitStatus: Int32) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .exited((waitStatus >> 8) & 0xFF) : .killed(signal: signal)
    }

    /// Waits for a child's end; blocks.
    /// - Returns: nil when there is no such child, or another part of this process has waited for it.
    public static func wait(for identifier: Int32) -> ChildEnding? {
        var status: Int32 = 0
        while true {
            let answer = waitpid(identifier, &status, 0)
            if answer == identifier { return ChildEnding(waitStatus: status) }
            guard answer < 0, errno == EINTR else { return nil }
        }
    }

    /// What a shell calls it: the exit status, or 128 and the signal's number.
    public var shellStatus: Int32 {
        switch self {
        case .exited(let status): status
        case .killed(let signal): 128 + signal
        }
    }
}
