public import HRV
public import HeartRate

/// A code's beats run through the live engine again, after the fact: the same labels and updates that a session showed,
/// also after a crash.
public struct CodeReplay: Sendable {
    /// Beats that count, in order: flushed ones are left out.
    public let beats: [Beat]
    /// The label of each of them.
    public let labels: [BeatLabel]
    /// Every coherence update.
    public let updates: [CoherenceUpdate]
    /// The beats as a series for the engine, cut at every gap.
    public let series: BeatSeries

    /// Replays the beats of one code, in the order of their sequence numbers.
    /// - Parameters:
    ///   - all: the beats.
    ///   - pacers: when which pacer led, for the updates' `pacing`.
    public init(_ all: [Beat], pacers: PacerTimeline = PacerTimeline()) {
        let timed = all.filter { $0.flag != .flushed && $0.end != nil }
        var analysis = LiveAnalysis()
        var events: [LiveEvent] = []
        var starts: [Int] = []
        for (index, beat) in timed.enumerated() {
            if index > 0, beat.segment != timed[index - 1].segment {
                analysis.beginSegment(into: &events)
                starts.append(index)
            }
            analysis.pacerHz = pacers.frequency(at: beat.end ?? 0)
            analysis.add(rrMilliseconds: beat.milliseconds, endsAt: beat.end ?? 0, into: &events)
        }
        analysis.beginSegment(into: &events)
        var labels = Array(repeating: BeatLabel.normal, count: timed.count)
        var updates: [CoherenceUpdate] = []
        for event in events {
            switch event {
            case .label(let index, let label): labels[index] = label
            case .coherence(let update): updates.append(update)
            }
        }
        beats = timed
        self.labels = labels
        self.updates = updates
        series = BeatSeries(
            rr: timed.map(\.milliseconds), endTimes: timed.map { $0.end ?? 0 }, segmentStarts: starts)
    }

    /// Labels by the beats' sequence numbers.
    public var labelsBySequence: [Int: BeatLabel] {
        Dictionary(zip(beats.map(\.sequence), labels)) { first, _ in first }
    }

    /// Share of the beats that end in a stretch of time and are neither corrected nor irregular; nil without beats.
    public func clean(from start: Double, to end: Double) -> Double? {
        var whole = 0
        var odd = 0
        for (index, beat) in beats.enumerated() {
            guard let time = beat.end, time >= start, time < end else { continue }
            whole += 1
            if labels[index] != .normal || isIrregular(index) { odd += 1 }
        }
        return whole == 0 ? nil : 1 - Double(odd) / Double(whole)
    }

    private func isIrregular(_ index: Int) -> Bool {
        guard index > 0, index + 1 < beats.count, beats[index - 1].segment == beats[index].segment,
            beats[index + 1].segment == beats[index].segment
        else { return false }
        return Quality.isIrregular(
            beats[index].milliseconds, previous: beats[index - 1].milliseconds, next: beats[index + 1].milliseconds)
    }
}
