public import Practice
internal import Terminal

/// Events of a personal reading as lines of plain text, for screen readers and for pipes.
public enum MeEventLine {
    /// One line, in words, without cursor movement or colour.
    /// - Parameters:
    ///   - event: what happened.
    ///   - hidesNumbers: whether only words are told.
    /// - Returns: the line without a line feed; nil for what comes too often to be read, single beats.
    public static func text(of event: PersonalEvent, hidesNumbers: Bool = false) -> String? {
        message(of: event.kind, hidesNumbers).map { "\(Figures.clock(event.t)) \(SafeText.line($0))" }
    }

    private static func message(of kind: PersonalEvent.Kind, _ hidesNumbers: Bool) -> String? {
        switch kind {
        case .began(let strap): "beats come from \(strap)"
        case .beat: nil
        case .update(let update): MeText.line(update.view, hidesNumbers: hidesNumbers)
        case .lost: "strap lost, trying again"
        case .back(let gap): "strap back, gap of \(Figures.fixed(gap, places: 0)) s kept"
        case .paused(let isPaused): isPaused ? "paused" : "going on"
        case .pacer(let rate): "pacer \(Figures.fixed(rate, places: 1)) a minute"
        case .notice(let text): text
        }
    }
}
