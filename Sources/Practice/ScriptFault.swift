/// What makes a script unfit to be led: where it stands, what is wrong, and what to do.
public struct ScriptFault: Sendable, Hashable {
    /// The number of the phase, from 0; nil for the script as a whole.
    public var phase: Int?
    /// The key of the entry as script files write it, such as `feedback`.
    public var entry: String
    /// What is wrong.
    public var problem: String
    /// What to do.
    public var advice: String

    /// Makes a fault.
    public init(phase: Int?, entry: String, problem: String, advice: String) {
        self.phase = phase
        self.entry = entry
        self.problem = problem
        self.advice = advice
    }
}

extension Script {
    /// The longest script, minutes of all phases that have a length.
    public static let longestMinutes = 600.0

    /// Everything that makes this script unfit to be led, in the order of its phases; empty when it is fit.
    public var faults: [ScriptFault] {
        var faults: [ScriptFault] = []
        if phases.isEmpty {
            faults.append(
                ScriptFault(
                    phase: nil, entry: "phases", problem: "the script has no phase", advice: "Give it a baseline first")
            )
        }
        var seen: Set<String> = []
        for (index, phase) in phases.enumerated() {
            if !seen.insert(phase.key).inserted {
                faults.append(
                    ScriptFault(
                        phase: index, entry: "key", problem: "another phase has the key `\(phase.key)` already",
                        advice: "Give each phase its own, such as \(phase.key)-2"))
            }
            faults += phase.faults.map {
                ScriptFault(phase: index, entry: $0.entry, problem: $0.problem, advice: $0.advice)
            }
        }
        return faults + wholeFaults
    }

    private var wholeFaults: [ScriptFault] {
        var faults: [ScriptFault] = []
        if !phases.isEmpty, !phases.contains(where: \.isBaseline) {
            faults.append(
                ScriptFault(
                    phase: nil, entry: "phases", problem: "there is no baseline, so no change can be told",
                    advice: "Add a phase with `key: baseline`, best as the first one with a length"))
        }
        if plannedSeconds > Self.longestMinutes * 60 {
            faults.append(
                ScriptFault(
                    phase: nil, entry: "phases",
                    problem: "all phases together take more than \(Int(Self.longestMinutes)) minutes",
                    advice: "Make them shorter"))
        }
        return faults
    }
}

extension Phase {
    fileprivate typealias Fault = (entry: String, problem: String, advice: String)

    fileprivate var faults: [Fault] {
        var faults: [Fault] = []
        if isBaseline {
            if feedback != .hidden {
                faults.append(
                    (
                        "feedback", "a baseline hides its feedback: who sees the own heart is practising already",
                        "Write `feedback: hidden`, or give the phase a key that does not begin with baseline"
                    ))
            }
            if pacer != nil {
                faults.append(
                    (
                        "pacer", "a baseline has no pacer: who breathes by a pacer is practising already",
                        "Take `pacer` away, or give the phase a key that does not begin with baseline"
                    ))
            }
            if seconds == nil {
                faults.append(("minutes", "a baseline without a length cannot be compared", "Add `minutes: 5`"))
            }
            if !isAnalysed {
                faults.append(
                    ("analyse", "a baseline that is not analysed is none", "Take `analyse: false` away"))
            }
        }
        if feedback == .off, isAnalysed {
            faults.append(
                (
                    "analyse", "with `feedback: off` people talk, and speech disturbs the intervals",
                    "Write `analyse: false`, or `feedback: hidden` when nobody talks"
                ))
        }
        return faults
    }
}
