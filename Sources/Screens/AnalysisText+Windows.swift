public import HRV
internal import Practice
internal import Terminal

extension AnalysisText {
    /// The columns of a table of windows: heading, width, and the cell of an analysis.
    private static let windowColumns: [(name: String, width: Int, cell: @Sendable (Analysis) -> String?)] = [
        ("beats", 6, { String($0.counts.values.reduce(0, +)) }),
        ("odd %", 6, { $0.artifactShare.map { Figures.fixed($0 * 100, places: 1) } }),
        ("HR", 6, { $0.time[.meanHR].map { Figures.fixed($0, places: 1) } }),
        ("RMSSD", 7, { $0.time[.rmssd].map(number) }), ("SDNN", 7, { $0.time[.sdnn].map(number) }),
        ("LF", 7, { $0.frequency[.lf].map(number) }), ("HF", 7, { $0.frequency[.hf].map(number) }),
        ("SampEn", 7, { $0.nonlinear[.sampleEntropy].map { Figures.fixed($0, places: 2) } }),
        ("coher.", 7, { $0.coherenceSummary.mean.map { Figures.fixed($0, places: 2) } }),
    ]

    /// The lines above a table of windows.
    ///
    /// - Parameters:
    ///   - name: the file.
    ///   - analysis: any window of it.
    /// - Returns: two lines.
    public static func windowHeading(name: String, _ analysis: Analysis) -> String {
        let treatment = analysis.options.artifacts == .correct ? "odd beats corrected" : "odd beats kept"
        let title = DisplayWidth.fit(name, columns: columns - treatment.count - 3)
        let cells = windowColumns.map { right($0.name, $0.width) }.joined()
        return " \(title), \(treatment)\n \(pad("from", 9))\(pad("to", 9))\(cells)\n"
    }

    /// One window as a line of that table; all numbers and reasons stand in --json and --csv.
    public static func windowRow(_ analysis: Analysis, _ window: ClosedRange<Double>) -> String {
        let times = [window.lowerBound, window.upperBound].map { pad(Figures.clock($0), 9) }.joined()
        let cells = windowColumns.map { right($0.cell(analysis) ?? Figures.absent, $0.width) }.joined()
        return " \(times)\(cells)\n"
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}
