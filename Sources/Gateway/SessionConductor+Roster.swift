import HeartRate
public import Practice
import Store
import Straps

extension SessionConductor {
    /// Takes the group as it is on record now: consent given or taken back, straps given or taken away while the session
    /// runs.
    ///
    /// Straps that were given for this session only stay until the record names another.
    public func follow(_ roster: Roster) {
        guard phases.current != nil else { return }
        self.roster = roster
        for member in roster.members where !excluded.contains(member.code) {
            switch (streams[member.code] != nil, member.consent.allowsRecording) {
            case (false, true): admit(member)
            case (true, false): leave(member.code)
            case (true, true): takeOver(member)
            case (false, false): break
            }
        }
    }

    /// Takes over what changed for somebody who takes part.
    private func takeOver(_ member: Member) {
        if consents[member.code] != member.consent {
            consents[member.code] = member.consent
            writer.admit(member.code, consent: member.consent)
            emit(.notice(member.code, text: member.consent.words), at: t)
        }
        if onRecord[member.code] != member.strap {
            change(member.code, to: member.strap)
        }
    }

    /// A late joiner takes part from now on; who withdrew in this session does so in the next.
    private func admit(_ member: Member) {
        guard !departed.contains(member.code) else { return }
        var stream = CodeStream(code: member.code)
        if let span = phases.current { stream.beginPhase(pacer: span.phase.pacer, at: span.start) }
        streams[member.code] = stream
        consents[member.code] = member.consent
        writer.admit(member.code, consent: member.consent)
        note(member.code, "joined")
        if let strap = member.strap {
            change(member.code, to: strap)
        } else if plan.givesStraps {
            giver.add(member.code)
            enqueue { desk in await desk.setLookout(true) }
        }
    }

    /// A code takes part no more; nothing of it is written from now on, and it is named in no mark.
    private func leave(_ code: Code) {
        writer.admit(code, consent: .withdrawn)
        for strap in codes.filter({ $0.value == code }).keys { letGo(strap) }
        giver.remove(code)
        swapping.remove(code)
        onRecord[code] = nil
        consents[code] = nil
        departed.insert(code)
        streams[code] = nil
        emit(.notice(code, text: "takes part no more; nothing of it is kept"), at: t)
    }

    /// Gives a code another strap, or none: a strap of somebody else in this session is taken from there.
    private func change(_ code: Code, to strap: StrapIdentity?) {
        onRecord[code] = strap
        if let strap, codes[strap.address] == code { return }
        wear(strap, by: code)
    }

    /// Lets a code wear another strap from now on, or none.
    func wear(_ strap: StrapIdentity?, by code: Code) {
        let moment = t
        for old in codes.filter({ $0.value == code }).keys { letGo(old) }
        if let output = streams[code]?.finish() { record(output, of: code) }
        streams[code]?.unlink()
        guard let strap else {
            emit(.notice(code, text: "has no strap now"), at: moment)
            return
        }
        giver.remove(code)
        swapping.remove(code)
        let isWorn = takeFromOther(strap)
        assign(strap, to: code)
        if isWorn {
            // It goes on sending, and nobody subscribes anew: its beats begin a segment of this code.
            beginLink(strap.address, at: moment)
            writeLink(.swap, of: code, at: moment)
            streams[code]?.setStrap(.on)
        }
        emit(.notice(code, text: "wears \(strap.label) from now on"), at: moment)
        enqueue { desk in await desk.want(strap.address) }
    }

    /// Takes a strap from whoever wears it in this session; returns whether anybody did.
    private func takeFromOther(_ strap: StrapIdentity) -> Bool {
        guard let other = codes[strap.address] else { return false }
        if let output = streams[other]?.finish() { record(output, of: other) }
        streams[other]?.unlink()
        labels[strap.address] = nil
        return true
    }

    func letGo(_ strap: String) {
        codes[strap] = nil
        labels[strap] = nil
        begun.remove(strap)
        enqueue { desk in await desk.release(strap) }
    }
}
