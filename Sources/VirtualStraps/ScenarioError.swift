/// Why a scenario cannot be used.
public struct ScenarioError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public var file: String
    /// The line, from 1; nil when the file as a whole is meant.
    public var line: Int?
    /// What is wrong.
    public var problem: String
    /// What to do about it.
    public var advice: String

    /// Makes an error.
    public init(file: String, line: Int?, problem: String, advice: String) {
        self.file = file
        self.line = line
        self.problem = problem
        self.advice = advice
    }

    /// One line: file, line, what is wrong, and what to do.
    public var description: String {
        "\(file)\(line.map { ":\($0)" } ?? ""): \(problem). \(advice)."
    }
}
