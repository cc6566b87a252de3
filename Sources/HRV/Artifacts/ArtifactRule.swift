/// The decision of Lipponen & Tarvainen 2019 for one beat, apart from how its inputs are windowed.
///
/// Differences `d` and deviations from the median `m` are already divided by their own thresholds, so 1 is the limit.
public enum ArtifactRule {
    /// The published slope of the ectopic region.
    public static let c1 = 0.13
    /// The published offset of the ectopic region.
    public static let c2 = 0.17
    /// The published multiple of the quartile deviation that makes a threshold.
    public static let alpha = 5.2
    /// Over how many beats the quartile deviation runs.
    public static let quartileBeats = 91
    /// Thresholds never fall below this many milliseconds, so that a steady heart raises no alarm.
    public static let floorMilliseconds = 10.0
    /// How far the normalised deviation from the median may go before an interval is long or short.
    public static let medianLimit = 3.0

    /// The threshold that belongs to a window's quartile deviation, in ms.
    static func threshold(quartileDeviation: Double) -> Double {
        max(alpha * quartileDeviation, floorMilliseconds)
    }

    /// The deviation from the running median; what is below the median weighs double.
    static func deviation(of interval: Double, from median: Double) -> Double {
        let difference = interval - median
        return difference < 0 ? 2 * difference : difference
    }

    /// Whether the difference `d` stands between two that go the other way (equations 1 and 2, figure 2a).
    static func isEctopic(_ d: Double, previous: Double, next: Double) -> Bool {
        if d > 1 { return max(previous, next) < -c1 * d - c2 }
        if d < -1 { return min(previous, next) > -c1 * d + c2 }
        return false
    }

    /// One candidate for long, short, missed or extra.
    struct Candidate {
        /// The interval and the one that follows (NaN where none does), in ms.
        var interval: Double
        var nextInterval: Double
        /// The running median and the threshold of the deviation from it, in ms.
        var median: Double
        var threshold: Double
        /// The normalised deviation from the median.
        var m: Double
        /// The normalised difference of this beat and of the two that follow.
        var d: Double
        var next: Double
        var second: Double
    }

    /// Long, short, missed or extra, or normal when none of equations 3 to 5 holds (figure 2b).
    static func judge(_ beat: Candidate) -> BeatLabel {
        let s22 = beat.d >= 0 ? min(beat.next, beat.second) : max(beat.next, beat.second)
        let rises = beat.d > 1 && s22 < -1
        let falls = beat.d < -1 && s22 > 1
        let isFar = abs(beat.m) > medianLimit
        guard rises || falls || isFar else { return .normal }
        if falls, abs(beat.interval + beat.nextInterval - beat.median) < beat.threshold { return .extra }
        if rises, abs(beat.interval / 2 - beat.median) < beat.threshold { return .missed }
        if rises { return .long }
        if falls { return .short }
        return beat.m > 0 ? .long : .short
    }
}
