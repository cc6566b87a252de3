import Synchronization

/// Whether somebody pressed Ctrl-C while something is written that must not stay half done.
final class Interruption: Sendable {
    private enum Stage {
        case working, asked, over
    }

    private let stage = Mutex(Stage.working)

    /// Runs `work` with the first signal that ends a program put off until it looks; the second ends it at once.
    static func watched<Result>(_ work: (Interruption) throws -> Result) rethrows -> Result {
        let interruption = Interruption()
        Signals.take(Signals.fatal) { _ in interruption.ask() }
        defer { interruption.stage.withLock { $0 = .over } }
        return try work(interruption)
    }

    private func ask() -> Bool {
        stage.withLock { stage in
            guard stage == .working else { return false }
            stage = .asked
            return true
        }
    }

    /// Where a piece of work may end.
    /// - Throws: `Failure` when somebody wants it to end.
    func look() throws {
        guard stage.withLock({ $0 == .asked }) else { return }
        throw Failure(.stopped, "stopped: nothing was written.")
    }
}
