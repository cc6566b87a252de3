import Testing

/// Something that goes wrong: a command line, and what the person is told.
///
/// `%` stands for the test's own folder.
struct Mishap: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var status: Int32
    var phrases: [String]
    var environment: [String: String] = [:]

    init(_ arguments: String, _ status: Int32, _ phrases: String..., environment: [String: String] = [:]) {
        self.arguments = arguments.split(separator: " ").map(String.init)
        self.status = status
        self.phrases = phrases
        self.environment = environment
    }

    var testDescription: String { arguments.joined(separator: " ") }

    /// Lets it happen.
    func happen(in scratch: Scratch, environment more: [String: String] = [:]) async throws -> Program.Ending {
        try await Program.run(
            [Program.binary] + arguments.map { $0.replacing("%", with: scratch.folder) },
            environment: environment.merging(more) { _, new in new })
    }

    /// Checks what was told: the status, the phrases, one sentence on stderr for people, and nothing of the machinery.
    func check(_ ending: Program.Ending, in scratch: Scratch) {
        #expect(ending.status == status, "\(ending)")
        for phrase in phrases {
            let wanted = phrase.replacing("%", with: scratch.folder)
            #expect(ending.errors.contains(wanted), "\(wanted): \(ending)")
        }
        #expect(ending.errors.hasPrefix("entrain: ") || ending.errors.hasPrefix("Error: "), "\(ending)")
        for word in ["Fatal error", "Stack dump", "Backtrace", "Thread 0", ".swift:", "DBusError(", "StoreError("] {
            #expect(!ending.errors.contains(word), "\(ending)")
        }
        #expect(ending.output.isEmpty, "\(ending)")
    }
}
