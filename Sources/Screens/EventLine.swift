internal import HRV
public import Practice
internal import Terminal

/// Session events as lines of plain text, for `--screen plain`, for screen readers and for pipes.
public enum EventLine {
    /// One line, the message first and in words, without cursor movement or colour.
    ///
    /// - Parameters:
    ///   - kind: what happened.
    ///   - time: the time of day, `16:02:41`.
    /// - Returns: the line without a line feed; nil for what comes too often to be read, single beats.
    public static func text(of kind: SessionEvent.Kind, at time: String) -> String? {
        message(of: kind).map { "\(time) \(SafeText.line($0))" }
    }

    private static func message(of kind: SessionEvent.Kind) -> String? {
        switch kind {
        case .started(let session, let group, let codes, let script):
            "session \(session) started, group \(group), \(codes) \(codes == 1 ? "code" : "codes"), script \(script)"
        case .phaseBegan(let phase): began(phase)
        case .phasePaused(let phase): "phase \(phase.key) paused"
        case .phaseResumed(let phase): "phase \(phase.key) goes on"
        case .phaseEnded(let phase): "phase \(phase.key) ended"
        case .beat: nil
        case .coherence(let code, let reading): "\(code) \(coherence(reading))"
        case .group(let rhythm): rhythm.locking.map { "group \(GroupRhythmText.line(rhythm, locking: $0))" }
        case .strap(let code, .connected(let label)): "\(code) strap \(label) connected"
        case .strap(let code, .lost): "\(code) strap lost, trying again"
        case .strap(let code, .back(let gap)):
            "\(code) strap back, gap of \(Figures.fixed(gap, places: 0)) s kept"
        case .marker(let code, let text): "\(code?.description ?? "group") mark: \(text)"
        case .notice(let code, let text): "\(code?.description ?? "group") \(text)"
        case .ended(let stoppedByUser): stoppedByUser ? "session stopped, data kept" : "session ended"
        }
    }

    private static func began(_ phase: Phase) -> String {
        let length = phase.seconds.map(Figures.spoken) ?? "open"
        let pacer = phase.pacer.map { "pacer \(Figures.fixed($0.rate, places: 1)) a minute" } ?? "no pacer"
        return "phase \(phase.key) started, \(length), \(pacer)"
    }

    private static func coherence(_ reading: CoherenceReading) -> String {
        let clean = "clean \(Figures.percent(reading.clean)) percent"
        let heartRate = reading.heartRate.map { ["heart rate \($0)"] } ?? []
        guard let score = reading.score else {
            let reason = reading.reason ?? "no reason given"
            return (["no coherence score: \(reason)"] + heartRate + [clean]).joined(separator: ", ")
        }
        let band = reading.band.map { $0.rawValue + " " } ?? ""
        let note = reading.note.map { [$0] } ?? []
        return (["coherence \(band)\(Figures.fixed(score, places: 1))"] + heartRate + [clean] + note)
            .joined(separator: ", ")
    }
}
