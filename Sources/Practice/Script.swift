/// The order of phases a group goes through.
public struct Script: Sendable, Hashable {
    /// The name people type, such as `pal-30`.
    public var name: String
    /// One line on what it is for.
    public var purpose: String
    /// The phases, in order; at least one.
    public var phases: [Phase]

    /// Makes a script.
    public init(name: String, purpose: String, phases: [Phase]) {
        self.name = name
        self.purpose = purpose
        self.phases = phases
    }

    /// Sum of all phases that have a length, seconds.
    public var plannedSeconds: Double { phases.reduce(0) { $0 + ($1.seconds ?? 0) } }

    /// The scripts that come with the program, by name.
    public static let builtIn: [Script] = [pal30, demo]

    /// The script of that name.
    /// - Throws: `PracticeError.unknownScript` with the names there are.
    public static func named(_ name: String) throws(PracticeError) -> Script {
        guard let script = builtIn.first(where: { $0.name == name }) else {
            throw .unknownScript(name, known: builtIn.map(\.name))
        }
        return script
    }

    /// One open phase of `minutes` with the pacer at 6 breaths a minute.
    /// - Throws: `PracticeError.badLength` unless 0 < minutes <= 600.
    public static func open(minutes: Double) throws(PracticeError) -> Script {
        guard minutes.isFinite, minutes > 0, minutes <= 600 else { throw .badLength(minutes: minutes) }
        return Script(
            name: "open", purpose: "one phase, pacer at 6.0",
            phases: [
                Phase(
                    key: "practice", title: "Practice", seconds: minutes * 60, feedback: .own, pacer: Pacer(rate: 6),
                    prompt: "breathe with attention on the chest")
            ])
    }
}

extension Script {
    /// The half hour of the training: baseline, practice of five families of emotion regulation, recovery
    /// (families: Gross 1998, Rev Gen Psychol 2:271).
    public static let pal30 = Script(
        name: "pal-30", purpose: "the half hour of the peer-led training",
        phases: [
            Phase(
                key: "fit", title: "Fit", seconds: nil, feedback: .signal,
                prompt: "wet, tighten, sit back, feet on floor", isAnalysed: false, unattendedEnd: .whenAllStream),
            Phase(
                key: "baseline", title: "Baseline", seconds: 300, feedback: .hidden,
                prompt: "sit quietly, eyes open or closed, breathe as usual"),
            Phase(
                key: "select", title: "Select", seconds: 180, feedback: .off, regulation: "situation selection",
                prompt: "pick a coming situation that could go better with a good feeling", isAnalysed: false),
            Phase(
                key: "recall-1", title: "Recall 1", seconds: 120, feedback: .hidden,
                prompt: "bring an exam moment to mind, mild: 3-4 of 10, you may skip"),
            Phase(
                key: "practice-1", title: "Practice 1", seconds: 300, feedback: .own, pacer: Pacer(rate: 6),
                regulation: "response modulation", prompt: "breathe with attention on the chest"),
            Phase(
                key: "practice-2", title: "Practice 2", seconds: 300, feedback: .own, pacer: Pacer(rate: 6),
                regulation: "attentional deployment", prompt: "recall a good feeling; notice details"),
            Phase(
                key: "reappraise", title: "Reappraise", seconds: 180, feedback: .off,
                regulation: "situation modification; cognitive change",
                prompt: "what else could this mean; what would you change in it", isAnalysed: false),
            Phase(
                key: "recall-2", title: "Recall 2", seconds: 120, feedback: .hidden, regulation: "all",
                prompt: "same situation again, with the skill"),
            Phase(
                key: "recovery", title: "Recovery", seconds: 180, feedback: .hidden, prompt: "sit quietly"),
            Phase(
                key: "share", title: "Share", seconds: nil, feedback: .off, regulation: "response expression",
                prompt: "what will you try this week", isAnalysed: false, unattendedEnd: .atOnce),
        ])

    /// Under four minutes, to see everything once; too short to conclude anything from.
    public static let demo = Script(
        name: "demo", purpose: "under four minutes, to see everything once",
        phases: [
            Phase(
                key: "fit", title: "Fit", seconds: nil, feedback: .signal,
                prompt: "wet, tighten, sit back, feet on floor", isAnalysed: false, unattendedEnd: .whenAllStream),
            Phase(
                key: "baseline", title: "Baseline", seconds: 80, feedback: .hidden,
                prompt: "sit quietly, breathe as usual"),
            Phase(
                key: "practice-1", title: "Practice 1", seconds: 110, feedback: .own, pacer: Pacer(rate: 6),
                regulation: "response modulation", prompt: "breathe with attention on the chest"),
        ])
}
