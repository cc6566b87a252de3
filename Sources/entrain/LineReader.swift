import Glibc
import Programs

/// The lines that a person, or a pipe, sends to stdin.
enum LineReader {
    private static let longest = 4096

    /// The lines without their line feeds; ends with the input.
    static func lines() -> AsyncStream<String> {
        let (stream, sink) = AsyncStream.makeStream(of: String.self)
        BackgroundThread.start {
            var rest: [UInt8] = []
            var piece = [UInt8](repeating: 0, count: 1024)
            while true {
                let count = read(STDIN_FILENO, &piece, piece.count)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                rest += piece[..<count]
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    sink.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest.removeSubrange(...end)
                }
                // A line that never ends is no answer.
                if rest.count > longest { rest = [] }
            }
            if !rest.isEmpty { sink.yield(String(decoding: rest, as: UTF8.self)) }
            sink.finish()
        }
        return stream
    }
}
