internal import Glibc

/// A file descriptor that came or goes over the bus; it is closed with its last reference.
public final class UnixFD: Sendable, Hashable {
    /// The open descriptor; do not close it.
    public let fileDescriptor: Int32

    /// Takes over an open descriptor.
    public init(owning fileDescriptor: Int32) {
        self.fileDescriptor = fileDescriptor
    }

    /// Makes a copy of an open descriptor, closed on exec; the given one stays the caller's.
    /// - Throws: `LimitsExceeded` or `InvalidArgs` when the kernel makes no copy.
    public init(duplicating fileDescriptor: Int32) throws(DBusError) {
        let copy = fcntl(fileDescriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else {
            let code = errno
            let name = code == EBADF ? DBusError.Name.invalidArguments : DBusError.Name.limitsExceeded
            throw DBusError(
                name: name, message: String(cString: strerror(code)),
                operation: "copying file descriptor \(fileDescriptor)")
        }
        self.fileDescriptor = copy
    }

    deinit {
        close(fileDescriptor)
    }

    /// Equal are references to the same open descriptor of this process.
    public static func == (left: UnixFD, right: UnixFD) -> Bool {
        left.fileDescriptor == right.fileDescriptor
    }

    /// Feeds the descriptor's number to the hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(fileDescriptor)
    }
}
