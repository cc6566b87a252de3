import Glibc

/// Data for people and programs.
enum StandardOutput {
    /// Whether a person is looking.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes a text, all of it.
    /// - Returns: whether somebody still reads.
    @discardableResult
    static func write(_ text: String) -> Bool { FileDescriptorText.write(text, to: STDOUT_FILENO) }

    /// Writes a line.
    @discardableResult
    static func line(_ text: String) -> Bool { write(text + "\n") }
}

/// Messages beside the data.
enum StandardError {
    /// Writes a text; when nobody reads there is nobody to tell.
    static func write(_ text: String) { _ = FileDescriptorText.write(text, to: STDERR_FILENO) }
}

private enum FileDescriptorText {
    static func write(_ text: String, to descriptor: Int32) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while let base = rest.baseAddress, !rest.isEmpty {
                let count = Glibc.write(descriptor, base, rest.count)
                if count < 0 {
                    if errno == EINTR || errno == EAGAIN { continue }
                    return false
                }
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
            return true
        }
    }
}
