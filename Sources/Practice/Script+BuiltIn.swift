extension Script {
    /// The half hour of the training: baseline, practice of five families of emotion regulation, recovery
    /// (families: Gross 1998, Rev Gen Psychol 2:271).
    public static let pal30 = Script(
        name: "pal-30", purpose: "the half hour of the peer-led training",
        phases: [
            fit,
            Phase(
                key: "baseline", title: "Baseline", seconds: 300, feedback: .hidden, posture: seated,
                prompt: "sit quietly, eyes open or closed, breathe as usual"),
            Phase(
                key: "select", title: "Select", seconds: 180, feedback: .off, regulation: "situation selection",
                prompt: "pick a coming situation that could go better with a good feeling", isAnalysed: false),
            Phase(
                key: "recall-1", title: "Recall 1", seconds: 120, feedback: .hidden,
                prompt: "bring an exam moment to mind, mild: 3-4 of 10", isSkippable: true),
            Phase(
                key: "practice-1", title: "Practice 1", seconds: 300, feedback: .own, pacer: Pacer(rate: 6),
                posture: seated, regulation: "response modulation",
                prompt: "breathe with attention on the chest"),
            Phase(
                key: "practice-2", title: "Practice 2", seconds: 300, feedback: .own, pacer: Pacer(rate: 6),
                posture: seated, regulation: "attentional deployment",
                prompt: "recall a good feeling; notice details"),
            Phase(
                key: "reappraise", title: "Reappraise", seconds: 180, feedback: .off,
                regulation: "situation modification; cognitive change",
                prompt: "what else could this mean; what would you change in it", isAnalysed: false),
            Phase(
                key: "recall-2", title: "Recall 2", seconds: 120, feedback: .hidden, regulation: "all",
                prompt: "same situation again, with the skill"),
            Phase(
                key: "recovery", title: "Recovery", seconds: 180, feedback: .hidden, posture: seated,
                prompt: "sit quietly"),
            Phase(
                key: "share", title: "Share", seconds: nil, feedback: .off, regulation: "response expression",
                prompt: "what will you try this week", isAnalysed: false, unattendedEnd: .atOnce),
        ])

    /// Ten minutes for a group that knows the practice already.
    public static let quick10 = Script(
        name: "quick-10", purpose: "ten minutes for a group that knows the practice",
        phases: [
            fit,
            Phase(
                key: "baseline", title: "Baseline", seconds: 180, feedback: .hidden, posture: seated,
                prompt: "sit quietly, breathe as usual"),
            Phase(
                key: "practice-1", title: "Practice 1", seconds: 300, feedback: .own, pacer: Pacer(rate: 6),
                posture: seated, regulation: "attentional deployment",
                prompt: "breathe with attention on the chest, recall a good feeling"),
            Phase(
                key: "recovery", title: "Recovery", seconds: 120, feedback: .hidden, posture: seated,
                prompt: "sit quietly"),
        ])

    /// Five paces from 6.5 down to 4.5 breaths a minute, two minutes each, with two minutes of rest between them.
    ///
    /// The assessment of Lehrer, Vaschillo and Vaschillo 2000 as Shaffer and Meehan 2020 give it (Front Neurosci
    /// 14:570400).
    ///
    /// Feedback is hidden, so that nobody follows the score in place of the pacer.
    public static let resonance = Script(
        name: "resonance", purpose: "five paces with rests: which suits whom",
        phases: resonancePhases)

    private static var resonancePhases: [Phase] {
        var phases = [
            fit,
            Phase(
                key: "baseline", title: "Baseline", seconds: 120, feedback: .hidden, posture: seated,
                prompt: "sit quietly, breathe as usual"),
        ]
        for (index, rate) in [6.5, 6, 5.5, 5, 4.5].enumerated() {
            if index > 0 {
                phases.append(
                    Phase(
                        key: "rest-\(index)", title: "Rest \(index)", seconds: 120, feedback: .hidden, posture: seated,
                        prompt: "breathe as usual"))
            }
            phases.append(
                Phase(
                    key: "practice-\(rate)", title: "Pace \(rate)", seconds: 120, feedback: .hidden,
                    pacer: Pacer(rate: rate), posture: seated, regulation: "response modulation",
                    prompt: "follow the pacer, easily, never deeper than comfortable"))
        }
        return phases
    }

    private static let fit = Phase(
        key: "fit", title: "Fit", seconds: nil, feedback: .signal, prompt: "wet, tighten, sit back, feet on floor",
        isAnalysed: false, unattendedEnd: .whenAllStream)

    private static let seated = "seated, feet on the floor"

    /// Under four minutes, to see everything once; too short to conclude anything from.
    public static let demo = Script(
        name: "demo", purpose: "to see everything once",
        phases: [
            fit,
            Phase(
                key: "baseline", title: "Baseline", seconds: 80, feedback: .hidden,
                prompt: "sit quietly, breathe as usual"),
            Phase(
                key: "practice-1", title: "Practice 1", seconds: 110, feedback: .own, pacer: Pacer(rate: 6),
                regulation: "response modulation", prompt: "breathe with attention on the chest"),
        ])
}
