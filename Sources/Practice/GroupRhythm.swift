public import HRV

/// How far a group's hearts moved together in one phase with a pacer: of the group as a whole, never of a person.
public struct GroupRhythm: Sendable, Hashable {
    /// Key of the phase.
    public var phase: String
    /// Its title.
    public var title: String
    /// Breaths a minute of its pacer.
    public var pacerRate: Double
    /// How steadily the hearts keep their distance to one another, 0 to 1; nil with a reason.
    public var locking: Double?
    /// How far they are at the same point of the breath, 0 to 1; nil with a reason.
    public var resultant: Double?
    /// Codes that counted.
    public var codes: Int
    /// Updates, every 5 s, in which at least three codes counted.
    public var updates: Int
    /// Why there is no figure.
    public var reason: String?

    /// Makes a rhythm.
    public init(
        phase: String, title: String, pacerRate: Double, locking: Double?, resultant: Double?, codes: Int,
        updates: Int, reason: String?
    ) {
        self.phase = phase
        self.title = title
        self.pacerRate = pacerRate
        self.locking = locking
        self.resultant = resultant
        self.codes = codes
        self.updates = updates
        self.reason = reason
    }
}

/// The rhythms of a session, phase by phase: a pure fold over phases and updates, live and afterwards.
public struct GroupRhythmLog: Sendable {
    private struct Stretch: Sendable {
        var span: PhaseSequence.Span
        var meter: GroupCoherenceMeter
    }

    private var stretches: [Stretch] = []

    /// No phase yet.
    public init() {}

    /// The rhythms of a record whose beats were run through the engine.
    public init(of record: SessionRecord, replays: [Code: CodeReplay]) {
        set(record.phases)
        for (code, replay) in replays.sorted(by: { $0.key < $1.key }) {
            for update in replay.updates { add(update, of: code) }
        }
    }

    /// Takes the phases as they stand now; those with a pacer count.
    public mutating func set(_ spans: [PhaseSequence.Span]) {
        for span in spans {
            guard let pacer = span.phase.pacer else { continue }
            if let known = stretches.firstIndex(where: { $0.span.start == span.start && $0.span.phase == span.phase }) {
                stretches[known].span.end = span.end
            } else {
                let meter = GroupCoherenceMeter(pacerHz: pacer.rate / 60, start: span.start)
                stretches.append(Stretch(span: span, meter: meter))
            }
        }
    }

    /// Takes an update of a code; returns whether it counted anywhere.
    @discardableResult
    public mutating func add(_ update: CoherenceUpdate, of code: Code) -> Bool {
        var counted = false
        for index in stretches.indices {
            let end = stretches[index].span.end ?? .infinity
            if stretches[index].meter.add(update, of: code.place, until: end) { counted = true }
        }
        return counted
    }

    /// The rhythm of every phase with a pacer, in order.
    public var rhythms: [GroupRhythm] { stretches.map { Self.rhythm(of: $0) } }

    /// The rhythm of the phase that runs at `t`.
    /// - Parameters:
    ///   - t: session time, seconds.
    ///   - straps: how many students take part with one; too few cannot become enough by waiting.
    /// - Returns: nil when the phase has no pacer.
    public func rhythm(at t: Double, straps: Int) -> GroupRhythm? {
        guard let stretch = stretches.last(where: { $0.span.contains(t) }) else { return nil }
        var rhythm = Self.rhythm(of: stretch)
        let first = stretch.span.start + CoherenceWindow.seconds
        let wait = first + CoherenceWindow.interval * Double(GroupCoherence.leastUpdates) - t
        let good = stretch.meter.members(shortlyBefore: t)
        if rhythm.locking == nil, wait > 0, straps >= GroupCoherence.leastMembers {
            rhythm.reason = "needs \(Int(wait.rounded(.up))) s more"
        } else if good < GroupCoherence.leastMembers {
            (rhythm.locking, rhythm.resultant) = (nil, nil)
            rhythm.reason = "needs \(GroupCoherence.leastMembers) straps with clean beats, \(good) now"
        }
        return rhythm
    }

    private static func rhythm(of stretch: Stretch) -> GroupRhythm {
        let figures = stretch.meter.coherence
        return GroupRhythm(
            phase: stretch.span.phase.key, title: stretch.span.phase.title,
            pacerRate: stretch.span.phase.pacer?.rate ?? 0, locking: figures.locking, resultant: figures.resultant,
            codes: stretch.meter.members, updates: stretch.meter.updates, reason: stretch.meter.reason)
    }
}
