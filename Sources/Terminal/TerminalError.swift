internal import Glibc

/// What can go wrong between this program and a terminal.
///
/// Each case carries the file descriptor it happened on and, where the system gave one, its error number (`errno`).
public enum TerminalError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The descriptor is not a terminal, so it has no raw mode and no size.
    case notATerminal(descriptor: Int32)
    /// The terminal's mode could not be read.
    case modeNotRead(descriptor: Int32, code: Int32)
    /// The terminal's mode could not be set.
    case modeNotSet(descriptor: Int32, code: Int32)
    /// Writing to the terminal failed; it may have been closed.
    case writeFailed(descriptor: Int32, code: Int32)
    /// No pipe or thread could be made to read keys with.
    case keyboardNotStarted(code: Int32)

    /// What failed, on what, and what to do next.
    public var description: String {
        switch self {
        case .notATerminal(let descriptor):
            "descriptor \(descriptor) is not a terminal; use --screen plain, or run this in a terminal window"
        case .modeNotRead(let descriptor, let code):
            "the mode of terminal \(descriptor) could not be read (\(Self.text(code))); try --screen plain"
        case .modeNotSet(let descriptor, let code):
            "the mode of terminal \(descriptor) could not be set (\(Self.text(code))); try --screen plain"
        case .writeFailed(let descriptor, let code):
            "writing to terminal \(descriptor) failed (\(Self.text(code))); was its window closed?"
        case .keyboardNotStarted(let code):
            "keys cannot be read (\(Self.text(code))); end some programs, or use --screen plain"
        }
    }

    /// Whether the terminal is there and takes nothing for the moment, because nobody reads what was written before.
    public var isStuck: Bool {
        if case .writeFailed(_, EAGAIN) = self { true } else { false }
    }

    private static func text(_ code: Int32) -> String {
        guard let message = strerror(code) else { return "error \(code)" }
        return String(cString: message)
    }
}
