import Glibc

/// A folder of exported files: folders made are 0700, files 0600, each complete or not there at all.
struct OutputFolder {
    let path: String

    /// Opens a folder, making it and those above it where they are missing.
    /// - Throws: `Failure` naming what could not be made.
    init(path: String) throws {
        self.path = path
        try Self.make(path)
    }

    /// Writes a file in pieces; it appears under its name only when it is whole.
    /// - Throws: `Failure` naming the file and what to do next.
    func write(_ name: String, _ produce: (_ sink: ([UInt8]) throws -> Void) throws -> Void) throws {
        let file = "\(path)/\(name)"
        let partial = "\(file).partial"
        unlink(partial)
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("write \(file)") }
        do {
            try produce { bytes in try Self.put(bytes, into: descriptor, of: file) }
            guard fsync(descriptor) == 0 else { throw Self.failure("write \(file)") }
        } catch {
            close(descriptor)
            unlink(partial)
            throw error
        }
        guard close(descriptor) == 0, rename(partial, file) == 0 else { throw Self.failure("write \(file)") }
    }

    private static func put(_ bytes: [UInt8], into descriptor: Int32, of file: String) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write \(file)") }
            offset += count
        }
    }

    private static func make(_ folder: String) throws {
        var information = stat()
        if folder.isEmpty || stat(folder, &information) == 0 {
            guard folder.isEmpty || information.st_mode & S_IFMT == S_IFDIR else {
                throw Failure(.failed, "\(folder) is a file, not a folder. Choose another with --to.")
            }
            return
        }
        if let slash = folder.lastIndex(of: "/"), slash != folder.startIndex { try make(String(folder[..<slash])) }
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure("make the folder \(folder)") }
    }

    private static func failure(_ what: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(
            .failed, "could not \(what): \(reason). Choose another folder with --to. Nothing of the session was lost.")
    }
}
