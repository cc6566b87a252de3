/// Who leads a group, such as `C2`: one or two letters and one to three digits.
///
/// Never a name.
public struct CoachCode: Sendable, Hashable, CustomStringConvertible {
    /// The code as people type it, letters in capitals.
    public let text: String

    /// Takes a code a person typed.
    /// - Throws: `PracticeError.badCoach` when it is anything else, such as a name.
    public init(_ text: String) throws(PracticeError) {
        let letters = text.prefix { $0.isASCII && $0.isLetter }
        let digits = text.dropFirst(letters.count)
        guard (1...2).contains(letters.count), (1...3).contains(digits.count),
            digits.utf8.allSatisfy({ (48...57).contains($0) })
        else { throw .badCoach(text) }
        self.text = text.uppercased()
    }

    /// The code itself.
    public var description: String { text }
}
