import ArgumentParser
import Formats
import HRV

/// `entrain analyze`: every number of a recording.
struct AnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Analyse files of RR intervals: every number, a reason where there is none.",
        discussion: """
            Examples:
              entrain analyze rest.txt
              entrain analyze rest.txt --plot
              entrain analyze rest.txt --artifacts keep --json
              entrain analyze day.csv --window 300 --step 60 --csv > day-windows.csv
              entrain analyze out/beats.csv --code G1-03 --explain

            FILE may come from this program (beats.csv), Kubios (type 1 and 2), Elite HRV,
            HRV Logger, Polar Sensor Logger, Polar Flow, OpenHRV, Empatica, HRVAS, RHRV or
            rdann, or be any text with one interval a line, in ms (812) or s (0.812); - is
            standard input. What it is shows from its contents; --explain says how it was
            read.

            Metrics stand on the centred artefact correction, the coherence list on the
            causal one, as a live session shows it. Exit status 5: some of many files
            failed. 6: not one number could be given.
            """)

    /// What happens to artefacts.
    enum Artifacts: String, ExpressibleByArgument, CaseIterable {
        case correct, keep
    }

    /// What happens to the slow trend before the spectrum.
    enum Detrend: String, ExpressibleByArgument, CaseIterable {
        case priors, none
    }

    @Argument(help: "The files.", completion: .file()) var files: [String]
    @Option(help: "Correct artefacts or keep them.") var artifacts = Artifacts.correct
    @Option(help: "Take the slow trend out of Welch's spectrum by smoothness priors, or not.")
    var detrend = Detrend.priors
    @Option(help: ArgumentHelp("Measure in windows of so many seconds.", valueName: "s")) var window: Double?
    @Option(help: ArgumentHelp("From one window to the next; as long as the window, if left out.", valueName: "s"))
    var step: Double?
    @Flag(help: "Tidy CSV: file,from_s,to_s,metric,value,unit,reason.") var csv = false
    @Flag(help: "Say how each file was read, and why.") var explain = false
    @Option(help: ArgumentHelp("Whose beats to take from a beats.csv of several people.", valueName: "code"))
    var code: String?
    @Flag(help: "Draw tachogram, spectrum, Poincare plot and coherence.") var plot = false
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if csv, global.json { throw ValidationError("choose --json or --csv, not both.") }
        if plot, csv || global.json { throw ValidationError("--plot draws for people: leave out --json and --csv.") }
        if step != nil, window == nil { throw ValidationError("--step needs --window, as in --window 300 --step 60.") }
        for (name, value) in [("window", window), ("step", step)] {
            guard let value else { continue }
            guard value.isFinite, value >= 1, value <= 1e7 else {
                throw ValidationError("--\(name) is a number of seconds from 1 to 10000000.")
            }
        }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read only once.") }
    }

    func run() throws {
        let progress = ProgressLine()
        defer { progress.finish() }
        var output = AnalysisOutput(self)
        var failed: [String] = []
        for (number, file) in files.enumerated() {
            let place = files.count > 1 ? "file \(number + 1) of \(files.count), " : ""
            do {
                try analyze(file, progress: progress, place: place, output: &output)
            } catch let trouble as InputFile.Trouble {
                failed.append(file)
                progress.tell("entrain: \(trouble)\n")
            } catch let error as RRFileError {
                failed.append(file)
                progress.tell("entrain: \(error)\n")
            }
        }
        progress.finish()
        try judge(failed, hasNumber: output.hasNumber)
    }

    private func analyze(
        _ file: String, progress: ProgressLine, place: String, output: inout AnalysisOutput
    ) throws {
        let name = file == "-" ? "standard input" : file
        progress.show("\(place)reading \(name)")
        let recording = try InputFile.recording(file, name: name, code: code) { share in
            progress.show("\(place)reading \(name), \(Int(share * 100)) %")
        }
        for remark in recording.remarks { progress.tell("entrain: \(name): \(remark)\n") }
        if explain, csv || global.json {
            for line in recording.explanation { progress.tell("entrain: \(name): \(line)\n") }
        }
        let series = recording.series
        progress.show("\(place)analysing \(series.count) beats of \(name)")
        let prepared = PreparedSeries(
            series,
            options: AnalysisOptions(
                artifacts: artifacts == .correct ? .correct : .keep, detrending: detrend == .priors ? .priors : .none))
        guard let window else {
            let analysis = Analysis(prepared, window: nil)
            return try output.write(analysis, of: name, recording, progress: progress)
        }
        let windows = AnalysisWindows(series, length: window, step: step ?? window)
        if windows.count == 0 {
            progress.tell(
                "entrain: \(name): it has \(Int(windows.seconds)) s, so no window of \(Int(window)) s fits. "
                    + "Ask for a shorter --window.\n")
        }
        try output.begin(name, recording, progress: progress)
        for number in 0..<windows.count {
            if number.isMultiple(of: 64) {
                progress.show("\(place)window \(number + 1) of \(windows.count) of \(name)")
            }
            let range = windows[number]
            try output.write(Analysis(prepared, window: range), of: name, window: range, progress: progress)
        }
        try output.end(prepared, of: name, progress: progress)
    }

    /// The exit status; every file has been told of before.
    private func judge(_ failed: [String], hasNumber: Bool) throws {
        if failed.count == files.count { throw Failure(.failed) }
        if !failed.isEmpty {
            let names = failed.joined(separator: ", ")
            throw Failure(.partial, "\(failed.count) of \(files.count) files could not be analysed: \(names)")
        }
        guard hasNumber else {
            throw Failure(.notEnough, "not one number could be given; the reasons stand above.")
        }
    }
}
