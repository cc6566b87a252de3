public import Practice
import Store
import Straps

/// What the coach does.
extension SessionConductor {
    /// Ends the session now; everything is kept.
    public func stop() {
        guard !isFinished, !wasStopped else { return }
        wasStopped = true
        writer.add([MarkerRecord(t: t, code: nil, kind: "stop", text: "stopped by the user")])
        apply(phases.stop(at: t))
    }

    /// Ends the phase that runs and begins the next one.
    public func nextPhase() {
        apply(phases.next(at: t))
    }

    /// Interrupts the phase that runs, or goes on with it.
    ///
    /// Beats are recorded meanwhile, as those of a phase of its own without numbers.
    public func pause() {
        guard let phase = phases.place(at: t)?.phase, phases.current != nil else { return }
        let moment = t
        let isOver = phases.isPaused
        writer.add([
            MarkerRecord(
                t: moment, code: nil, kind: isOver ? "resume" : "pause",
                text: isOver ? "\(phase.key) goes on" : "\(phase.key) paused by the coach")
        ])
        apply(isOver ? phases.resume(at: moment) : phases.pause(at: moment))
    }

    /// Puts a mark on the group, or on one code.
    public func mark(_ code: Code?, _ text: String) {
        let moment = t
        writer.add([MarkerRecord(t: moment, code: code, kind: "mark", text: text)])
        emit(.marker(code, text: text), at: moment)
    }

    /// Takes the strap of a code away for this session and gives it the nearest that nobody has.
    ///
    /// What is on record stays: `assign` changes that.
    public func swapStrap(of code: Code) {
        guard streams[code] != nil, phases.current != nil else { return }
        for strap in codes.filter({ $0.value == code }).keys {
            giver.refuse(strap)
            letGo(strap)
        }
        if let output = streams[code]?.finish() { record(output, of: code) }
        streams[code]?.unlink()
        swapping.insert(code)
        giver.add(code)
        enqueue { desk in await desk.setLookout(true) }
        note(code, "is to get another strap: the nearest that nobody has")
    }

    /// Takes somebody in who comes late; without a strap on record the nearest that nobody has is given.
    /// - Parameters:
    ///   - code: who comes.
    ///   - roster: the group as it is on record now.
    public func join(_ code: Code, as roster: Roster) {
        excluded.remove(code)
        follow(roster)
        guard streams[code] != nil, !codes.values.contains(code) else { return }
        giver.add(code)
        enqueue { desk in await desk.setLookout(true) }
    }

    /// Tells people something that is not written down.
    public func tell(_ text: String) {
        emit(.notice(nil, text: text), at: t)
    }
}
