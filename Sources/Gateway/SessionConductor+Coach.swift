public import Practice
import Store
import Straps
import Timekeeping

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

    /// Takes the strap of a code away for this session, if it has one, and gives it the one that somebody named.
    ///
    /// One that is not heard yet is looked for over the air. What is on record stays: `assign` changes that.
    /// - Parameters:
    ///   - text: printed ID, name, label of the school or address, or the end of an ID.
    ///   - code: who is to wear it.
    ///   - known: straps that belong to a code or carry a label.
    /// - Throws: `PairingRefusal` when there is none, more than one, or it belongs to somebody else.
    public func giveStrap(
        named text: String, to code: Code, among known: [KnownStrap]
    ) async throws(PairingRefusal) {
        let strap = try await findStrap(text, for: code, among: known)
        guard streams[code] != nil, phases.current != nil else { return }
        let before = codes.filter { $0.value == code }.keys
        before.forEach { giver.refuse($0) }
        wear(strap, by: code)
        if !before.isEmpty { swapping.insert(code) }
    }

    private func findStrap(
        _ text: String, for code: Code, among known: [KnownStrap]
    ) async throws(PairingRefusal) -> StrapIdentity {
        let limit = t + Self.searching
        var isTold = false
        searches += 1
        defer {
            searches -= 1
            endLookout()
        }
        while true {
            do throws(PairingRefusal) {
                return try strap(text, for: code, among: known)
            } catch {
                guard case .unknown = error, t < limit, phases.current != nil else { throw error }
            }
            if !isTold { emit(.notice(code, text: "its strap '\(text)' is looked for"), at: t) }
            isTold = true
            enqueue { desk in await desk.setLookout(true) }
            // Somebody who cancels waits no longer.
            guard (try? await clock.sleep(for: .seconds(1))) != nil else { throw .unknown(text) }
        }
    }

    /// The strap that a text means, among those that belong to somebody, are worn here or are heard.
    private func strap(
        _ text: String, for code: Code, among known: [KnownStrap]
    ) throws(PairingRefusal) -> StrapIdentity {
        let worn = codes.map { strap, code in KnownStrap(identity: identity(of: strap), code: code) }
        let heard = names.keys.filter { codes[$0] == nil }.map { KnownStrap(identity: identity(of: $0)) }
        let strap = try PairingRefusal.find(text, among: known + worn + heard, for: code)
        if codes[strap.address] == code { throw .alreadyWorn(strap: strap.label, by: code) }
        if plan.takenLabels.contains(strap.label) { throw .inSession(strap: strap.label) }
        return strap
    }

    private func identity(of strap: String) -> StrapIdentity { StrapIdentity(address: strap, name: names[strap] ?? "") }

    /// Takes somebody in who comes late.
    /// - Parameters:
    ///   - code: who comes.
    ///   - roster: the group as it is on record now.
    ///   - takesNearest: whether somebody without a strap on record gets the nearest that nobody has.
    public func join(_ code: Code, as roster: Roster, takesNearest: Bool = true) {
        excluded.remove(code)
        follow(roster)
        guard streams[code] != nil, !codes.values.contains(code) else { return }
        guard takesNearest else { return giver.remove(code) }
        giver.add(code)
        enqueue { desk in await desk.setLookout(true) }
    }

    /// Tells people something that is not written down.
    public func tell(_ text: String) {
        emit(.notice(nil, text: text), at: t)
    }
}
