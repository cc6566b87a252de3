public import HRV
public import HeartRate
public import Timekeeping

/// A reading of one person, for that person alone.
///
/// Packets become numbers as they do in a session; what they are held against is the person's own first minute, and
/// nothing else. It has no clock, no output and no memory beyond itself.
public struct PersonalReading: Sendable {
    /// What a packet or a moment brought.
    public struct Output: Sendable {
        /// New beats.
        public var beats: [Beat] = []
        /// Coherence updates, and how their windows stand to the first one.
        public var updates: [(update: CoherenceUpdate, standing: PersonalYardstick.Standing?)] = []
        /// Things to tell once.
        public var notices: [String] = []

        /// Nothing.
        public init() {}
    }

    /// Breaths a minute at which a swing is looked for without a pacer.
    public static let usualRate = 6.0

    /// When it ends by itself, seconds from the first beats, pauses not counted; nil for never.
    public let length: Double?
    /// The pacer; nil for none.
    public private(set) var pacer: PersonalPacer?
    /// Whether the person has interrupted it.
    public var isPaused: Bool { pausedSince != nil }
    /// What the newest update said.
    private var smoothness = PersonalView.Smoothness.none("no beats yet")

    private var stream: CodeStream
    private var yardstick = PersonalYardstick()
    private var beats: [Int: Beat] = [:]
    private var pacers: [PersonalRecord.PacerChange] = []
    private var pausedSince: Double?
    /// Seconds of pauses that are over.
    private var pausedSeconds = 0.0
    /// When the first beats came.
    private var begun: Double?

    /// A reading that has seen nothing.
    /// - Parameters:
    ///   - length: see `length`.
    ///   - rate: breaths a minute of the pacer; nil for no pacer.
    ///   - t: now, seconds.
    public init(length: Double?, rate: Double?, at t: Double) {
        self.length = length
        pacer = rate.map { PersonalPacer(rate: $0, at: t) }
        stream = CodeStream(code: .nobody)
        notePacer(at: t)
    }

    // MARK: - What the person does

    /// Interrupts it or goes on; what comes meanwhile is not taken, and time stands still.
    /// - Returns: what was pending before the pause.
    public mutating func setPaused(_ isPaused: Bool, at t: Double) -> Output {
        guard isPaused != self.isPaused else { return Output() }
        pacer?.setStill(isPaused, at: t)
        guard let since = pausedSince else {
            pausedSince = t
            return take(stream.finish())
        }
        if begun != nil { pausedSeconds += max(0, t - since) }
        pausedSince = nil
        // Beats are missing between the two, so nothing is ever computed across the pause.
        return take(stream.beginLink(strap: stream.strap, at: t))
    }

    /// Makes the pacer so many steps faster, or slower with a negative number.
    public mutating func changePacer(by steps: Int, at t: Double) {
        pacer?.change(by: steps, at: t)
        notePacer(at: t)
    }

    // MARK: - What the strap does

    /// Notifications of the strap are about to begin.
    public mutating func beginLink(strap: String, at t: Double) -> Output {
        take(stream.beginLink(strap: strap, at: t))
    }

    /// The strap's state, as a screen words it.
    public mutating func setStrap(_ state: StrapReadout) { stream.setStrap(state) }

    /// The strap was found to be lost.
    public mutating func lose(at t: Double) { stream.lose(at: t) }

    /// The strap is back; returns how long nothing came from it, seconds.
    public mutating func comeBack(at t: Double) -> Double? { stream.comeBack(at: t) }

    /// Takes a notification.
    public mutating func add(_ bytes: [UInt8], at t: Double, utc: UTC) -> Output {
        guard !isPaused else { return Output() }
        let output = stream.add(bytes, at: t, utc: utc, silence: nil)
        if begun == nil, output.newBeats.contains(where: { $0.flag != .flushed }) { begun = t }
        return take(output)
    }

    /// Settles what is pending, at the end.
    public mutating func finish() -> Output { take(stream.finish()) }

    // MARK: - How it stands

    /// Whether any beat came.
    public var hasBegun: Bool { begun != nil }

    /// Seconds since the first beats, pauses not counted.
    public func elapsed(at t: Double) -> Double {
        guard let begun else { return 0 }
        let running = pausedSince.map { max(0, t - $0) } ?? 0
        return max(0, t - begun - pausedSeconds - running)
    }

    /// Whether its time is over.
    public func isOver(at t: Double) -> Bool {
        guard let length, begun != nil else { return false }
        return elapsed(at: t) >= length
    }

    /// Everything a screen shows, as of now.
    public func view(at t: Double) -> PersonalView {
        let readout = stream.readout(at: t)
        var view = PersonalView(source: .strap(stream.strap))
        view.elapsed = elapsed(at: t)
        view.left = length.map { max(0, $0 - view.elapsed) }
        view.isPaused = isPaused
        view.pacer = pacer?.pacer
        view.breath = pacer?.position(at: t)
        view.heartRate = readout.heartRate
        view.beats = readout.beats
        view.clean = readout.clean
        view.strap = readout.strap
        view.smoothness = smoothness(readout)
        if case .lost = readout.strap { return view }
        view.swing = stream.swing(over: 60 / (pacer?.pacer.rate ?? Self.usualRate))
        return view
    }

    /// All that was measured until now.
    /// - Parameters:
    ///   - t: now, seconds.
    ///   - started: when `t` was 0.
    ///   - zoneOffsetSeconds: local time's offset from UTC, seconds.
    /// - Returns: the record.
    public func record(at t: Double, started: UTC, zoneOffsetSeconds: Int) -> PersonalRecord {
        PersonalRecord(
            started: started, zoneOffsetSeconds: zoneOffsetSeconds, seconds: elapsed(at: t), pacers: pacers,
            beats: beats.values.sorted { $0.sequence < $1.sequence })
    }

    // MARK: - Folding

    private mutating func take(_ output: CodeStream.Output) -> Output {
        for record in output.beats { beats[record.beat.sequence] = record.beat }
        var told = Output()
        told.beats = output.newBeats
        told.notices = output.notices
        for update in output.updates {
            let standing = yardstick.take(update)
            told.updates.append((update, standing))
            smoothness = PersonalView.Smoothness(update, standing)
        }
        return told
    }

    private func smoothness(_ readout: Readout) -> PersonalView.Smoothness {
        if isPaused { return .none("paused") }
        switch readout.score {
        case .none(let reason) where stream.hasBeats && reason == "no beats yet": return .none("in a moment")
        case .none(let reason): return .none(reason)
        case .score: return smoothness
        }
    }

    private mutating func notePacer(at t: Double) {
        let change = PersonalRecord.PacerChange(t: t, rate: pacer?.pacer.rate)
        if pacers.last?.rate == change.rate, !pacers.isEmpty { return }
        pacers.append(change)
        stream.beginPhase(pacer: pacer?.pacer, at: t)
    }
}

extension Code {
    /// Nobody's place in no group, for a stream of somebody who has none; never shown and never kept.
    fileprivate static let nobody = Code(unchecked: GroupName(unchecked: ""), place: 0)

    private init(unchecked group: GroupName, place: Int) {
        self.group = group
        self.place = place
    }
}

extension GroupName {
    fileprivate init(unchecked text: String) { self.text = text }
}
