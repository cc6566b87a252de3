/// A student's place in a group, such as `G1-03`: the only name a person ever has here.
public struct Code: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The group the place is in.
    public let group: GroupName
    /// The place, from 1.
    public let place: Int

    /// The place `place` (1 to 99) of `group`.
    /// - Throws: `PracticeError.badCode` when the place is out of range.
    public init(group: GroupName, place: Int) throws(PracticeError) {
        guard (1...99).contains(place) else { throw .badCode("\(group)-\(place)") }
        self.group = group
        self.place = place
    }

    /// Reads a code such as `G1-03`.
    /// - Throws: `PracticeError.badCode` when the text is not a group name, a hyphen and a place from 1 to 99.
    public init(_ text: String) throws(PracticeError) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let group = try? GroupName(String(parts[0])), (1...2).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (48...57).contains($0) }), let place = Int(parts[1]), place >= 1
        else { throw .badCode(text) }
        self.group = group
        self.place = place
    }

    /// The code as people read it: the place has two digits.
    public var description: String { "\(group)-\(place < 10 ? "0" : "")\(place)" }

    /// By group, then by place.
    public static func < (left: Code, right: Code) -> Bool {
        (left.group, left.place) < (right.group, right.place)
    }
}
