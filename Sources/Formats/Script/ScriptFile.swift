public import Practice

/// Scripts as files that people write: YAML, one entry a phase.
///
///     name: evening
///     purpose: a quiet end of the day
///     phases:
///       - key: baseline
///         title: Baseline
///         minutes: 3
///         prompt: sit quietly, breathe as usual
///       - key: practice-1
///         title: Practice 1
///         minutes: 5
///         feedback: own
///         pacer: {rate: 6, in_s: 4, out_s: 6}
///         posture: seated, feet on the floor
///         er: response modulation
///         prompt: breathe with attention on the chest
///
/// A phase without `minutes` is open: the coach ends it, or `unattended_end` says what does.
public enum ScriptFile {
    /// The longest file, bytes.
    public static let longest = 1 << 20

    /// Reads a script and holds it against every rule that a script has to keep.
    /// - Parameters:
    ///   - text: the file.
    ///   - file: its name, for errors.
    /// - Returns: the script, with the text as its source.
    /// - Throws: `WrittenFileError` with every mistake.
    public static func read(_ text: String, file: String) throws(WrittenFileError) -> Script {
        var reader = ScriptReader()
        let script = reader.script(text)
        guard let script, reader.mistakes.isEmpty else {
            throw WrittenFileError(file: file, text: text, mistakes: reader.mistakes)
        }
        return script
    }

    /// A script as a file that `read(_:file:)` makes the same script of.
    public static func text(of script: Script) -> String {
        if let source = script.source { return source }
        let purpose = script.purpose.isEmpty ? [] : ["purpose: \(scalar(script.purpose))"]
        var lines = ["name: \(scalar(script.name))"] + purpose + ["phases:"]
        for phase in script.phases {
            let entries = entries(of: phase)
            lines += zip(entries, entries.indices).map { entry, index in (index == 0 ? "  - " : "    ") + entry }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func entries(of phase: Phase) -> [String] {
        var entries = ["key: \(scalar(phase.key))"]
        if !phase.title.isEmpty { entries.append("title: \(scalar(phase.title))") }
        if let seconds = phase.seconds { entries.append("minutes: \(number(seconds / 60))") }
        entries.append("feedback: \(phase.feedback.rawValue)")
        if let pacer = phase.pacer {
            let isEven = pacer == Pacer(rate: pacer.rate)
            let shape =
                isEven
                ? ""
                : ", in_s: \(number(pacer.inSeconds)), out_s: \(number(pacer.outSeconds)), "
                    + "hold_s: \(number(pacer.holdSeconds))"
            entries.append("pacer: {rate: \(number(pacer.rate))\(shape)}")
        }
        if !phase.posture.isEmpty { entries.append("posture: \(scalar(phase.posture))") }
        if !phase.regulation.isEmpty { entries.append("er: \(scalar(phase.regulation))") }
        if !phase.prompt.isEmpty { entries.append("prompt: \(scalar(phase.prompt))") }
        if !phase.isAnalysed { entries.append("analyse: false") }
        if phase.isSkippable { entries.append("skippable: true") }
        if phase.seconds == nil { entries.append("unattended_end: \(phase.unattendedEnd.rawValue)") }
        return entries
    }

    /// A number without a needless fraction.
    private static func number(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }

    /// Text as it is where YAML takes it so, in quotation marks elsewhere; YAML reads JSON's strings.
    private static func scalar(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true && text.last != " "
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || " .,;-()0123456789'?+/".unicodeScalars.contains($0)
            }
            && !["true", "false", "yes", "no", "on", "off", "null"].contains(text.lowercased())
        return isPlain ? text : JSONValue.string(text).line
    }
}
