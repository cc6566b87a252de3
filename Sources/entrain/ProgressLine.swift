import Glibc
import Programs
import Synchronization
import Terminal

/// A line on stderr that says what takes so long: only on a terminal, and only after a second.
final class ProgressLine: Sendable {
    private struct State {
        var text = ""
        var shown = ""
        var isFinished = false
    }

    private static let patience = UInt32(1_000_000)
    private static let pause = UInt32(200_000)
    /// Shorter than a line of any terminal in use, for a line that wraps cannot be taken away.
    private static let columns = 75

    private let state = Mutex(State())
    private let isWanted: Bool

    /// Begins to wait.
    init() {
        isWanted = isatty(STDERR_FILENO) == 1
        guard isWanted else { return }
        BackgroundThread.start { [self] in
            usleep(Self.patience)
            while draw() { usleep(Self.pause) }
        }
    }

    /// What is being done now.
    func show(_ text: String) {
        guard isWanted else { return }
        state.withLock { $0.text = DisplayWidth.fit(text, columns: Self.columns) }
    }

    /// Takes the line away and writes something else to stderr.
    func tell(_ message: String) {
        clear()
        StandardError.write(message)
    }

    /// Takes the line away, so that something else may be written.
    func clear() {
        state.withLock { state in
            if !state.shown.isEmpty { StandardError.write("\r\u{1B}[K") }
            state.shown = ""
        }
    }

    /// Takes the line away for good.
    func finish() {
        state.withLock { $0.isFinished = true }
        clear()
    }

    /// Draws the line where it has changed; false when there is nothing more to draw.
    private func draw() -> Bool {
        state.withLock { state in
            guard !state.isFinished else { return false }
            if state.text != state.shown, !state.text.isEmpty {
                StandardError.write("\r\u{1B}[K\(state.text) ...")
                state.shown = state.text
            }
            return true
        }
    }
}
