public import Practice

/// Codes as people write many of them: `G1-01..G1-08,G2-03`.
public struct CodeRange: Sendable, Hashable {
    /// The codes, each once, in the order they were written.
    public let codes: [Code]

    /// Reads a list of codes and stretches of them.
    /// - Throws: `CodeRangeError` naming the part that is none, or the code that stands there twice.
    public init(_ text: String) throws(CodeRangeError) {
        var codes: [Code] = []
        for part in text.split(separator: ",") {
            let word = String(part.filter { $0 != " " })
            for code in try Self.stretch(word) {
                guard !codes.contains(code) else { throw CodeRangeError("\(code) stands there twice.") }
                codes.append(code)
            }
        }
        guard !codes.isEmpty else { throw CodeRangeError("name codes, such as G1-01..G1-08.") }
        self.codes = codes
    }

    private static func stretch(_ word: String) throws(CodeRangeError) -> [Code] {
        guard let dots = word.firstRange(of: "..") else { return [try code(word)] }
        let (first, last) = (try code(String(word[..<dots.lowerBound])), try code(String(word[dots.upperBound...])))
        guard first.group == last.group, first.place <= last.place else {
            throw CodeRangeError("\(word) is no stretch of codes: write the first and the last of one group.")
        }
        var codes: [Code] = []
        for place in first.place...last.place { codes.append(try code("\(first.group)-\(place)")) }
        return codes
    }

    private static func code(_ text: String) throws(CodeRangeError) -> Code {
        do {
            return try Code(text)
        } catch {
            throw CodeRangeError("'\(text)' is no code. Codes look like G1-03, stretches like G1-01..G1-08.")
        }
    }
}

/// What is wrong with a list of codes.
public struct CodeRangeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The sentence.
    public let description: String

    init(_ description: String) { self.description = description }
}
