/// One scheduled update: a score, or the reason why there is none.
public struct CoherenceUpdate: Sendable, Equatable {
    /// When it was due, in seconds: 64, 69, 74 and so on after the start of the segment.
    public var t: Double
    /// The end of the window's last beat, in seconds.
    public var tEnd: Double
    /// How many raw beats had been added when the window ended, since the very first.
    public var beats: Int
    /// The share of the window's beats that are neither corrected nor irregular, 0 to 1.
    public var clean: Double
    /// The share that the artefact step corrected, 0 to 1.
    public var corrected: Double
    /// The share that is over 20 % off the mean of its two neighbours, 0 to 1.
    public var irregular: Double
    /// The coherence; nil when `reason` says why not.
    public var result: Coherence?
    /// Why there is no result: "too many odd beats" or "needs 23 s more"; nil when there is one.
    public var reason: String?
    /// "some odd beats" where the score stands on 90 to 95 % clean beats; else nil.
    public var note: String?
    /// How the heart swings against the pacer, where a pacer is set and there is a result.
    public var pacing: PacedSwing?

    /// An update from its parts, as a file holds them.
    public init(
        t: Double, tEnd: Double, beats: Int, clean: Double, corrected: Double, irregular: Double,
        result: Coherence? = nil, reason: String? = nil, note: String? = nil, pacing: PacedSwing? = nil
    ) {
        (self.t, self.tEnd, self.beats) = (t, tEnd, beats)
        (self.clean, self.corrected, self.irregular) = (clean, corrected, irregular)
        (self.result, self.reason, self.note, self.pacing) = (result, reason, note, pacing)
    }

    /// The start of the window in seconds, 64 s before its last beat.
    public var windowStart: Double { tEnd - CoherenceWindow.seconds }

    /// Whether the window lies wholly inside a stretch of time; only then does it count towards the mean of a phase.
    public func isInside(_ stretch: ClosedRange<Double>) -> Bool {
        windowStart >= stretch.lowerBound - CoherenceWindow.tolerance
            && tEnd <= stretch.upperBound + CoherenceWindow.tolerance
    }
}
