/// The name of a breakout group: 1 to 12 letters and digits, such as `G1` or `demo`.
///
/// Names never stand for people; they become part of codes, session names and file names, so nothing but ASCII letters
/// and digits may stand in them.
public struct GroupName: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The name as people type it.
    public let text: String

    /// Takes a name a person typed.
    /// - Throws: `PracticeError.badGroupName` when it is empty, too long or holds other characters.
    public init(_ text: String) throws(PracticeError) {
        let allowed = text.utf8.allSatisfy { Self.isLetterOrDigit($0) }
        guard (1...12).contains(text.utf8.count), allowed else { throw .badGroupName(text) }
        self.text = text
    }

    /// The name itself.
    public var description: String { text }

    /// Alphabetical order.
    public static func < (left: GroupName, right: GroupName) -> Bool { left.text < right.text }

    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
