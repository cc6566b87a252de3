import ArgumentParser

/// Turns every error of a room into a sentence and an exit status.
enum Failing {
    /// Runs a command's work.
    /// - Throws: `Failure`, or what the argument parser understands.
    static func run(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let failure as Failure {
            throw failure
        } catch let code as ExitCode {
            throw code
        } catch {
            throw Failure(error)
        }
    }
}
