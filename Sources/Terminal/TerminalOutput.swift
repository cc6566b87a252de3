internal import Glibc

/// Writing to a file descriptor until all of it is out.
enum TerminalOutput {
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(TerminalError) {
        var written = 0
        while written < bytes.count {
            let (count, code) = bytes.withUnsafeBytes { buffer in
                let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
                return (count, errno)
            }
            if count >= 0 {
                written += count
            } else if code == EAGAIN {
                var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&request, 1, -1)
            } else if code != EINTR {
                throw .writeFailed(descriptor: descriptor, code: code)
            }
        }
    }
}
