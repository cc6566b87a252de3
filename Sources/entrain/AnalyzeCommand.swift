import ArgumentParser
import Formats
import Glibc
import HRV
import Screens

/// `entrain analyze`: every number of a recording.
struct AnalyzeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "analyze", abstract: "Analyse a file of RR intervals.",
        discussion: """
            Examples:
              entrain analyze rest.txt
              entrain analyze rest.txt --artifacts keep --json

            FILE has one RR interval a line, in ms (812) or s (0.812). Metrics stand on the centred artefact correction,
            the coherence list on the causal one, as a live session shows it.
            """)

    /// What happens to artefacts.
    enum Artifacts: String, ExpressibleByArgument, CaseIterable {
        case correct, keep
    }

    @Argument(help: "The file.", completion: .file()) var file: String
    @Option(help: "Correct artefacts or keep them.") var artifacts = Artifacts.correct
    @OptionGroup var global: GlobalOptions

    func run() throws {
        let bytes: [UInt8]
        do { bytes = try InputFile.read(file) } catch { throw Failure(.failed, "\(error)") }
        let recording: RRFile
        do { recording = try RRFile.read(bytes: bytes, name: file) } catch { throw Failure(.failed, "\(error)") }
        for note in recording.notes { StandardError.write("entrain: \(file): \(note)\n") }
        let gaps = Dictionary(recording.breaks.map { ($0, 0.0) }) { first, _ in first }
        let series = BeatSeries(rr: recording.intervals, gapsBefore: gaps)
        let analysis = Analysis(series, options: AnalysisOptions(artifacts: artifacts == .correct ? .correct : .keep))
        if global.json {
            StandardOutput.line(AnalysisJSON.document(analysis).line)
        } else {
            StandardOutput.write(AnalysisText.text(analysis, name: file))
        }
    }
}

/// Files that people name.
enum InputFile {
    /// Why a file could not be read.
    struct Trouble: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a regular file whole; `-` is standard input.
    /// - Throws: `Trouble` saying what it is and what to do.
    static func read(_ path: String) throws(Trouble) -> [UInt8] {
        let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw trouble(path, errno) }
        defer { if descriptor != STDIN_FILENO { close(descriptor) } }
        var information = stat()
        guard fstat(descriptor, &information) == 0 else { throw trouble(path, errno) }
        let kind = information.st_mode & S_IFMT
        if kind == S_IFDIR { throw Trouble(description: "\(path) is a folder. Name a file in it.") }
        if path != "-", kind != S_IFREG {
            throw Trouble(description: "\(path) is no regular file. Name a file of RR intervals, or - for standard input.")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(information.st_size) + 1)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count < 0 { throw trouble(path, errno) }
            if count == 0 { return bytes }
            bytes += chunk[..<count]
        }
    }

    private static func trouble(_ path: String, _ code: Int32) -> Trouble {
        let advice = code == ENOENT ? "Check the name." : "Check its rights."
        return Trouble(description: "cannot read \(path): \(String(cString: strerror(code))). \(advice)")
    }
}
