import FoundationEssentials
import Glibc

/// Files of answers that people name.
enum SurveyInput {
    /// The largest file, bytes.
    static let longest = 32 << 20

    /// Every byte of a file; `-` is standard input.
    /// - Throws: `Failure` saying what is the matter with it.
    static func bytes(_ path: String) throws -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw Failure(.notFound, "cannot read \(path): \(String(cString: strerror(errno))). Check the name.")
        }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= longest {
            let count = read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Failure(.failed, "cannot read \(path): \(String(cString: strerror(errno))). Name a file.")
            }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
        throw Failure(.failed, "\(path) has more than \(longest >> 20) MB: it is no file of answers.")
    }

    /// Whether a person sits at standard input.
    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }
}
