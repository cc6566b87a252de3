public import Practice
internal import Terminal

/// A script as a table for people.
public enum ScriptText {
    /// Scripts by name, with their lengths and what they are for.
    public static func list(_ scripts: [Script]) -> String {
        TextTable.text(
            ["Script", "Length", "Phases", "What for"],
            scripts.map { script in
                [
                    script.name, Figures.spoken(script.plannedSeconds), "\(script.phases.count)",
                    SafeText.line(script.purpose),
                ]
            })
    }

    /// The name, the length and one line a phase; at most 80 columns wide as long as keys are short.
    public static func text(of script: Script) -> String {
        let open = script.phases.contains { $0.seconds == nil } ? " and what is open" : ""
        let purpose = script.purpose.isEmpty ? "" : " · \(SafeText.line(script.purpose))"
        let baselines = count(script.phases.count(where: \.isBaseline), "baseline")
        let length = "\(Figures.spoken(script.plannedSeconds))\(open)"
        let head =
            " \(script.name)\(purpose)\n \(length) · \(count(script.phases.count, "phase")) · \(baselines)\n"
        let rows = script.phases.map { phase in
            [
                phase.key, phase.seconds.map { Figures.seconds($0 / 60) + " min" } ?? "open", sight(of: phase),
                phase.pacer.map { Figures.fixed($0.rate, places: 1) + "/min" } ?? Figures.absent,
                phase.possibleNumbers.isEmpty ? "none" : phase.possibleNumbers.joined(separator: " "),
            ]
        }
        return head + TextTable.text(["Phase", "Length", "Student sees", "Pacer", "Long enough for"], rows)
    }

    private static func sight(of phase: Phase) -> String {
        let sight =
            switch phase.feedback {
            case .signal: "strap only"
            case .hidden: "nothing"
            case .own: "own heart"
            case .off: "no numbers"
            }
        return sight + (phase.isSkippable ? ", may skip" : "")
    }

    private static func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
}
