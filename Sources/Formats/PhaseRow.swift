import Practice

/// A line of phases.csv.
struct PhaseRow: Sendable {
    let session: String
    let span: PhaseSequence.Span

    static let table = Table<PhaseRow>(
        file: "phases.csv",
        columns: [
            .text("session", "the session") { $0.session },
            .text("phase", "key of the phase") { $0.span.phase.key },
            .text("er", "family of emotion regulation (Gross 1998); empty when none") { $0.span.phase.regulation },
            .thousandths("start_s", unit: "s", "begin, from the session's start") { $0.span.start },
            .thousandths("end_s", unit: "s", "end; empty when the session broke off in it") { $0.span.end },
            .text("feedback", range: "signal|hidden|own|off", "what a student was shown") {
                $0.span.phase.feedback.rawValue
            },
            .number("pacer_rate", unit: "1/min", "breaths a minute; empty without a pacer") {
                $0.span.phase.pacer?.rate
            },
            .number("in_s", unit: "s", "breathing in") { $0.span.phase.pacer?.inSeconds },
            .number("out_s", unit: "s", "breathing out") { $0.span.phase.pacer?.outSeconds },
            .number("hold_s", unit: "s", "holding after breathing in") { $0.span.phase.pacer?.holdSeconds },
        ])
}
