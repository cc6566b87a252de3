public import Practice

/// What a wall knows of a session that it follows over the bus.
public struct WallSighting: Sendable, Hashable {
    /// The group.
    public var group: String
    /// Where the session stood.
    public var moment: SessionMoment
    /// What was counted of people.
    public var counts: WallCounts
    /// Seconds of session time in a second.
    public var clockRate: Double

    /// What all in the room may see.
    /// - Parameter seconds: since it was told, of the machine's time.
    /// - Returns: the view; time and breath go on, counts are those that were told.
    public func view(after seconds: Double) -> WallView {
        let passed = seconds * clockRate
        let phase = Phase(
            key: moment.phase, title: moment.title, seconds: moment.length, feedback: moment.feedback,
            pacer: moment.pacer, prompt: "")
        let place = PhasePlace(
            phase: phase, elapsed: moment.elapsed + (moment.isPaused ? 0 : passed), isPaused: moment.isPaused,
            start: moment.start)
        return WallView(
            state: .running, group: group, place: moment.phase.isEmpty ? nil : place, counts: counts,
            at: moment.t + passed)
    }
}
