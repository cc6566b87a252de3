import Glibc

/// The 0.1 Hz wave of the baroreflex: a rotating vector that forgets its phase.
///
/// So its spectrum is a hump and not a line (Julien 2006, Cardiovasc Res 70:12; as a narrow band also in McSharry et al. 2003, IEEE TBME 50:289).
struct MayerWave: Sendable {
    /// Centre of the hump, Hz.
    static let frequency = 0.1
    /// After how many seconds the phase is forgotten.
    static let memory = 5.0

    private let turn: (cosine: Double, sine: Double)
    private let kick: Double
    private var along: Double
    private var across: Double

    /// A wave of standard deviation 1 that is asked every `step` seconds.
    init(step: Double, random: inout SplitMix64) {
        let keep = exp(-step / Self.memory)
        let angle = 2 * Double.pi * Self.frequency * step
        turn = (keep * cos(angle), keep * sin(angle))
        kick = (1 - keep * keep).squareRoot()
        along = random.normal()
        across = random.normal()
    }

    /// Goes on by one step.
    mutating func advance(_ random: inout SplitMix64) -> Double {
        let next = along * turn.cosine - across * turn.sine + kick * random.normal()
        across = along * turn.sine + across * turn.cosine + kick * random.normal()
        along = next
        return along
    }
}
