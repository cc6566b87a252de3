/// What can be wrong with what a person says about a group, a code or a script.
public enum PracticeError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Not a name for a group.
    case badGroupName(String)
    /// Not a code.
    case badCode(String)
    /// Not a code of a coach.
    case badCoach(String)
    /// A group of a size that cannot be led.
    case badGroupSize(Int)
    /// No script of that name.
    case unknownScript(String, known: [String])
    /// Not a label for a strap.
    case badLabel(String)
    /// A length that no phase can have.
    case badLength(minutes: Double)

    /// What is wrong and what to type instead.
    public var description: String {
        switch self {
        case .badGroupName(let text):
            "'\(text)' is not a group name. Use 1 to 12 letters and digits, such as G1."
        case .badCode(let text):
            "'\(text)' is not a code. A code is a group and a place from 1 to 99, such as G1-03."
        case .badCoach(let text):
            "'\(text)' is not the code of a coach. Use a letter or two and a number, such as C2; names are not kept."
        case .badGroupSize(let size):
            "A group of \(size) cannot be led. Choose a size from 1 to 99; 6 to 10 is usual."
        case .unknownScript(let name, let known):
            "There is no script '\(name)'. "
                + (Spelling.nearest(to: name, among: known).map { "Did you mean '\($0)'? " } ?? "")
                + "There are: \(known.joined(separator: ", ")). Your own is a file: --script ./evening.yaml"
        case .badLabel(let text):
            "'\(text)' is not a label for a strap. Use 1 to 12 letters, digits or hyphens, such as S3."
        case .badLength(let minutes):
            "A session of \(minutes == minutes.rounded() ? String(Int(exactly: minutes) ?? 0) : String(minutes)) minutes "
                + "is not possible. Choose more than 0 and at most 600 minutes."
        }
    }
}
