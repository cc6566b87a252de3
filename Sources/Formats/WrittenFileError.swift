/// Why a file that a person wrote cannot be used: every mistake, with its place.
public struct WrittenFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One mistake.
    public struct Mistake: Sendable, Hashable {
        /// Line, from 1.
        public var line: Int
        /// Column, from 1, in Unicode scalars.
        public var column: Int
        /// What is wrong.
        public var problem: String
        /// What to do.
        public var advice: String

        /// Makes a mistake.
        public init(line: Int, column: Int, problem: String, advice: String) {
            self.line = line
            self.column = column
            self.problem = problem
            self.advice = advice
        }
    }

    /// The file.
    public var file: String
    /// Its mistakes, from top to bottom; at least one.
    public var mistakes: [Mistake]

    /// Makes an error.
    /// - Parameters:
    ///   - file: the name of the file.
    ///   - text: what stands in it. Yams takes its end for a line of its own; such mistakes go to the last line there is.
    ///   - mistakes: at least one, in any order.
    public init(file: String, text: String, mistakes: [Mistake]) {
        self.file = file
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
        self.mistakes = mistakes.map { mistake in
            guard mistake.line > lines else { return mistake }
            return Mistake(line: lines, column: 1, problem: mistake.problem, advice: mistake.advice)
        }
        .sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// How many mistakes there are, then one line for each: file, line, column, what is wrong and what to do.
    public var description: String {
        let count = mistakes.count == 1 ? "1 mistake" : "\(mistakes.count) mistakes"
        let lines = mistakes.map {
            "  \(file):\($0.line):\($0.column): \($0.problem). \($0.advice)\($0.advice.hasSuffix("?") ? "" : ".")"
        }
        return (["\(file) has \(count):"] + lines).joined(separator: "\n")
    }
}
