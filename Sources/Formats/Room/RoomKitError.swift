public import Practice

/// Why there is no kit, or none that can be trusted.
public enum RoomKitError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Not a name for a room.
    case badName(String)
    /// No code was named.
    case noCodes
    /// A strap is given to a code that is not in the room.
    case strangeCode(Code)
    /// A strap of the room is given to another room as well.
    case strapElsewhere(String, Code)
    /// The file is no kit.
    case noKit
    /// The kit is of another version.
    case otherVersion
    /// The file was damaged or changed.
    case damaged(String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .badName(let name):
            "'\(name)' is not a name for a room. Use 1 to 32 letters, digits and hyphens, such as B204."
        case .noCodes: "a room needs codes. Write them as --codes G1-01..G1-08"
        case .strangeCode(let code): "\(code) has a strap, but is not among the codes of this room. Add it to --codes."
        case .strapElsewhere(let strap, let code):
            "the strap \(strap) of \(code) is given to another room as well. Give each strap to one code."
        case .noKit:
            "it is no kit of a room. Make one with: entrain room pack B204 --codes G1-01..G1-08 --out b204.room"
        case .otherVersion: "it was packed by another version of entrain. Pack it again with this one."
        case .damaged(let what):
            "it was damaged or changed on the way (\(what)). Copy it again. Nothing was taken from it."
        }
    }
}
