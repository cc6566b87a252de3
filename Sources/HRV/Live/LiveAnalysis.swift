/// The live engine for one person: beats in, labels and coherence updates out.
///
/// A label is final four beats later. Updates come 64, 69, 74 ... s after the start of a gap-free segment, once the label
/// of the window's last beat is final; nothing is ever computed across a gap.
public struct LiveAnalysis: Sendable {
    /// Whether artefacts are corrected and gate the score, or kept.
    public let artifacts: ArtifactMode
    /// Where low, medium and high begin.
    public let bands: CoherenceBands
    /// The pacer's rate in breaths per second, for `CoherenceUpdate.pacing`; nil asks for none.
    public var pacerHz: Double?
    /// How many beats have been added since the start.
    public private(set) var beats = 0

    private var segment = LiveSegment()
    private var engine = CoherenceEngine()
    private var window = CorrectedBeats()
    private var due = 0.0
    private var isFirstSegment = true
    private var hasScore = false

    /// An engine that has seen no beat.
    public init(artifacts: ArtifactMode = .correct, bands: CoherenceBands = .standard) {
        self.artifacts = artifacts
        self.bands = bands
    }

    /// Begins a new segment after a gap or a reconnect; answers what was still pending.
    public mutating func beginSegment() -> [LiveEvent] {
        var events: [LiveEvent] = []
        beginSegment(into: &events)
        return events
    }

    /// Begins a new segment; appends what was still pending to `events`.
    public mutating func beginSegment(into events: inout [LiveEvent]) {
        guard segment.start != nil else { return }
        flush(into: &events)
        segment.restart()
        isFirstSegment = false
        hasScore = false
    }

    /// Adds a beat.
    ///
    /// - Parameters:
    ///   - rrMilliseconds: the raw interval in ms. What is no interval (not finite, not positive, over 64 s) is not
    ///     counted, and the next beat opens a segment.
    ///   - t: when the interval ended, in seconds. A beat that does not come after the one before, or comes more than
    ///     64 s after it, opens a segment.
    /// - Returns: labels that became final and updates that came due, in order.
    public mutating func add(rrMilliseconds: Double, endsAt t: Double) -> [LiveEvent] {
        var events: [LiveEvent] = []
        add(rrMilliseconds: rrMilliseconds, endsAt: t, into: &events)
        return events
    }

    /// Adds a beat and appends what there is to say to `events`; allocates nothing once warm.
    public mutating func add(rrMilliseconds: Double, endsAt t: Double, into events: inout [LiveEvent]) {
        guard BeatSeries.isInterval(rrMilliseconds, endsAt: t) else {
            beginSegment(into: &events)
            return
        }
        if let last = segment.endTimes.last, !BeatSeries.follows(t, last) { beginSegment(into: &events) }
        let isNew = segment.start == nil
        let label = segment.append(rrMilliseconds, t)
        beats += 1
        if isNew, let start = segment.start { due = start + firstDelay }
        guard let label else { return }
        events.append(.label(index: firstIndex + segment.labels.count - 1, label))
        giveDueUpdates(into: &events)
        segment.forgetBeatsBeyondReach()
    }

    /// Ends the analysis and answers what was still pending; beats may be added afterwards, in a new segment.
    public mutating func finish() -> [LiveEvent] {
        beginSegment()
    }

    /// How far the last 64 s up to the newest final label can be trusted.
    public var quality: Quality { segment.quality(upTo: segment.labels.count - 1) }

    /// Seconds until the first score of this segment comes due; nil once there was one or its time has passed.
    public var secondsUntilFirstScore: Double? {
        guard !hasScore else { return nil }
        guard let start = segment.start, let now = segment.endTimes.last else {
            return CoherenceWindow.seconds + CoherenceWindow.interval
        }
        let wait = firstScoreTime(start) - now
        return wait > 0 ? wait : nil
    }

    /// Peak minus trough of the heart rate over the last seconds, in beats a minute; odd beats are left out.
    ///
    /// - Parameter seconds: the length of a breath, or 10 s.
    /// - Returns: nil with fewer than three sound beats.
    public func swing(over seconds: Double = 10) -> Double? {
        guard let now = segment.endTimes.last else { return nil }
        var lowest = Double.infinity
        var highest = -Double.infinity
        var sound = 0
        var index = segment.count - 1
        while index >= 0, segment.endTimes[index] > now - seconds {
            let isLabelledOdd = index < segment.labels.count && segment.labels[index] != .normal
            if !isLabelledOdd, !segment.isIrregular(index) {
                lowest = min(lowest, segment.intervals[index])
                highest = max(highest, segment.intervals[index])
                sound += 1
            }
            index -= 1
        }
        return sound >= 3 ? 60_000 / lowest - 60_000 / highest : nil
    }

    /// The running count of the segment's oldest beat that is still held.
    private var firstIndex: Int { beats - segment.count }

    /// From a segment's start to the first update listed; after a gap those at 4, 9 to 59 s are, each with its reason.
    private var firstDelay: Double { isFirstSegment ? CoherenceWindow.seconds : CoherenceWindow.seconds - 60 }

    /// When the first score of a segment comes due: the first update whose window can reach back 63.75 s.
    private func firstScoreTime(_ start: Double) -> Double {
        let earliest = segment.firstEnd + CoherenceWindow.span
        var time = start + CoherenceWindow.seconds
        while time + CoherenceWindow.tolerance < earliest { time += CoherenceWindow.interval }
        return time
    }

    private mutating func flush(into events: inout [LiveEvent]) {
        while let label = segment.finishNext() {
            events.append(.label(index: firstIndex + segment.labels.count - 1, label))
        }
        giveDueUpdates(into: &events)
        guard let last = segment.endTimes.last, due <= last + CoherenceWindow.tolerance else { return }
        give(upTo: segment.count - 1, into: &events)
        due += CoherenceWindow.interval
    }

    /// Gives out every update that is past and whose window ends on a beat with a final label.
    private mutating func giveDueUpdates(into events: inout [LiveEvent]) {
        while let newest = segment.endTimes.last, newest > due + CoherenceWindow.tolerance {
            let limit = due + CoherenceWindow.tolerance
            var last = segment.count - 1
            while last >= 0, segment.endTimes[last] > limit { last -= 1 }
            guard last >= 0 else {
                due += CoherenceWindow.interval
                continue
            }
            guard last < segment.labels.count else { return }
            let isOpen = last + 1 == segment.labels.count && segment.mayHideBeat(after: last, before: limit)
            if isOpen, artifacts == .correct { return }
            give(upTo: last, into: &events)
            due += CoherenceWindow.interval
        }
    }

    /// Gives out the update that is due, on the window that ends with the segment's raw beat `last`.
    private mutating func give(upTo last: Int, into events: inout [LiveEvent]) {
        segment.collect(upTo: last, at: due + CoherenceWindow.tolerance, mode: artifacts, into: &window)
        guard let end = window.endTimes.last, let start = segment.start else { return }
        let quality = segment.quality(upTo: last)
        var update = CoherenceUpdate(
            t: due, tEnd: end, beats: firstIndex + last + 1,
            clean: quality.clean, corrected: quality.corrected, irregular: quality.irregular
        )
        if end - CoherenceWindow.span < segment.firstEnd {
            guard !isFirstSegment else { return }
            let wait = max(1, (firstScoreTime(start) - due - CoherenceWindow.tolerance).rounded(.up))
            update.reason = "needs \(Int(wait)) s more"
        } else {
            hasScore = true
            judge(quality, &update)
        }
        events.append(.coherence(update))
    }

    /// Fills in the result, or the reason for none.
    private mutating func judge(_ quality: Quality, _ update: inout CoherenceUpdate) {
        if artifacts == .correct {
            // Shares are fractions of whole beats; the margin keeps 19 of 20 on the right side of 95 %.
            guard quality.clean >= Quality.least - 1e-12 else {
                update.reason = "too many odd beats"
                return
            }
            if quality.clean < Quality.full - 1e-12 { update.note = "some odd beats" }
        }
        update.result = engine.coherence(intervals: window.intervals, endTimes: window.endTimes)
        guard update.result != nil else {
            update.reason = "too few beats"
            update.note = nil
            return
        }
        if let pacerHz { update.pacing = engine.pacedSwing(at: pacerHz) }
    }
}
