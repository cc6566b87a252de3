import FoundationEssentials
import Testing

/// The commands of a document, with what it says they print: blocks marked `console`, commands behind `$`.
struct Walk {
    struct Step {
        var command: String
        var output: [String]
    }

    let steps: [Step]

    /// Reads a document by its path from the root of the repository.
    init(_ path: String) throws {
        let text = try Self.text(path)
        var steps: [Step] = []
        var isConsole = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isConsole = line == "```console"
            } else if isConsole, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2)), output: []))
            } else if isConsole, !steps.isEmpty {
                steps[steps.count - 1].output.append(String(line))
            }
        }
        self.steps = steps
    }

    /// A file of the repository.
    static func text(_ path: String) throws -> String {
        let root = #filePath.dropLast("Tests/EndToEndTests/Walk.swift".count)
        let data = try #require(FileManager.default.contents(atPath: root + path), "cannot read \(path)")
        return String(decoding: data, as: UTF8.self)
    }
}
