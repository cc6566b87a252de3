/// How much styling an output stream is given.
public enum Colouring: Hashable, Sendable, CaseIterable {
    /// Text alone, not one escape sequence for looks.
    case plain
    /// Bold, dim, underline and reverse, but no colour.
    case monochrome
    /// Attributes and the 256-colour palette.
    case palette

    /// Decides for one output stream.
    ///
    /// Text alone where the stream is no terminal or `TERM` is `dumb`; no colour where the user said so by a flag, by
    /// a non-empty `NO_COLOR` (no-color.org), or by a non-empty variable of the program's own.
    ///
    /// - Parameters:
    ///   - isTerminal: whether this very stream is a terminal; standard output and error are asked apart.
    ///   - environment: the environment's variables.
    ///   - refused: whether a flag such as `--no-color` was given.
    ///   - ownVariable: the program's own variable that works as `NO_COLOR` does.
    /// - Returns: the most styling the stream may be given.
    public static func decide(
        isTerminal: Bool,
        environment: [String: String],
        refused: Bool = false,
        ownVariable: String? = nil,
    ) -> Colouring {
        guard isTerminal, environment["TERM"] != "dumb" else { return .plain }
        let variables = ["NO_COLOR"] + (ownVariable.map { [$0] } ?? [])
        let unwanted = refused || variables.contains { environment[$0]?.isEmpty == false }
        return unwanted ? .monochrome : .palette
    }
}
