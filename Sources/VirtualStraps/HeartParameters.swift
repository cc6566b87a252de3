/// What makes one simulated heart different from the next.
///
/// The model stands at ``Heart``.
public struct HeartParameters: Sendable, Hashable {
    /// Mean heart rate, beats a minute, 30 to 200.
    public var meanRate: Double = 70
    /// Breaths a minute at rest, 4 to 40.
    public var breathingRate: Double = 15
    /// Swing of the heart rate with the breath at rest (respiratory sinus arrhythmia): amplitude as a share of the mean
    /// rate, 0 to 0.3.
    public var breathingDepth: Double = 0.035
    /// How unevenly the breath goes at rest: standard deviation of a breath's length and size, as a share, 0 to 0.5.
    public var breathingVariation: Double = 0.22
    /// Baroreflex (Mayer) wave around 0.1 Hz: standard deviation as a share of the mean rate, 0 to 0.2.
    public var mayer: Double = 0.022
    /// Slow 1/f wandering: standard deviation as a share of the mean rate, 0 to 0.2.
    public var wander: Double = 0.028
    /// Noise of each single beat: standard deviation as a share of the interval, 0 to 0.1.
    public var beatNoise: Double = 0.008
    /// How well the student follows a pacer: 0 not at all, 1 wholly, between them some of the time.
    public var following: Double = 1
    /// Share of beats that come early and are followed by a pause, 0 to 0.3.
    public var ectopic: Double = 0
    /// Share of beats that the strap misses, 0 to 0.3.
    public var missed: Double = 0
    /// Share of beats before which the strap sees one that is none, 0 to 0.3.
    public var extra: Double = 0

    /// A quiet heart at 70 beats a minute that follows the pacer and has no odd beats.
    public init() {}
}
