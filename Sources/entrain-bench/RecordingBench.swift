import Glibc
import HRV

/// Times the analysis of one file of intervals inside this process and prints the figures as JSON.
struct RecordingBench {
    /// What is timed: a name, and the parts of the analysis.
    private static let jobs: [(name: String, parts: Set<AnalysisOptions.Part>)] = [
        ("everything", Set(AnalysisOptions.Part.allCases)),
        ("everything_but_coherence", Set(AnalysisOptions.Part.allCases).subtracting([.coherence])),
        ("time_frequency_poincare_dfa", [.time, .frequency, .nonlinear]),
        ("time", [.time]),
        ("frequency", [.frequency]),
        ("lomb", [.lomb]),
        ("poincare_dfa", [.nonlinear]),
        ("poincare_dfa_entropies", [.nonlinear, .entropy]),
        ("coherence", [.coherence]),
        ("artefacts_alone", []),
    ]

    struct Trouble: Error, CustomStringConvertible {
        var description: String
    }

    let series: BeatSeries
    let artifacts: ArtifactMode

    /// Reads one interval in ms a line.
    /// - Throws: `Trouble` when the file cannot be read or holds something else.
    init(path: String, artifacts: ArtifactMode) throws {
        guard let file = fopen(path, "r") else { throw Trouble(description: "cannot read \(path)") }
        defer { fclose(file) }
        var intervals: [Double] = []
        var line = [CChar](repeating: 0, count: 64)
        while fgets(&line, Int32(line.count), file) != nil {
            var end: UnsafeMutablePointer<CChar>?
            let value = strtod(line, &end)
            guard value > 0 else {
                throw Trouble(description: "line \(intervals.count + 1) of \(path) is no interval in ms")
            }
            intervals.append(value)
        }
        series = BeatSeries(rr: intervals)
        self.artifacts = artifacts
    }

    /// Prints one JSON object: beats, seconds, and the processor milliseconds of each job, the median of at least three
    /// runs, so that a machine with other work does not change the figures much.
    func run() {
        var figures: [String] = []
        // A processor that was idle runs slowly for a moment.
        var spent = 0.0
        while spent < 0.2 { spent += Stopwatch.processorSeconds { _ = Analysis(series) } }
        for job in Self.jobs {
            let options = AnalysisOptions(artifacts: artifacts, parts: job.parts)
            var beats = 0
            let once = Stopwatch.processorSeconds { beats += Analysis(series, options: options).beats }
            // Short jobs are repeated until a run takes about 20 ms, so that the clock's grain does not show.
            let repeats = max(1, min(1000, Int(0.02 / max(once, 1e-6))))
            let runs = (0..<(once > 1 ? 3 : 9)).map { _ in
                Stopwatch.processorSeconds {
                    for _ in 0..<repeats { beats += Analysis(series, options: options).beats }
                }
            }
            let seconds = runs.sorted()[runs.count / 2]
            precondition(beats > 0)
            figures.append("\"\(job.name)\":\(seconds / Double(repeats) * 1000)")
        }
        print(
            "{\"beats\":\(series.count),\"seconds\":\(series.duration),\"milliseconds\":{\(figures.joined(separator: ","))}}"
        )
    }
}
