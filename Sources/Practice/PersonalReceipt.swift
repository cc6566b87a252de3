/// What opens a kept reading, and nothing else does: three words and a number, such as `melon-harbor-42-tide`.
public struct PersonalReceipt: Sendable, Hashable, CustomStringConvertible {
    /// Why a text is no receipt; only the public list of words is asked, never what is kept.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        /// It has not the shape of one.
        case shape(String)
        /// A word of it is in no receipt; the nearest one that is, if any is near.
        case word(String, nearest: String?)

        /// What is wrong and what to do next.
        public var description: String {
            switch self {
            case .shape(let text):
                """
                '\(text)' is not a receipt: it has three words and a number, such as melon-harbor-42-tide.
                  Type it as it was printed, with hyphens.
                """
            case .word(let word, let nearest?):
                "'\(word)' is in no receipt. Did you mean '\(nearest)'? Nothing was looked up."
            case .word(let word, nil):
                "'\(word)' is in no receipt. Look at it once more; nothing was looked up."
            }
        }
    }

    static let numbers = 10...99

    /// The receipt as it is printed, and what the key is made of.
    public let text: String

    /// A new one, each as likely as any other.
    public init(using generator: inout some RandomNumberGenerator) {
        var parts = (0..<3).map { _ in Self.words[Int.random(in: Self.words.indices, using: &generator)] }
        parts.insert(String(Int.random(in: Self.numbers, using: &generator)), at: 2)
        text = parts.joined(separator: "-")
    }

    /// Reads what a person typed; capitals, and blanks in place of hyphens, are no matter.
    /// - Throws: `Fault`.
    public init(_ typed: String) throws(Fault) {
        let parts = typed.lowercased().split(whereSeparator: { $0 == "-" || $0.isWhitespace }).map(String.init)
        guard parts.count == 4, let number = Int(parts[2]), parts[2] == String(number), Self.numbers.contains(number)
        else { throw .shape(typed) }
        for index in [0, 1, 3] where !Self.known.contains(parts[index]) {
            throw .word(parts[index], nearest: Spelling.nearest(to: parts[index], among: Self.words))
        }
        text = parts.joined(separator: "-")
    }

    /// The receipt itself.
    public var description: String { text }

    private static let known = Set(words)
}
