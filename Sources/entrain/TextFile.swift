import FoundationEssentials
import Glibc

/// Small texts that people name.
enum TextFile {
    /// Reads a regular file of UTF-8 text.
    /// - Parameters:
    ///   - path: the file.
    ///   - longest: the most bytes it may have.
    /// - Returns: its text, without a byte order mark.
    /// - Throws: `Failure` saying what is the matter with it.
    static func read(_ path: String, longest: Int) throws -> String {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw Failure(.notFound, "cannot read \(path): \(String(cString: strerror(errno))). Check the name.")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(.failed, "\(path) is no file. Name a text file.")
        }
        guard status.st_size <= longest else {
            throw Failure(.failed, "\(path) has more than \(longest / 1024) kB. Name a text file that a person wrote.")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(.failed, "cannot read \(path). Ask for the right to read it.")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw Failure(.failed, "\(path) is no UTF-8 text. Save it as UTF-8.")
        }
        return text.first == "\u{FEFF}" ? String(text.dropFirst()) : text
    }

    /// Writes a file, which appears under its name only when it is whole; one that is there is kept unless it may go.
    /// - Parameters:
    ///   - path: the file.
    ///   - text: what it is to hold.
    ///   - option: the option with which a person chooses another file.
    ///   - isReplacing: whether a file that is there may go.
    /// - Throws: `Failure` saying why not.
    static func create(_ path: String, _ text: String, option: String, isReplacing: Bool = false) throws {
        try create(path, bytes: Array(text.utf8), option: option, isReplacing: isReplacing)
    }

    /// The same with bytes.
    static func create(_ path: String, bytes: [UInt8], option: String, isReplacing: Bool = false) throws {
        func failure() -> Failure {
            Failure(
                .failed, "cannot write \(path): \(String(cString: strerror(errno))). Choose another with \(option).")
        }
        let partial = "\(path).partial"
        unlink(partial)
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        defer { unlink(partial) }
        let isWhole = put(bytes, into: descriptor) && fsync(descriptor) == 0
        guard isWhole else {
            defer { close(descriptor) }
            throw failure()
        }
        guard close(descriptor) == 0 else { throw failure() }
        guard (isReplacing ? rename(partial, path) : link(partial, path)) == 0 else {
            throw errno == EEXIST
                ? Failure(.failed, "there is a file \(path) already. Choose another with \(option).") : failure()
        }
    }

    private static func put(_ bytes: [UInt8], into descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
