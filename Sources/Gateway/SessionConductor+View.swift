import HRV
public import Practice
import Store

extension SessionConductor {
    /// Everything a live screen shows, as of now.
    public func liveView() -> LiveView {
        let now = t
        let place = phases.place(at: now)
        let readouts = streams.keys.sorted().compactMap { streams[$0]?.readout(at: now) }
        return LiveView(
            session: plan.info.name, group: plan.info.group.text, phaseTitle: place?.phase.title ?? "",
            prompt: place?.phase.coachLine ?? "", elapsed: place?.elapsed ?? 0, length: place?.phase.seconds,
            pacer: pacerView(at: now), next: nextPhaseView, isRecording: phases.current != nil,
            isPaused: place?.isPaused ?? false, readouts: readouts,
            rhythm: rhythms.rhythm(at: now, straps: streams.count), log: log,
            attention: Attention.line(for: readouts, at: now), adapters: adaptersLine, absent: absent)
    }

    /// Who of the group does not take part and could come late.
    private var absent: [Member] {
        let members = roster?.members ?? []
        return members.filter { streams[$0.code] == nil && !departed.contains($0.code) && $0.consent != .withdrawn }
    }

    private func pacerView(at now: Double) -> LiveView.PacerView? {
        guard let place = phases.place(at: now), let pacer = place.phase.pacer, let breath = place.breath(at: now)
        else { return nil }
        return LiveView.PacerView(pacer: pacer, position: breath)
    }

    private var nextPhaseView: LiveView.NextPhase? {
        phases.upcoming.map { LiveView.NextPhase(title: $0.title, prompt: $0.coachLine, length: $0.seconds) }
    }

    private var adaptersLine: String {
        held.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: " · ")
    }

    /// Tells the group's rhythm every five seconds once there is one.
    func tellRhythm(at now: Double) {
        let step = Int(now / CoherenceWindow.interval)
        guard step > toldRhythmStep else { return }
        toldRhythmStep = step
        guard let rhythm = rhythms.rhythm(at: now, straps: streams.count), rhythm.locking != nil else { return }
        writer.set(rhythm: rhythm, at: now)
        emit(.group(rhythm), at: now)
    }
}
