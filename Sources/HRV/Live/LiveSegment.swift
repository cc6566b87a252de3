/// The beats of the present gap-free segment as far back as windows may reach, with their labels.
struct LiveSegment: Sendable {
    /// Beats before the oldest window that are kept for the sake of interpolation.
    private static let margin = 16

    private(set) var intervals: [Double] = []
    private(set) var endTimes: [Double] = []
    private(set) var labels: [BeatLabel] = []
    /// When the segment's first interval began, in seconds.
    private(set) var start: Double?
    /// When the segment's first interval ended, in seconds.
    private(set) var firstEnd = 0.0
    private var classifier = CausalClassifier()
    // Scratch for looking ahead.
    private var ahead = CausalClassifier()
    private var best: [BeatLabel] = []

    var count: Int { intervals.count }

    mutating func append(_ interval: Double, _ endTime: Double) -> BeatLabel? {
        if start == nil {
            start = endTime - interval / 1000
            firstEnd = endTime
        }
        intervals.append(interval)
        endTimes.append(endTime)
        let label = classifier.add(interval)
        if let label { labels.append(label) }
        return label
    }

    mutating func finishNext() -> BeatLabel? {
        let label = classifier.finishNext()
        if let label { labels.append(label) }
        return label
    }

    /// Empties it for the next segment and keeps the storage.
    mutating func restart() {
        intervals.removeAll(keepingCapacity: true)
        endTimes.removeAll(keepingCapacity: true)
        labels.removeAll(keepingCapacity: true)
        start = nil
        classifier = CausalClassifier()
    }

    /// Lets go of beats that no window can reach any more; rarely, so that the cost is spread.
    ///
    /// A window to come ends on the newest labelled beat or later.
    mutating func forgetBeatsBeyondReach() {
        guard count >= 1024, let newest = labels.indices.last else { return }
        let keep = count / 2
        guard keep + Self.margin < newest,
            endTimes[keep + Self.margin] < endTimes[newest] - CoherenceWindow.knotSeconds - 1
        else { return }
        intervals.removeFirst(keep)
        endTimes.removeFirst(keep)
        labels.removeFirst(keep)
    }

    /// The first beat that ends after `time`, sought back from `last`.
    func firstBeat(after time: Double, upTo last: Int) -> Int {
        var first = last
        while first > 0, endTimes[first - 1] > time { first -= 1 }
        return first
    }

    /// Whether the beat lies over 20 % off the mean of its two neighbours; not so where it lacks one.
    func isIrregular(_ index: Int) -> Bool {
        guard index > 0, index + 1 < count else { return false }
        return Quality.isIrregular(intervals[index], previous: intervals[index - 1], next: intervals[index + 1])
    }

    /// The quality of the 64 s up to the labelled beat `last`.
    func quality(upTo last: Int) -> Quality {
        guard last >= 0 else { return Quality(beats: 0, odd: 0, corrected: 0, irregular: 0) }
        let first = firstBeat(after: endTimes[last] - CoherenceWindow.seconds, upTo: last)
        var odd = 0
        var corrected = 0
        var irregular = 0
        for index in first...last {
            let isCorrected = labels[index] != .normal
            let isIrregular = isIrregular(index)
            if isCorrected { corrected += 1 }
            if isIrregular { irregular += 1 }
            if isCorrected || isIrregular { odd += 1 }
        }
        return Quality(beats: last - first + 1, odd: odd, corrected: corrected, irregular: irregular)
    }

    /// Whether the interval after `last` may turn out to hide a beat before `time`: its middle does not come later.
    func mayHideBeat(after last: Int, before time: Double) -> Bool {
        guard last + 1 < count else { return false }
        return endTimes[last + 1] - intervals[last + 1] / 2000 <= time
    }

    /// Writes the beats of the window that ends with raw beat `last`, corrected or as they came.
    ///
    /// The label of `last` must be final. Beyond it, labels are used as best known, to tell where good beats follow.
    mutating func collect(upTo last: Int, at time: Double, mode: ArtifactMode, into beats: inout CorrectedBeats) {
        beats.clear()
        let knots = endTimes[last] - CoherenceWindow.knotSeconds
        let first = max(0, firstBeat(after: knots, upTo: last) - Self.margin)
        guard mode == .correct else {
            for index in first...last { beats.append(intervals[index], endTimes[index]) }
            return
        }
        let needsMore = labels.count <= last + ArtifactCorrection.liveReach && labels[last] != .normal
        if needsMore { lookAhead() }
        let known = needsMore ? best : labels
        let source = ArtifactCorrection.Source(
            intervals: intervals, endTimes: endTimes, labels: known,
            bounds: 0..<min(known.count, last + 1 + ArtifactCorrection.liveReach)
        )
        let hides = last + 1 < labels.count && labels[last + 1] == .missed
        let end = hides && mayHideBeat(after: last, before: time) ? last + 1 : last
        ArtifactCorrection.append(first..<(end + 1), of: source, reach: ArtifactCorrection.liveReach, to: &beats)
        while beats.count > 1, beats.endTimes[beats.count - 1] > time { beats.removeLast() }
    }

    /// Brings into `best` all labels, those still pending as they would be if no further beat came.
    private mutating func lookAhead() {
        ahead.become(classifier)
        best.removeAll(keepingCapacity: true)
        best.append(contentsOf: labels)
        while let label = ahead.finishNext() { best.append(label) }
    }
}
