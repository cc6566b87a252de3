/// How far the last 64 s can be trusted.
public struct Quality: Sendable, Equatable {
    /// The share of beats that are neither corrected nor irregular, 0 to 1.
    public var clean: Double
    /// The share that the artefact step corrected, 0 to 1.
    public var corrected: Double
    /// The share that is over 20 % off the mean of its two neighbours in the segment, 0 to 1.
    public var irregular: Double
    /// How many labelled beats the shares rest on; with none, everything counts as clean.
    public var beats: Int

    /// From this clean share on, a score stands without a note.
    public static let full = 0.95
    /// Below this clean share there is no score.
    public static let least = 0.90
    /// How far an interval may be off the mean of its neighbours, as a share of it.
    public static let irregularShare = 0.20

    /// Shares of so many beats, each 0 to 1.
    public init(beats: Int, clean: Double, corrected: Double, irregular: Double) {
        (self.beats, self.clean, self.corrected, self.irregular) = (beats, clean, corrected, irregular)
    }

    init(beats: Int, odd: Int, corrected: Int, irregular: Int) {
        let whole = Double(max(beats, 1))
        self.beats = beats
        clean = 1 - Double(odd) / whole
        self.corrected = Double(corrected) / whole
        self.irregular = Double(irregular) / whole
    }

    /// Whether an interval lies over 20 % off the mean of its two neighbours.
    public static func isIrregular(_ interval: Double, previous: Double, next: Double) -> Bool {
        let mean = (previous + next) / 2
        return abs(interval - mean) > irregularShare * mean
    }
}
