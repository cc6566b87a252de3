import Formats
import Glibc

/// Files that people name.
enum InputFile {
    /// Why a file could not be read.
    struct Trouble: Error, CustomStringConvertible {
        let description: String
    }

    private static let pieceSize = 1 << 18

    /// Reads intervals piece by piece; `-` is standard input.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - name: what people call it.
    ///   - code: whose beats are wanted.
    ///   - watching: given every piece as it is read.
    ///   - progress: told the share read so far, where the length is known.
    /// - Returns: what was read.
    /// - Throws: `Trouble` or `RRFileError`, saying what it is and what to do.
    static func recording(
        _ path: String, name: String, code: String?, watching: (ArraySlice<UInt8>) -> Void = { _ in },
        progress: (Double) -> Void
    ) throws -> RRFile {
        let (descriptor, size) = try opened(path, name: name)
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var reader = RRReader(name: name, code: code)
        var piece = [UInt8](repeating: 0, count: pieceSize)
        var done = 0
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw trouble(name, errno) }
            if count == 0 { return try reader.finish() }
            try piece.withUnsafeBufferPointer { try reader.read(UnsafeBufferPointer(rebasing: $0[..<count])) }
            watching(piece[..<count])
            done += count
            if size > 0 { progress(min(1, Double(done) / Double(size))) }
        }
    }

    /// A descriptor that waits for what it reads, and the length of a regular file, 0 for a pipe.
    private static func opened(_ path: String, name: String) throws(Trouble) -> (descriptor: Int32, size: Int) {
        guard path != "-" else { return (STDIN_FILENO, try size(of: STDIN_FILENO, name, isPath: false) ?? 0) }
        // Without waiting, so that nothing hangs before it is known what it is.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw trouble(name, errno) }
        do {
            if let size = try size(of: descriptor, name, isPath: true) { return (descriptor, size) }
        } catch {
            close(descriptor)
            throw error
        }
        // A named pipe may have no writer yet; until one has come there is nothing to read and no end either.
        var news = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&news, 1, -1) < 0, errno == EINTR {}
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        return (descriptor, 0)
    }

    /// The length of a regular file; nil for a pipe.
    private static func size(of descriptor: Int32, _ name: String, isPath: Bool) throws(Trouble) -> Int? {
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw trouble(name, errno) }
        switch information.st_mode & S_IFMT {
        case S_IFREG: return Int(information.st_size)
        case S_IFIFO: return nil
        case S_IFDIR: throw Trouble(description: "\(name) is a folder. Name a file in it.")
        case S_IFSOCK where !isPath, S_IFCHR where !isPath: return nil
        default:
            throw Trouble(
                description: "\(name) is a device, no file. Name a file of RR intervals, or - for standard input.")
        }
    }

    private static func trouble(_ name: String, _ code: Int32) -> Trouble {
        let advice: String
        switch code {
        case ENOENT: advice = "Check the name."
        case EACCES, EPERM: advice = "Ask for the right to read it."
        case EIO: advice = "Check the disk it lies on."
        default: advice = "Name a file of RR intervals."
        }
        return Trouble(description: "cannot read \(name): \(String(cString: strerror(code))). \(advice)")
    }
}
