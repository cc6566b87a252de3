internal import Glibc

/// A file descriptor that is written to without waiting for whoever reads there.
///
/// A terminal is opened once more for that: the descriptor itself is shared with the shell, which must find it as it
/// was. Where that is not allowed, and for pipes, only what is certain to be taken is written at once.
public final class NonblockingOutput: Sendable {
    /// The descriptor that was given; it is not closed.
    public let descriptor: Int32
    private let own: Int32?

    /// What a pipe takes whole when it takes anything (`PIPE_BUF`), bytes.
    private static let piece = 4096

    /// Prepares a descriptor.
    public init(_ descriptor: Int32) {
        self.descriptor = descriptor
        guard isatty(descriptor) == 1 else {
            own = nil
            return
        }
        let opened = open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        own = opened < 0 ? nil : opened
    }

    deinit {
        if let own { close(own) }
    }

    /// Writes as much as is taken now.
    /// - Returns: how many bytes were taken; fewer than there are when nobody reads for the moment.
    /// - Throws: `TerminalError.writeFailed` where nobody will ever read again.
    public func write(_ bytes: ArraySlice<UInt8>) throws(TerminalError) -> Int {
        var written = 0
        while written < bytes.count, takes(waiting: 0) {
            let count = attempt(bytes.dropFirst(written))
            if count >= 0 {
                written += count
            } else if errno == EAGAIN {
                return written
            } else if errno != EINTR {
                throw .writeFailed(descriptor: descriptor, code: errno)
            }
        }
        return written
    }

    /// Writes everything, and waits for whoever reads.
    /// - Parameters:
    ///   - bytes: what is written.
    ///   - patience: how long nothing may be taken, milliseconds; -1 for ever.
    /// - Returns: whether all of it was taken.
    /// - Throws: `TerminalError.writeFailed` where nobody will ever read again.
    public func write(_ bytes: [UInt8], patience: Int32) throws(TerminalError) -> Bool {
        var rest = bytes[...]
        while true {
            rest = rest.dropFirst(try write(rest))
            if rest.isEmpty { return true }
            guard takes(waiting: patience) else { return false }
        }
    }

    /// Whether something can be written, or fails at once.
    private func takes(waiting patience: Int32) -> Bool {
        guard descriptor >= 0, patience != 0 || own == nil else { return true }
        var request = pollfd(fd: own ?? descriptor, events: Int16(POLLOUT), revents: 0)
        while true {
            let ready = poll(&request, 1, patience)
            if ready >= 0 || errno != EINTR { return ready != 0 }
        }
    }

    private func attempt(_ bytes: ArraySlice<UInt8>) -> Int {
        let piece = own == nil ? bytes.prefix(Self.piece) : bytes
        return piece.withUnsafeBytes { Glibc.write(own ?? descriptor, $0.baseAddress, $0.count) }
    }
}
