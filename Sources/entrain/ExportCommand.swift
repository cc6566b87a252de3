import ArgumentParser
import Formats
import Practice
import Store

/// `entrain export`: a session as files.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write a session as CSV files.",
        discussion: "Example:\n  entrain export 20260804-G1 --to out")
    @Argument(help: "Sessions, such as 20260804-G1.") var sessions: [String]
    @Option(help: "The folder to write into; made when it is not there.", completion: .directory) var to: String
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        try await Failing.run {
            let store = try global.openStore()
            let records = try await sessions.asyncMap { try await store.record(named: $0) }
            for record in records {
                let folder = records.count == 1 ? to : "\(to)/\(record.info.name)"
                let replays = record.replays()
                let labels = replays.mapValues(\.labelsBySequence)
                let summaries = PhaseSummary.all(of: record, replays: replays)
                let rhythms = GroupRhythmLog(of: record, replays: replays).rhythms
                let output = try OutputFolder(path: folder)
                for name in SessionBundle.fileNames {
                    try output.write(name) { sink in
                        try SessionBundle.write(
                            name, of: record, labels: labels, summaries: summaries, rhythms: rhythms, to: sink)
                    }
                }
                tell(record, folder)
            }
        }
    }

    private func tell(_ record: SessionRecord, _ folder: String) {
        let names = SessionBundle.fileNames
        if global.json {
            let object: JSONValue = [
                "session": .string(record.info.name), "folder": .string(folder),
                "files": .array(names.map { .string($0) }), "beats": .integer(record.beats.count),
            ]
            StandardOutput.line(object.line)
        } else {
            StandardOutput.line("\(record.info.name): \(record.beats.count) beats of \(record.info.codes.count) codes.")
            StandardOutput.line("CSVs in \(folder)/  (\(names.joined(separator: ", ")))")
        }
    }
}

extension Sequence {
    fileprivate func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
