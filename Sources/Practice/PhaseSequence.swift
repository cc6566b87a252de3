/// Where a session stands in its script: a pure reducer over session time.
///
/// It holds the spans of the phases that have begun; a span stays open until the next one begins or the session ends.
public struct PhaseSequence: Sendable, Hashable {
    /// One phase as it happened.
    public struct Span: Sendable, Hashable {
        /// The phase.
        public var phase: Phase
        /// Begin, seconds from the session's start.
        public var start: Double
        /// End, seconds from the session's start; nil while it runs.
        public var end: Double?

        /// Makes a span.
        public init(phase: Phase, start: Double, end: Double? = nil) {
            self.phase = phase
            self.start = start
            self.end = end
        }

        /// Whether the moment lies in it.
        public func contains(_ t: Double) -> Bool { t >= start && t < (end ?? .infinity) }
    }

    /// What a step changed.
    public enum Change: Sendable, Hashable {
        /// A phase began.
        case began(Span)
        /// A phase is interrupted: the span of the interruption.
        case paused(Span, of: Phase)
        /// A phase that was interrupted goes on.
        case resumed(Span)
        /// A phase ended.
        case ended(Span)
        /// The last phase is over.
        case finished
    }

    /// How long an open phase waits for straps when nobody is at the keys, seconds.
    public static let longestWait = 120.0

    /// The script.
    public let script: Script
    /// Phases that began, in order.
    public private(set) var spans: [Span] = []
    /// Whether the last phase is over.
    public private(set) var isFinished = false
    /// How many phases of the script began.
    private var enteredCount = 0

    /// A session that has not begun.
    public init(script: Script) {
        self.script = script
    }

    /// The phase that runs.
    public var current: Span? { isFinished ? nil : spans.last }

    /// The phase after the one that runs.
    public var upcoming: Phase? {
        enteredCount < script.phases.count ? script.phases[enteredCount] : nil
    }

    /// Where the session stands at `t`; nil before it has begun.
    public func place(at t: Double) -> PhasePlace? { PhasePlace(spans, at: t) }

    /// Whether the phase that runs is interrupted.
    public var isPaused: Bool { current?.phase == .pause }

    /// Begins the first phase at `t`.
    public mutating func begin(at t: Double) -> [Change] {
        spans.isEmpty ? enterNext(at: t) : []
    }

    /// Ends the phase that runs and begins the next one at `t`.
    public mutating func next(at t: Double) -> [Change] {
        guard current != nil else { return [] }
        return leaveCurrent(at: t) + enterNext(at: t)
    }

    /// Ends the phase that runs and begins the one before it in the script anew at `t`; nothing happens in the first.
    public mutating func back(at t: Double) -> [Change] {
        guard current != nil, enteredCount > 1 else { return [] }
        enteredCount -= 2
        return leaveCurrent(at: t) + enterNext(at: t)
    }

    /// Interrupts the phase that runs: its time stands still, and what comes until it goes on is no part of it.
    ///
    /// The interruption is a span of its own, of the phase ``Phase/pause``.
    public mutating func pause(at t: Double) -> [Change] {
        guard let interrupted = current?.phase, !isPaused else { return [] }
        endCurrent(at: t)
        return [.paused(append(.pause, at: t), of: interrupted)]
    }

    /// Goes on with the phase that was interrupted, with the rest of its length, as one more span of it.
    public mutating func resume(at t: Double) -> [Change] {
        guard isPaused, let interrupted = place(at: t)?.phase else { return [] }
        endCurrent(at: t)
        return [.resumed(append(interrupted, at: t))]
    }

    /// Ends the session at `t`, wherever it stands.
    public mutating func stop(at t: Double) -> [Change] {
        guard current != nil else { return [] }
        let changes = leaveCurrent(at: t)
        isFinished = true
        return changes + [.finished]
    }

    /// Lets time pass: phases whose length is over end exactly then, however late the step comes.
    /// - Parameters:
    ///   - t: seconds from the session's start.
    ///   - allStream: whether beats of every strap that takes part have arrived.
    /// - Returns: what changed, in order.
    public mutating func advance(to t: Double, allStream: Bool) -> [Change] {
        var changes: [Change] = []
        while let span = current, let end = dueEnd(of: span, at: t, allStream: allStream), t >= end {
            changes += leaveCurrent(at: end) + enterNext(at: end)
        }
        return changes
    }

    /// When the phase that runs will end by itself; nil when only an event can end it.
    public var plannedEnd: Double? {
        guard let span = current, let seconds = span.phase.seconds else { return nil }
        return span.start + seconds - secondsBefore(span)
    }

    /// Seconds of a phase that ran before its newest span.
    private func secondsBefore(_ span: Span) -> Double { PhasePlace(spans, at: span.start)?.elapsed ?? 0 }

    private func dueEnd(of span: Span, at t: Double, allStream: Bool) -> Double? {
        if let plannedEnd { return plannedEnd }
        switch span.phase.unattendedEnd {
        case .atOnce: return span.start
        case .whenAllStream:
            let latest = span.start + Self.longestWait - secondsBefore(span)
            return allStream ? min(t, latest) : latest
        case .never: return nil
        }
    }

    /// Ends the phase that runs; one that is interrupted ends with the interruption.
    private mutating func leaveCurrent(at t: Double) -> [Change] {
        guard let last = spans.last, last.end == nil else { return [] }
        endCurrent(at: t)
        guard var ended = spans.last(where: { $0.phase != .pause }) else { return [] }
        ended.end = t
        return [.ended(ended)]
    }

    private mutating func endCurrent(at t: Double) {
        guard let last = spans.indices.last, spans[last].end == nil else { return }
        spans[last].end = t
    }

    private mutating func enterNext(at t: Double) -> [Change] {
        guard let phase = upcoming else {
            isFinished = true
            return [.finished]
        }
        enteredCount += 1
        return enter(phase, at: t)
    }

    private mutating func enter(_ phase: Phase, at t: Double) -> [Change] {
        [.began(append(phase, at: t))]
    }

    private mutating func append(_ phase: Phase, at t: Double) -> Span {
        let span = Span(phase: phase, start: t)
        spans.append(span)
        return span
    }
}
