import Practice
import Store

/// Everything that the service tells of a session, at one moment.
struct SessionState: Sendable {
    var moment: SessionMoment
    /// Title of the phase that comes next; nil after the last.
    var nextTitle: String?
    /// Codes that take part, in order.
    var codes: [CodeState]
    /// What all in the room may see of the people.
    var counts: WallCounts
    /// Whether the session is over.
    var isOver: Bool

    subscript(code: Code) -> CodeState? { codes.first { $0.readout.code == code } }
}

extension SessionConductor {
    /// Everything that the service tells, as of now.
    func serviceState() -> SessionState {
        let now = t
        let place = isFinished ? nil : phases.place(at: now)
        let phase = place?.phase
        let codes = streams.keys.sorted().compactMap { code in
            streams[code].map { CodeState(readout: $0.readout(at: now), strapLabel: $0.strap) }
        }
        return SessionState(
            moment: SessionMoment(
                t: now, phase: phase?.key ?? "", title: phase?.title ?? "", feedback: phase?.feedback ?? .off,
                elapsed: place?.elapsed ?? 0, length: phase?.seconds, start: place?.start ?? now,
                isPaused: place?.isPaused ?? false, pacer: phase?.pacer),
            nextTitle: phases.upcoming?.title,
            codes: codes, counts: counts(of: codes.map(\.readout), in: place, at: now), isOver: isFinished)
    }

    private func counts(of readouts: [Readout], in place: PhasePlace?, at now: Double) -> WallCounts {
        let places = readouts.map { readout in
            var newest = WallReading.Place(packet: now, beat: readout.beats.last?.t)
            newest.clean = readout.clean
            if case .score(let score, _, _) = readout.score { newest.score = score }
            if newest.clean != nil || newest.score != nil { newest.update = now }
            return newest
        }
        let rhythm = rhythms.rhythm(at: now, straps: streams.count).flatMap { rhythm in
            rhythm.locking.map { WallReading.Rhythm(t: now, phase: rhythm.phase, locking: $0, codes: rhythm.codes) }
        }
        return WallCounts(of: places, students: readouts.count, in: place, rhythm: rhythm, at: now)
    }

    /// Interrupts the phase that runs or goes on with it; nothing happens when it is so already.
    func setPaused(_ wanted: Bool) {
        if phases.isPaused != wanted { pause() }
    }

    /// Ends the phase that runs and begins the one before it anew.
    /// - Returns: whether there is one.
    func previousPhase() -> Bool {
        let changes = phases.back(at: t)
        apply(changes)
        return !changes.isEmpty
    }

    /// Whether a code takes part.
    func takesPart(_ code: Code) -> Bool { streams[code] != nil }

    /// Writes down what the coach says of the session as a whole.
    func write(note text: String) {
        let moment = t
        writer.add([MarkerRecord(t: moment, code: nil, kind: "note", text: text)])
        emit(.notice(nil, text: "note: \(text)"), at: moment)
    }
}
