/// Why a text is no key, or a sealed file cannot be opened.
public enum KeyFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// It is neither a public nor a private key of this program.
    case noKey
    /// It is a private key where a public one belongs.
    case isPrivate
    /// It is a public key where a private one belongs.
    case isPublic
    /// It is no file that this program sealed.
    case notSealed
    /// It is sealed, but for other keys; their fingerprints.
    case otherKey([String])
    /// It was damaged or changed after it was sealed.
    case changed

    /// What is the matter and what to do next.
    public var description: String {
        switch self {
        case .noKey:
            "is no key of entrain. Make one with:  entrain privacy key new"
        case .isPrivate:
            "is a private key, which never leaves its owner's computer. Name the public one, which ends in .pub."
        case .isPublic:
            "is a public key, which seals and does not open. Name the private one, without .pub."
        case .notSealed:
            "was not sealed by entrain. Name a file that ends in .sealed."
        case .otherKey(let fingerprints):
            "is sealed for another key: \(fingerprints.joined(separator: ", ")). "
                + "See which one this is:  entrain privacy key show FILE"
        case .changed:
            "was damaged or changed after it was sealed, and cannot be opened. Take another copy of it."
        }
    }
}
