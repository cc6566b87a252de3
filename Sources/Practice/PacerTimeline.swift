/// Which pacer led when, so that a window is held against the pacer of the phase it lies in.
///
/// The update of a window comes some beats after its end, when the next phase may have begun; and no window lies wholly
/// inside a phase before 64 s of it are over. So a pacer counts from half a minute after its phase began.
public struct PacerTimeline: Sendable, Hashable {
    /// How long the pacer before still counts, seconds.
    static let lag = 30.0

    private struct Change: Sendable, Hashable {
        var start: Double
        var frequency: Double?
    }

    private var changes: [Change] = []

    /// No pacer yet.
    public init() {}

    /// The pacers of phases as they happened.
    public init(_ spans: [PhaseSequence.Span]) {
        for span in spans { begin(span.phase.pacer, at: span.start) }
    }

    /// A phase begins at `t`, seconds from the session's start.
    public mutating func begin(_ pacer: Pacer?, at t: Double) {
        changes.append(Change(start: t, frequency: pacer.map { $0.rate / 60 }))
    }

    /// The pacer's rate that a beat at `t` is held against, breaths a second; nil when there is none.
    public func frequency(at t: Double) -> Double? {
        changes.last { $0.start + Self.lag <= t }?.frequency
    }
}
