public import Practice
internal import Terminal

/// One code of a session, phase by phase, as a table for people.
public enum PhaseTable {
    /// The table, at most 80 columns wide as long as keys of phases are short; a reason stands where there is no score.
    public static func text(_ code: Code, session: String, phases: [PhaseSummary]) -> String {
        let rows = phases.map { phase in
            [
                phase.phase, Figures.clock(phase.seconds), "\(phase.beats)",
                phase.clean.map { Figures.percent($0) + " %" } ?? Figures.absent,
                fixed(phase.meanHeartRate, places: 0), fixed(phase.rmssd, places: 0),
                fixed(phase.peakHz.map { $0 * 60 }, places: 1),
                phase.coherenceMean.map { Figures.fixed($0, places: 2) } ?? "\(Figures.absent)  \(reason(of: phase))",
            ]
        }
        return " \(code) in \(session)\n"
            + TextTable.text(["Phase", "Length", "Beats", "Clean", "HR", "RMSSD", "Peak/min", "Coherence"], rows)
    }

    private static func reason(of phase: PhaseSummary) -> String {
        let reason = phase.reasons["coherence_mean"] ?? ""
        return reason.hasPrefix("not analysed") ? "not analysed" : DisplayWidth.fit(reason, columns: 24)
    }

    private static func fixed(_ value: Double?, places: Int) -> String {
        value.map { Figures.fixed($0, places: places) } ?? Figures.absent
    }
}
