/// Why something about a survey cannot be done: what, and what to do next.
public enum SurveyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No instrument of that name.
    case unknownInstrument(String, known: [String])
    /// An instrument has several waves, and none was said.
    case severalWaves(String, waves: [String])
    /// An instrument has no such wave.
    case unknownWave(String, instrument: String, waves: [String])
    /// A name fits several instruments.
    case severalInstruments([String])
    /// An instrument has no such item in a wave.
    case unknownItem(String, wave: String, known: [String])
    /// An instrument of that name is there and differs.
    case instrumentExists(String)
    /// An instrument would lose items that were answered.
    case answersWouldBeLost(String, items: [String])
    /// Codes have answered already.
    case answeredAlready([Code], wave: String)
    /// Answers without codes are there already.
    case unlinkedThere(Int, wave: String)
    /// Codes have withdrawn.
    case withdrawn([Code])
    /// Codes that their groups do not have.
    case unknownCodes([Code])

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .unknownInstrument(let name, let known):
            "There is no survey '\(name)'. "
                + (Spelling.nearest(to: name, among: known).map { "Did you mean '\($0)'? " } ?? "")
                + "There are: \(known.joined(separator: ", ")). One of your own:  entrain survey define FILE"
        case .severalWaves(let instrument, let waves):
            "\(instrument) is asked several times: \(waves.joined(separator: ", ")). Say when, such as "
                + "\(instrument)-\(waves.last ?? "post")."
        case .unknownWave(let wave, let instrument, let waves):
            "\(instrument) has no wave '\(wave)'. It has: \(waves.joined(separator: ", ")). Write it behind the name, "
                + "such as \(instrument)-\(waves.last ?? "post")."
        case .severalInstruments(let names):
            "There are several surveys: \(names.joined(separator: ", ")). Say which with --instrument."
        case .unknownItem(let item, let wave, let known):
            "There is no item '\(item)' in \(wave). "
                + (Spelling.nearest(to: item, among: known).map { "Did you mean '\($0)'? " } ?? "")
                + "There are: \(known.joined(separator: ", "))."
        case .instrumentExists(let name):
            "There is a survey \(name) already, and it differs. Give the new one another name, or change it with --replace; "
                + "answers stay."
        case .answersWouldBeLost(let name, let items):
            "\(name) has answers to items that the new file does not have, or asks otherwise: "
                + "\(items.joined(separator: ", ")). Keep those items, or give the new survey another name."
        case .answeredAlready(let codes, let wave):
            "\(Self.list(codes)) answered \(wave) already. Nothing was changed. Put the new answers in place of the old "
                + "ones with --replace; the old ones are kept as history."
        case .unlinkedThere(let count, let wave):
            "\(count) answers to \(wave) without codes are there already, so the same people could be counted twice. "
                + "Nothing was changed. --replace puts these in place of those, --add adds them, such as another room's."
        case .withdrawn(let codes):
            "\(Self.list(codes)) \(codes.count == 1 ? "has" : "have") withdrawn: nothing is kept. Take the rows out of "
                + "the file."
        case .unknownCodes(let codes):
            "There is no code \(Self.list(codes)). See the codes there are:  entrain group show "
                + "\(codes.first?.group.text ?? "G1")"
        }
    }

    private static func list(_ codes: [Code]) -> String {
        let shown = codes.prefix(6).map(\.description).joined(separator: ", ")
        return codes.count > 6 ? "\(shown) and \(codes.count - 6) more" : shown
    }
}
