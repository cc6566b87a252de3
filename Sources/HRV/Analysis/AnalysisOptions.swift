/// What a whole-file analysis is to do.
public struct AnalysisOptions: Sendable, Equatable {
    /// A part of the analysis; leaving out what is not needed saves time.
    public enum Part: String, Sendable, CaseIterable {
        /// Metrics of the time domain.
        case time
        /// Welch's spectrum.
        case frequency
        /// The Lomb-Scargle spectrum.
        case lomb
        /// Poincare plot and detrended fluctuations.
        case nonlinear
        /// Sample and approximate entropy, with `nonlinear`.
        case entropy
        /// The list of coherence updates.
        case coherence
        /// Breathing rate and swing.
        case breathing
    }

    /// What is done to the slow trend before Welch's spectrum.
    public enum Detrending: String, Sendable, CaseIterable {
        /// Smoothness priors with lambda 500 (Tarvainen 2002); it takes away much of VLF.
        case priors
        /// Nothing but the mean of each piece.
        case none
    }

    /// Whether artefacts are corrected.
    public var artifacts: ArtifactMode
    /// The stretch of time to measure, in seconds, nil for all; labels always rest on the whole series.
    public var window: ClosedRange<Double>?
    /// The parts wanted.
    public var parts: Set<Part>
    /// Where low, medium and high coherence begin.
    public var bands: CoherenceBands
    /// What is done to the slow trend before Welch's spectrum.
    public var detrending: Detrending

    /// Everything, on all of the series, with artefacts corrected, unless said otherwise.
    public init(
        artifacts: ArtifactMode = .correct,
        window: ClosedRange<Double>? = nil,
        parts: Set<Part> = Set(Part.allCases),
        bands: CoherenceBands = .standard,
        detrending: Detrending = .priors
    ) {
        self.artifacts = artifacts
        self.window = window
        self.parts = parts
        self.bands = bands
        self.detrending = detrending
    }
}
