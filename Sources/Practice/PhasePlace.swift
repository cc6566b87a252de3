/// Where a session stands at one moment, told from its spans alone: interruptions do not count as time of a phase.
public struct PhasePlace: Sendable, Hashable {
    /// The phase that runs, or that goes on after the interruption.
    public var phase: Phase
    /// Seconds that ran of it, over all of its spans.
    public var elapsed: Double
    /// Whether it is interrupted.
    public var isPaused: Bool
    /// Begin of its newest span, from which its pacer counts, seconds from the session's start.
    public var start: Double

    /// Makes a place.
    public init(phase: Phase, elapsed: Double, isPaused: Bool, start: Double) {
        self.phase = phase
        self.elapsed = elapsed
        self.isPaused = isPaused
        self.start = start
    }

    /// The place at `t`, seconds from the session's start; nil when no phase has begun.
    /// - Parameters:
    ///   - spans: the phases that have begun, in order.
    ///   - t: the moment; a span that is over counts to its end.
    public init?(_ spans: [PhaseSequence.Span], at t: Double) {
        var rest = spans[...]
        isPaused = rest.last?.phase == .pause
        if isPaused { rest.removeLast() }
        guard let newest = rest.last else { return nil }
        phase = newest.phase
        start = newest.start
        elapsed = 0
        while let span = rest.popLast(), span.phase == phase {
            elapsed += max(0, (span.end ?? t) - span.start)
            guard rest.last?.phase == .pause else { return }
            rest.removeLast()
        }
    }

    /// Seconds until the phase ends by itself; nil when it is open.
    public var remaining: Double? { phase.seconds.map { max(0, $0 - elapsed) } }

    /// The breath at `t`; nil without a pacer, and while the phase is interrupted.
    public func breath(at t: Double) -> Pacer.Position? {
        isPaused ? nil : phase.pacer?.position(at: t - start)
    }
}
