/// Labels the beats of one gap-free segment as they come; a label is final when four later beats are in.
///
/// The median runs over beats i-5 to i+2 and the threshold of beat k over k-88 to k+2; the first difference is 0 and the
/// first eleven beats are taken as normal. Source: Lipponen & Tarvainen 2019, in causal form. A value of fixed size, that
/// allocates nothing; another that becomes it may look ahead without disturbing the stream.
struct CausalClassifier: Sendable {
    /// How many beats from the start of a segment are taken as normal.
    static let warmUp = 11
    /// How many later beats a label waits for.
    static let delay = 4

    private static let back = 88
    private static let mask = 127

    private var intervals = [Double](repeating: 0, count: 128)
    private var differences = [Double](repeating: 0, count: 128)
    private var medians = [Double](repeating: 0, count: 128)
    private var deviations = [Double](repeating: 0, count: 128)
    private var normalDifferences = [Double](repeating: 0, count: 128)
    private var thresholds = [Double](repeating: 0, count: 128)
    private var differenceWindow = SlidingWindow()
    private var deviationWindow = SlidingWindow()
    private var medianWindow = SlidingWindow()
    private var differenced = 0
    private var deviated = 0
    private var limited = 0
    private var nextIsCandidate = false

    /// How many beats have been added.
    private(set) var count = 0
    /// How many labels have been given.
    private(set) var labelled = 0

    /// Adds an interval in ms; answers the label that became final, that of the beat four before.
    mutating func add(_ interval: Double) -> BeatLabel? {
        let place = count & Self.mask
        intervals[place] = interval
        differences[place] = count == 0 ? 0 : interval - intervals[(count - 1) & Self.mask]
        count += 1
        advance(isLast: false)
        return labelled + Self.delay < count ? label() : nil
    }

    /// The next label as best known when no further beat comes; nil when every beat has one.
    mutating func finishNext() -> BeatLabel? {
        guard labelled < count else { return nil }
        advance(isLast: true)
        return label()
    }

    /// Takes on the state of another, in the storage it has.
    mutating func become(_ other: CausalClassifier) {
        intervals.overwrite(with: other.intervals)
        differences.overwrite(with: other.differences)
        medians.overwrite(with: other.medians)
        deviations.overwrite(with: other.deviations)
        normalDifferences.overwrite(with: other.normalDifferences)
        thresholds.overwrite(with: other.thresholds)
        differenceWindow.become(other.differenceWindow)
        deviationWindow.become(other.deviationWindow)
        medianWindow.become(other.medianWindow)
        (differenced, deviated, limited) = (other.differenced, other.deviated, other.limited)
        (count, labelled, nextIsCandidate) = (other.count, other.labelled, other.nextIsCandidate)
    }

    private mutating func advance(isLast: Bool) {
        while differenced + 2 < count || (isLast && differenced < count) {
            let k = differenced
            let range = max(0, k - Self.back)..<min(count, k + 3)
            let spread = differenceWindow.move(to: range) { abs(differences[$0 & Self.mask]) }.quartileDeviation
            let limit = ArtifactRule.threshold(quartileDeviation: spread)
            normalDifferences[k & Self.mask] = differences[k & Self.mask] / limit
            differenced += 1
        }
        while deviated + 2 < count || (isLast && deviated < count) {
            let k = deviated
            let range = max(0, k - 5)..<min(count, k + 3)
            let median = medianWindow.move(to: range) { intervals[$0 & Self.mask] }.median
            medians[k & Self.mask] = median
            deviations[k & Self.mask] = ArtifactRule.deviation(of: intervals[k & Self.mask], from: median)
            deviated += 1
        }
        while limited + 2 < deviated || (isLast && limited < deviated) {
            let k = limited
            let range = max(0, k - Self.back)..<min(deviated, k + 3)
            let spread = deviationWindow.move(to: range) { abs(deviations[$0 & Self.mask]) }.quartileDeviation
            thresholds[k & Self.mask] = ArtifactRule.threshold(quartileDeviation: spread)
            limited += 1
        }
    }

    /// The normalised difference of a beat; 0 for one that is not there.
    private func difference(_ index: Int) -> Double {
        index >= 0 && index < count ? normalDifferences[index & Self.mask] : 0
    }

    private mutating func label() -> BeatLabel {
        let k = labelled
        labelled += 1
        if nextIsCandidate {
            nextIsCandidate = false
            return judge(k)
        }
        let d = difference(k)
        guard k >= Self.warmUp, abs(d) > 1 else { return .normal }
        if ArtifactRule.isEctopic(d, previous: difference(k - 1), next: difference(k + 1)) { return .ectopic }
        nextIsCandidate = k + 2 < count && abs(difference(k + 1)) < abs(difference(k + 2))
        return judge(k)
    }

    private func judge(_ k: Int) -> BeatLabel {
        let place = k & Self.mask
        return ArtifactRule.judge(
            ArtifactRule.Candidate(
                interval: intervals[place],
                nextInterval: k + 1 < count ? intervals[(k + 1) & Self.mask] : .nan,
                median: medians[place],
                threshold: thresholds[place],
                m: deviations[place] / thresholds[place],
                d: difference(k),
                next: difference(k + 1),
                second: difference(k + 2)
            )
        )
    }
}
