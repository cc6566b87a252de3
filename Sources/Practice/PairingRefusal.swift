/// Why a strap that a person named or took cannot be given to a code.
public enum PairingRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// No strap answers to that.
    case unknown(String)
    /// More than one does.
    case ambiguous(String, [String])
    /// It belongs to another code.
    case taken(strap: String, by: Code)
    /// The code wears it already.
    case alreadyWorn(strap: String, by: Code)
    /// A session that runs has it.
    case inSession(strap: String)
    /// The room's kit gives it to another room.
    case elsewhere(strap: String)
    /// It has sent no beats yet.
    case noBeats(strap: String)
    /// Nothing is offered yet.
    case nothingOffered
    /// What was offered when a person answered is not any more.
    case offeredBefore

    /// What is the matter and what to do next.
    public var description: String {
        switch self {
        case .unknown(let text):
            "No strap '\(text)' is heard or known. Check the letters on the pod, wet the pads, and come near."
        case .ambiguous(let text, let labels):
            "'\(text)' means more than one strap: \(labels.joined(separator: ", ")). Type more of the ID."
        case .taken(let strap, let code):
            "\(strap) belongs to \(code). Choose another, or free it first:  entrain assign \(code) -"
        case .alreadyWorn(let strap, let code):
            "\(code) wears \(strap) already. Choose another, or wet its pads and tighten it."
        case .inSession(let strap):
            "\(strap) is worn in a session that runs. Choose another strap, or end that session."
        case .elsewhere(let strap):
            "\(strap) belongs to another room, says this room's kit. Choose another strap."
        case .noBeats(let strap):
            "\(strap) sends no real beats yet. Wet the pads and tighten the strap; or s = skip."
        case .offeredBefore: "The strap that was shown is not offered any more. Compare the ID, then Enter once more."
        case .nothingOffered: "No strap is offered yet. Come nearer with it, or press i and type its ID."
        }
    }

    /// The strap that a person means by `text`.
    /// - Parameters:
    ///   - text: printed ID, name, label of the school or address, or the end of an ID.
    ///   - known: straps that are heard, belong to a code or carry a label.
    ///   - code: who is to get it.
    /// - Returns: the strap.
    /// - Throws: `PairingRefusal` when it means none, more than one, or one that belongs to another code.
    public static func find(
        _ text: String, among known: [KnownStrap], for code: Code
    ) throws(PairingRefusal) -> StrapIdentity {
        let typed = String(text.filter { !$0.isWhitespace })
        var matches: [String: KnownStrap] = [:]
        for strap in known where strap.matches(typed) || strap.matches(text) {
            let other = matches[strap.identity.address]
            if other?.code == nil { matches[strap.identity.address] = strap }
        }
        guard let match = matches.values.first else { throw .unknown(text) }
        guard matches.count == 1 else { throw .ambiguous(text, matches.values.map(\.identity.label).sorted()) }
        if let owner = match.code, owner != code { throw .taken(strap: match.identity.label, by: owner) }
        return match.identity
    }
}
