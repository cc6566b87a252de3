import HRV
public import Practice

extension SessionConductor {
    /// Everything a live screen shows, as of now.
    public func liveView() -> LiveView {
        let now = t
        let span = phases.current ?? phases.spans.last
        let readouts = streams.keys.sorted().compactMap { streams[$0]?.readout(at: now) }
        return LiveView(
            session: plan.info.name, group: plan.info.group.text, phaseTitle: span?.phase.title ?? "",
            prompt: span?.phase.coachLine ?? "", elapsed: max(0, now - (span?.start ?? now)),
            length: span?.phase.seconds,
            pacer: pacerView(of: span, at: now), next: nextPhaseView, isRecording: phases.current != nil,
            readouts: readouts, rhythm: rhythms.rhythm(at: now), log: log, attention: Attention.line(for: readouts),
            adapters: adaptersLine,
            keys: [
                LiveView.KeyHint(key: "n", action: "next phase"), LiveView.KeyHint(key: "m", action: "mark group"),
                LiveView.KeyHint(key: "1-9,0", action: "mark one"), LiveView.KeyHint(key: "q", action: "stop"),
            ])
    }

    private func pacerView(of span: PhaseSequence.Span?, at now: Double) -> LiveView.PacerView? {
        guard let span, let pacer = span.phase.pacer else { return nil }
        return LiveView.PacerView(pacer: pacer, position: pacer.position(at: now - span.start))
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
        guard let rhythm = rhythms.rhythm(at: now), rhythm.locking != nil else { return }
        emit(.group(rhythm), at: now)
    }
}
