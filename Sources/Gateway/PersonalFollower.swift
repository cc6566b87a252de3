import HRV
import HeartRate
public import Practice
public import Timekeeping

/// Follows one's own place in a session that runs in the room, and keeps nothing of it.
public actor PersonalFollower {
    /// How following ended.
    public enum End: Sendable, Hashable {
        /// Its time was over.
        case done
        /// Somebody stopped it.
        case stopped
        /// The session, or the code's part in it, is over.
        case sessionOver
    }

    /// How often deadlines are looked at, session time.
    static let tick = Duration.milliseconds(100)
    /// How far apart the end of an interval and the begin of the next may be, seconds.
    static let leastGap = 0.5

    /// What happens, for one reader; ends with the reading.
    public nonisolated let events: AsyncStream<PersonalEvent>

    private let code: Code
    private let length: Double?
    private let readings: AsyncStream<CodeReading>
    private let clock: any SessionClock
    private let sink: AsyncStream<PersonalEvent>.Continuation
    private let start: Moment
    private var newest: (reading: CodeReading, at: Instant)?
    private var points: [Readout.BeatPoint] = []
    private var beats: [Beat] = []
    private var analysis = LiveAnalysis()
    private var yardstick = PersonalYardstick()
    private var standing: PersonalYardstick.Standing?
    private var updatedAt: Double?
    private var begun: Instant?
    private var lostSince: Instant?
    private var message = ""
    private var ending: (end: End, seconds: Double)?
    private var finish: CheckedContinuation<Void, Never>?

    /// A follower that has seen nothing.
    /// - Parameters:
    ///   - code: whose place.
    ///   - length: when it ends by itself, seconds from the first beats; nil for the session's end.
    ///   - readings: what the session tells.
    ///   - clock: the session's time.
    public init(code: Code, length: Double?, readings: AsyncStream<CodeReading>, clock: any SessionClock) {
        self.code = code
        self.length = length
        self.readings = readings
        self.clock = clock
        start = clock.now()
        (events, sink) = AsyncStream.makeStream(bufferingPolicy: .unbounded)
    }

    /// Follows until its time is over, the session ends or somebody stops it.
    public func run() async -> End {
        let reading = Task { [readings] in
            for await reading in readings { self.take(reading) }
            self.end(.sessionOver)
        }
        let ticking = Task { [clock] in
            while (try? await clock.sleep(for: Self.tick)) != nil {  // ends by cancellation only
                self.letTimePass()
            }
        }
        await untilEnded()
        ticking.cancel()
        reading.cancel()
        sink.finish()
        return ending?.end ?? .stopped
    }

    /// Says that the session is the coach's.
    public func pause() { message = "Your coach leads the session; q ends what you see of it." }

    /// Says that the pacer is the group's.
    public func changePacer(by steps: Int) { message = "The pacer is the whole group's." }

    /// Shows and tells something that concerns the person.
    public func tell(_ text: String) {
        message = text
        emit(.notice(text))
    }

    /// Ends it now.
    public func stop() { end(.stopped) }

    /// Everything a screen shows, as of now.
    public func view() -> PersonalView {
        var view = PersonalView(source: .session(code))
        view.ownsPacer = false
        view.message = message
        view.elapsed = elapsed
        view.left = length.map { max(0, $0 - view.elapsed) }
        guard let newest else { return view }
        let moment = newest.reading.moment
        if message.isEmpty { view.message = moment.isPaused ? "\(moment.title), paused by the coach" : moment.title }
        view.strap = strap(newest.reading)
        view.beats = points
        if let pacer = moment.pacer, !moment.isPaused {
            view.pacer = pacer
            let now = moment.t + clock.now().instant.seconds(since: newest.at)
            view.breath = pacer.position(at: now - moment.start)
        }
        view.heartRate = newest.reading.heartRate
        view.clean = newest.reading.clean
        switch newest.reading.score {
        case .none(let reason): view.smoothness = .none(reason)
        case .score(let score, _, let note): view.smoothness = .score(score, standing, note: note)
        }
        if newest.reading.isHidden { return view }
        view.swing = analysis.swing(over: 60 / (moment.pacer?.rate ?? PersonalReading.usualRate))
        return view
    }

    /// All that was seen until now.
    /// - Parameter zoneOffsetSeconds: local time's offset from UTC, seconds.
    /// - Returns: the record.
    public func record(zoneOffsetSeconds: Int) -> PersonalRecord {
        PersonalRecord(
            started: start.utc, zoneOffsetSeconds: zoneOffsetSeconds, seconds: ending?.seconds ?? elapsed, pacers: [],
            beats: beats)
    }

    // MARK: - What the session tells

    private func take(_ reading: CodeReading) {
        guard ending == nil else { return }
        let now = clock.now().instant
        newest = (reading, now)
        noteLoss(reading, at: now)
        if begun == nil, !reading.beats.isEmpty {
            begun = now
            emit(.began(strap: reading.strapLabel))
        }
        for point in reading.beats { take(point) }
        if let last = points.last?.t { points.removeAll { $0.t < last - 60 } }
        let t = reading.moment.t
        guard t >= (updatedAt ?? -.infinity) + CoherenceWindow.interval - 0.5 else { return }
        updatedAt = t
        update(reading, at: t)
    }

    private func take(_ point: Readout.BeatPoint) {
        var events: [LiveEvent] = []
        let begin = point.t - point.rrMilliseconds / 1000
        let isApart = point.followsGap || beats.last?.end.map { abs(begin - $0) > Self.leastGap } ?? false
        if isApart { analysis.beginSegment(into: &events) }
        analysis.add(rrMilliseconds: point.rrMilliseconds, endsAt: point.t, into: &events)
        points.append(point)
        beats.append(
            Beat(
                sequence: beats.count + 1, ticks: UInt16(clamping: Int((point.rrMilliseconds * 1.024).rounded())),
                end: point.t, contact: .unknown, flag: isApart ? .gapBefore : .ok,
                segment: (beats.last?.segment ?? 1) + (isApart ? 1 : 0), packet: 1))
        emit(.beat(t: point.t, milliseconds: point.rrMilliseconds, isApart ? .gapBefore : .ok))
    }

    private func update(_ reading: CodeReading, at t: Double) {
        switch reading.score {
        case .score(let score, _, let note):
            standing = yardstick.take(score, endsAt: t)
            emit(
                .update(
                    PersonalUpdate(
                        t: t, score: score, pct: nil, peakHz: reading.peakHz, clean: reading.clean, reason: nil,
                        note: note, standing: standing, view: view())))
        case .none(let reason):
            emit(
                .update(
                    PersonalUpdate(
                        t: t, score: nil, pct: nil, peakHz: nil, clean: reading.clean, reason: reason, note: nil,
                        standing: nil, view: view())))
        }
    }

    private func noteLoss(_ reading: CodeReading, at now: Instant) {
        let isLost = reading.strap == StrapReadout.lost(seconds: 0).word
        if isLost, lostSince == nil {
            lostSince = now
            emit(.lost)
        } else if !isLost, let since = lostSince {
            lostSince = nil
            emit(.back(gapSeconds: now.seconds(since: since)))
        }
    }

    private func strap(_ reading: CodeReading) -> StrapReadout {
        if let lostSince { return .lost(seconds: Int(clock.now().instant.seconds(since: lostSince))) }
        if !reading.advice.isEmpty { return .needsPerson(reading.advice) }
        let plain: [StrapReadout] = [.on, .loose, .noBeats, .connecting]
        return plain.first { $0.word == reading.strap } ?? .waiting
    }

    // MARK: - Time

    private var elapsed: Double { begun.map { max(0, clock.now().instant.seconds(since: $0)) } ?? 0 }

    private func letTimePass() {
        if let length, elapsed >= length { end(.done) }
    }

    private func untilEnded() async {
        guard ending == nil else { return }
        await withCheckedContinuation { finish = $0 }
    }

    private func end(_ end: End) {
        guard ending == nil else { return }
        ending = (end, elapsed)
        finish?.resume()
        finish = nil
    }

    private func emit(_ kind: PersonalEvent.Kind) {
        let now = clock.now()
        sink.yield(PersonalEvent(t: max(0, now.instant.seconds(since: start.instant)), utc: now.utc, kind: kind))
    }
}
