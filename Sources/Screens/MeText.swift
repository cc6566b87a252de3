public import Practice

/// A personal reading in words: nothing is compared with anybody else, and nothing is judged.
public enum MeText {
    /// What the person has to know of their own measure.
    static let explanation =
        "Smooth means: your heart rate goes up and down like one slow wave. It says nothing about how fit or healthy "
        + "you are, and it is fine if it stays jagged."
    static let shortExplanation = "Smooth says nothing about how fit or healthy you are."
    static let freedom = "Dizzy or uneasy? Breathe as you like, or press q. Nothing is lost."

    /// What stands in help and at the end of a reading.
    public static let wellness = """
        For learning and well-being practice; not a medical device. Values are
        estimates from a consumer strap. See: entrain help wellness
        """

    /// How a window stands to the person's own first one.
    public static func words(_ standing: PersonalYardstick.Standing?) -> String {
        switch standing {
        case .smoother: "smoother than your first minute"
        case .same: "about as smooth as your first minute"
        case .rougher: "more jagged than your first minute"
        case nil: "compared after a second full minute"
        }
    }

    /// Cells of ten that a score fills; full at 5.
    public static func cells(_ score: Double) -> Int { Int((min(max(score, 0), 5) * 2).rounded()) }

    /// Who sees it, and what becomes of it.
    static func privacy(_ view: PersonalView) -> String {
        switch view.source {
        case .strap: "only you see this · " + (view.isKept ? "kept under a receipt" : "not saved")
        case .session(let code): "you and your coach see this · \(code)"
        }
    }

    /// What the breath does now.
    static func breath(_ view: PersonalView) -> String {
        if view.isPaused { return "Paused" }
        return switch view.breath?.motion {
        case .inhale: "Breathe in"
        case .hold: "Hold"
        case .exhale: "Breathe out"
        case nil: "Breathe as you like"
        }
    }

    /// How much time is left.
    static func time(_ view: PersonalView) -> String {
        if view.isPaused { return "paused, space goes on" }
        if view.elapsed <= 0, view.beats.isEmpty { return "waiting for your heart beats" }
        return view.left.map { "\(Figures.spoken($0.rounded(.up))) left" }
            ?? "\(Figures.spoken(view.elapsed.rounded(.down))) so far"
    }

    /// The pacer's rate.
    static func rate(_ view: PersonalView) -> String? {
        guard let pacer = view.pacer else { return nil }
        return "\(Figures.fixed(pacer.rate, places: 1)) a minute" + (view.ownsPacer ? " (change with - and +)" : "")
    }

    /// What to do about the strap, or what else there is to say; empty for nothing.
    public static func advice(_ view: PersonalView) -> String {
        switch view.strap {
        case .lost(let seconds):
            return "Your strap has been silent for \(seconds) s; it is tried again. Stay near, and press the pads on."
        case .loose: return "Many odd beats: wet the pads again and tighten the strap."
        case .noBeats: return "This device sends no beats, only heart rate: a chest strap does."
        case .needsPerson(let advice): return advice
        case .waiting, .connecting, .on: break
        }
        if case .score(_, _, .some(let note)) = view.smoothness, view.message.isEmpty { return "Mind: \(note)." }
        return view.message
    }

    /// The moment as one line of plain text, for screen readers and pipes.
    /// - Parameters:
    ///   - view: the moment.
    ///   - hidesNumbers: whether only words are told.
    /// - Returns: plain text.
    public static func line(_ view: PersonalView, hidesNumbers: Bool = false) -> String {
        var parts: [String] = []
        switch view.smoothness {
        case .score(let score, let standing, let note):
            parts.append((hidesNumbers ? "" : "smooth \(cells(score)) of 10, ") + words(standing))
            if let note { parts.append(note) }
        case .none(let reason): parts.append("no measure of smoothness yet: \(reason)")
        }
        guard !hidesNumbers else { return parts.joined(separator: ", ") }
        if let heartRate = view.heartRate { parts.append("heart rate \(heartRate)") }
        if let swing = view.swing { parts.append("swing per breath \(Figures.fixed(swing, places: 0))") }
        if let clean = view.clean { parts.append("clean \(Figures.percent(clean)) percent") }
        return parts.joined(separator: ", ")
    }

    /// What a reading came to, line by line.
    /// - Parameters:
    ///   - summary: what it came to.
    ///   - hidesNumbers: whether only words are told.
    /// - Returns: plain text.
    public static func summary(_ summary: PersonalSummary, hidesNumbers: Bool = false) -> [String] {
        var lines = ["Your reading: \(Figures.spoken(summary.seconds.rounded(.down)))"]
        if !hidesNumbers {
            let rate = summary.heartRate.map { "\(Figures.fixed($0, places: 0)) a minute" }
            lines.append(row("Heart rate", rate))
            let swing = summary.swing.map { "\(Figures.fixed($0, places: 0)) a minute up and down" }
            lines.append(row("Swing per breath", swing))
        }
        lines.append(row("How smooth", smoothness(summary, hidesNumbers)))
        if !hidesNumbers {
            lines.append(row("Clean beats", summary.clean.map { "\(Figures.percent($0)) %" }))
        }
        return lines
    }

    private static func smoothness(_ summary: PersonalSummary, _ hidesNumbers: Bool) -> String {
        guard let first = summary.first else { return "\(Figures.absent)  \(summary.reason ?? "no score")" }
        let start = "first minute \(cells(first)) of 10"
        guard let later = summary.later else {
            let rest = "too short to compare: two full minutes are needed"
            return hidesNumbers ? rest : "\(start), \(rest)"
        }
        let word = words(summary.standing)
        return hidesNumbers ? "the rest: \(word)" : "\(start), the rest \(cells(later)) of 10: \(word)"
    }

    private static func row(_ name: String, _ value: String?) -> String {
        "  " + name + String(repeating: " ", count: max(1, 18 - name.count)) + (value ?? Figures.absent)
    }
}
