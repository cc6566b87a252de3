/// Whether artefacts are acted upon.
public enum ArtifactMode: String, Sendable, CaseIterable {
    /// Artefacts are corrected, and coherence is withheld where too few beats are clean.
    case correct
    /// Intervals are taken as they came: nothing is corrected and nothing is withheld. Labels are still given.
    case keep
}
