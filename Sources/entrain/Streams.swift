import Glibc
import Synchronization
import Terminal

/// Data for people and programs.
enum StandardOutput {
    private static let stream = PatientStream(STDOUT_FILENO)

    /// Whether a person is looking.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes a text, all of it.
    /// - Returns: whether somebody still reads.
    @discardableResult
    static func write(_ text: String) -> Bool { stream.write(text) }

    /// Writes a line.
    @discardableResult
    static func line(_ text: String) -> Bool { write(text + "\n") }
}

/// Messages beside the data.
enum StandardError {
    private static let stream = PatientStream(STDERR_FILENO)

    /// Writes a text; when nobody reads there is nobody to tell.
    static func write(_ text: String) { _ = stream.write(text) }
}

/// How long this process waits for whoever reads what it writes: for ever, unless there is something that must go on.
enum Patience {
    /// Milliseconds that nothing may be taken, once limited.
    private static let limit: Int32 = 2000
    private static let limited = Atomic(false)

    /// From now on nobody who stops reading stops this process.
    static func setLimit() { limited.store(true, ordering: .releasing) }

    /// Milliseconds, -1 for ever.
    static var milliseconds: Int32 { limited.load(ordering: .acquiring) ? limit : -1 }
}

/// A stream that is written to until nobody reads it, or patience ends.
private final class PatientStream: Sendable {
    private let output: NonblockingOutput
    private let isGivenUp = Atomic(false)

    init(_ descriptor: Int32) { output = NonblockingOutput(descriptor) }

    func write(_ text: String) -> Bool {
        // Whoever did not read for so long is not waited for again, but may have come back.
        let patience = isGivenUp.load(ordering: .acquiring) ? 0 : Patience.milliseconds
        guard let isTaken = try? output.write(Array(text.utf8), patience: patience) else { return false }
        isGivenUp.store(!isTaken, ordering: .releasing)
        return isTaken
    }
}
