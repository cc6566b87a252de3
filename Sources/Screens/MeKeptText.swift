internal import HRV
public import Practice

/// A kept reading as text: what it came to, its tachogram, and its coherence over time.
public enum MeKeptText {
    /// The whole of it, ending in a line break.
    /// - Parameters:
    ///   - date: when it was.
    ///   - summary: what it came to.
    ///   - replay: its beats, replayed.
    ///   - columns: how wide, at least 40.
    /// - Returns: text of at most that width.
    public static func text(
        date: String, _ summary: PersonalSummary, _ replay: CodeReplay, columns: Int
    ) -> String {
        let head = MeText.summary(summary)
        let analysis = Analysis(replay.series, options: AnalysisOptions(parts: [.coherence]))
        let pictures = AnalysisPlot.overTime(analysis, columns: columns)
        return ([head[0] + ", \(date)"] + head.dropFirst()).joined(separator: "\n") + "\n\n" + pictures
    }
}
