public import Practice
import Straps

extension PairConductor {
    /// How it stands now.
    public func view() -> PairingView {
        var view = PairingView(group: plan.roster.group, code: round.current, stage: stage)
        view.nearby = nearby
        view.places = round.members.map { PairingView.Place(code: $0.code, seat: seat(of: $0)) }
        view.adapters = plan.adapters.map(\.name).joined(separator: ", ")
        view.done = round.doneCount
        view.size = round.size
        view.message = message
        return view
    }

    private var stage: PairingView.Stage {
        guard round.current != nil else { return .done }
        if let candidate = nearness.candidate {
            let strap = identity(of: candidate.strap)
            return candidate.isOffered ? .offered(strap, lead: nearness.lead) : .checking(strap)
        }
        // In an order that does not change with every signal that is heard.
        let rivals = nearness.rivals.map { identity(of: $0) }.sorted { $0.printedID < $1.printedID }
        if !rivals.isEmpty { return .close(rivals) }
        switch plan.way {
        case .near: return .looking
        case .id: return .waitingForID
        case .new: return nearness.isWatching ? .looking : .waitingForStart
        }
    }

    /// Straps that are heard, and the one that is looked at although it is not.
    private var nearby: [PairingView.Nearby] {
        var signals = nearness.signals.map { (strap: $0.strap, rssi: Optional($0.rssi)) }
        if let candidate = nearness.candidate, !signals.contains(where: { $0.strap == candidate.strap }) {
            signals.insert((candidate.strap, nil), at: 0)
        }
        return signals.map { signal in
            PairingView.Nearby(
                identity: identity(of: signal.strap), rssi: signal.rssi, beats: beats(of: signal.strap),
                battery: batteries[signal.strap], isPicked: signal.strap == nearness.candidate?.strap)
        }
    }

    private func beats(of strap: String) -> PairingView.Beats {
        if let code = owner(of: strap) { return .belongs(code) }
        if elsewhere.contains(strap) { return .elsewhere }
        guard let candidate = nearness.candidate, candidate.strap == strap else { return .none }
        guard candidate.isSending else { return .connecting }
        return candidate.packetsWithoutBeats >= 5 ? .without : .inARow(candidate.beats)
    }

    private func seat(of member: Member) -> PairingView.Seat {
        guard let strap = member.strap else {
            guard PairingRound.takesPart(member) else { return .absent }
            return round.putOff.contains(member.code) ? .later : .open
        }
        guard kept.contains(strap.address), let trial = trials[strap.address] else { return .given(strap) }
        if lost.contains(strap.address) { return .lost(strap) }
        return .worn(strap, heartRate: trial.result.heartRate, clean: trial.clean)
    }
}
