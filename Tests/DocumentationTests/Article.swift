import FoundationEssentials
import Testing

/// A text of the repository, and the Swift in it.
struct Article {
    /// A line `expression  // value`.
    struct Claim {
        var expression: String
        var value: String
    }

    let text: String
    /// Every line of Swift that is neither an import nor a claim, without indentation.
    private(set) var code: [String] = []
    private(set) var claims: [Claim] = []

    /// Reads a file by its path from the root of the repository.
    init(_ path: String) throws {
        text = try Self.contents(of: String(#filePath.dropLast("Tests/DocumentationTests/Article.swift".count)) + path)
        var isSwift = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") { isSwift = line == "```swift" }
            let code = line.drop { $0 == " " }
            guard isSwift, !code.isEmpty, !code.hasPrefix("```"), !code.hasPrefix("import ") else { continue }
            let parts = code.split(separator: "  // ", maxSplits: 1)
            if parts.count == 2 {
                claims.append(Claim(expression: String(parts[0]), value: String(parts[1])))
            } else {
                self.code.append(String(code))
            }
        }
    }

    /// Checks that a test runs the article's lines, in their order, and asks for each of its claims.
    func isRun(by path: String) throws {
        let source = try Self.contents(of: path)
        var lines = source.split(separator: "\n").map { $0.drop { $0 == " " } }[...]
        for line in code {
            let place = try #require(lines.firstIndex { $0 == line }, "not run: \(line)")
            lines = lines[(place + 1)...]
        }
        let packed = source.filter { !$0.isWhitespace }
        for claim in claims {
            let quoted = claim.expression.replacing("\\", with: "\\\\")
            let call = "says(\"\(quoted)\",\(claim.expression))".filter { !$0.isWhitespace }
            #expect(packed.contains(call), "not run: \(claim.expression)")
        }
    }

    /// Checks what the article says of an expression: numbers to the digits it gives, all else word for word.
    func says<Value>(_ expression: String, _ found: Value?) throws {
        let claim = try #require(claims.first { $0.expression == expression }, "not in the article: \(expression)")
        let found = try #require(found)
        guard let number = found as? Double, let said = Double(claim.value) else {
            #expect("\(found)" == claim.value, "\(expression)")
            return
        }
        let digits = claim.value.split(separator: ".").dropFirst().first?.count ?? 0
        let unit = (0..<digits).reduce(1.0) { unit, _ in unit / 10 }
        #expect(abs(number - said) <= unit / 2, "\(expression) is \(number)")
    }

    private static func contents(of path: String) throws -> String {
        let data = try #require(FileManager.default.contents(atPath: path), "cannot read \(path)")
        return String(decoding: data, as: UTF8.self)
    }
}
