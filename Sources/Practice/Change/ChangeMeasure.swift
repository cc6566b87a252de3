/// A number that is compared between baseline and practice.
public enum ChangeMeasure: String, Sendable, Hashable, CaseIterable {
    /// Mean coherence score; a logarithm already.
    case coherence = "coherence_mean"
    /// Natural logarithm of RMSSD in ms.
    case lnRMSSD = "ln_rmssd"
    /// Mean heart rate, beats a minute.
    case meanHeartRate = "mean_hr"

    /// The number of one phase.
    func value(in phase: PhaseSummary) -> Double? {
        switch self {
        case .coherence: phase.coherenceMean
        case .lnRMSSD: phase.lnRMSSD
        case .meanHeartRate: phase.meanHeartRate
        }
    }

    /// How much a phase weighs beside others: as many updates, or beats, as it has.
    func weight(of phase: PhaseSummary) -> Double {
        switch self {
        case .coherence: Double(phase.scoredUpdates)
        case .lnRMSSD, .meanHeartRate: Double(phase.beats)
        }
    }

    /// The mean over several phases, those with a number only; nil when none has one.
    func mean(of phases: [PhaseSummary]) -> Double? {
        let weighted = phases.compactMap { phase in
            value(in: phase).map { (value: $0, weight: weight(of: phase)) }
        }
        let whole = weighted.reduce(0) { $0 + $1.weight }
        return whole > 0 ? weighted.reduce(0) { $0 + $1.value * $1.weight } / whole : nil
    }
}
