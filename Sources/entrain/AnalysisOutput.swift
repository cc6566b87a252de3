import Formats
import HRV
import Screens
import Terminal

/// Prints analyses as they were asked for: a table for people, NDJSON or CSV.
struct AnalysisOutput {
    private enum Form {
        case text, json, csv
    }

    /// Whether anything printed was a number.
    private(set) var hasNumber = false

    private let form: Form
    private let explains: Bool
    private let plots: Bool
    private let isASCII: Bool
    private let columns: Int
    private var hasWritten = false
    private var isInWindows = false

    init(_ command: AnalyzeCommand) {
        form = command.global.json ? .json : command.csv ? .csv : .text
        explains = command.explain
        plots = command.plot
        isASCII = command.global.ascii
        let width = StandardOutput.isTerminal ? WindowSize.of(descriptor: 1)?.columns : nil
        columns = min(max(width ?? AnalysisText.columns, AnalysisPlot.leastColumns), 120)
    }

    /// A whole recording.
    mutating func write(
        _ analysis: Analysis, of file: String, _ recording: RRFile, progress: ProgressLine
    ) throws {
        note(analysis)
        switch form {
        case .json:
            let input = explains ? recording : nil
            try line(AnalysisDocument.value(of: analysis, file: file, input: input).line, progress)
        case .csv:
            let series = analysis.raw
            let start = series.endTimes.first.map { $0 - series.rr[0] / 1000 } ?? 0
            let end = max(start, series.endTimes.last ?? start)
            try table(AnalysisTable.lines(of: analysis, file: file, window: start...end), progress)
        case .text:
            try begin(file, recording, progress: progress)
            try text(AnalysisText.text(analysis, name: file), progress)
            if plots { try draw(analysis, progress) }
        }
    }

    /// What stands before the windows of a file.
    mutating func begin(_ file: String, _ recording: RRFile, progress: ProgressLine) throws {
        guard form == .text else { return }
        if hasWritten { try text("\n", progress) }
        if explains { try text(AnalysisText.explanation(recording.explanation, name: file), progress) }
    }

    /// A window of a recording.
    mutating func write(
        _ analysis: Analysis, of file: String, window: ClosedRange<Double>, progress: ProgressLine
    ) throws {
        note(analysis)
        switch form {
        case .json: try line(AnalysisDocument.value(of: analysis, file: file, window: window).line, progress)
        case .csv: try table(AnalysisTable.lines(of: analysis, file: file, window: window), progress)
        case .text:
            if !isInWindows { try text(AnalysisText.windowHeading(name: file, analysis), progress) }
            try text(AnalysisText.windowRow(analysis, window), progress)
            isInWindows = true
        }
    }

    /// What stands after the windows of a file.
    mutating func end(_ prepared: PreparedSeries, of file: String, progress: ProgressLine) throws {
        isInWindows = false
        guard form == .text, plots else { return }
        try draw(Analysis(prepared, window: nil), progress)
    }

    private mutating func draw(_ analysis: Analysis, _ progress: ProgressLine) throws {
        let pictures = AnalysisPlot.text(analysis, columns: columns)
        try text("\n" + pictures, progress)
    }

    private mutating func note(_ analysis: Analysis) {
        hasNumber =
            hasNumber || analysis.coherenceSummary.mean != nil
            || [analysis.time.ordered, analysis.frequency.ordered, analysis.lomb.ordered, analysis.nonlinear.ordered]
                .contains { $0.contains { $0.value != nil } }
    }

    private mutating func table(_ lines: [UInt8], _ progress: ProgressLine) throws {
        let bytes = hasWritten ? lines : AnalysisTable.header + lines
        try text(String(decoding: bytes, as: UTF8.self), progress)
    }

    private mutating func line(_ line: String, _ progress: ProgressLine) throws { try text(line + "\n", progress) }

    private mutating func text(_ text: String, _ progress: ProgressLine) throws {
        progress.clear()
        hasWritten = true
        let written = form == .text && isASCII ? ASCIIFallback.text(text) : text
        // Nobody reads any more, as with `| head`: there is nothing left to do and nobody to tell.
        guard StandardOutput.write(written) else { throw Failure(.failed) }
    }
}
