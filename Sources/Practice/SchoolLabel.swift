/// A school's own label on a strap, such as `S3`: 1 to 12 ASCII letters, digits or hyphens.
///
/// It stands in tables beside the printed ID and can be typed in its place; upper and lower case make no difference.
public struct SchoolLabel: Sendable, Hashable, CustomStringConvertible {
    /// The label as people typed it.
    public let text: String

    /// Takes a label a person typed.
    /// - Throws: `PracticeError.badLabel` when it is empty, too long or holds other characters.
    public init(_ text: String) throws(PracticeError) {
        let allowed = text.utf8.allSatisfy { GroupName.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        guard (1...12).contains(text.utf8.count), allowed, !text.hasPrefix("-") else { throw .badLabel(text) }
        self.text = text
    }

    /// The label itself.
    public var description: String { text }
}
