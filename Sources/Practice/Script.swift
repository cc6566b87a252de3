/// The order of phases a group goes through.
public struct Script: Sendable, Hashable {
    /// The name people type, such as `pal-30`.
    public var name: String
    /// One line on what it is for.
    public var purpose: String
    /// The phases, in order; at least one.
    public var phases: [Phase]
    /// The file it was read from, word for word; nil for a script of the program.
    public var source: String?

    /// Makes a script.
    public init(name: String, purpose: String, phases: [Phase], source: String? = nil) {
        self.name = name
        self.purpose = purpose
        self.phases = phases
        self.source = source
    }

    /// Sum of all phases that have a length, seconds.
    public var plannedSeconds: Double { phases.reduce(0) { $0 + ($1.seconds ?? 0) } }

    /// The scripts that come with the program, by name.
    public static let builtIn: [Script] = [pal30, quick10, resonance, demo]

    /// The script of that name.
    /// - Throws: `PracticeError.unknownScript` with the names there are.
    public static func named(_ name: String) throws(PracticeError) -> Script {
        guard let script = builtIn.first(where: { $0.name == name }) else {
            throw .unknownScript(name, known: builtIn.map(\.name))
        }
        return script
    }

    /// One open phase of `minutes` with the pacer at 6 breaths a minute.
    /// - Throws: `PracticeError.badLength` unless 0 < minutes <= 600.
    public static func open(minutes: Double) throws(PracticeError) -> Script {
        guard minutes.isFinite, minutes > 0, minutes <= 600 else { throw .badLength(minutes: minutes) }
        return Script(
            name: "open", purpose: "one phase, pacer at 6.0",
            phases: [
                Phase(
                    key: "practice", title: "Practice", seconds: minutes * 60, feedback: .own, pacer: Pacer(rate: 6),
                    prompt: "breathe with attention on the chest")
            ])
    }
}
