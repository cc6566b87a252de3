import ArgumentParser
import FoundationEssentials
import Formats
import Glibc
import Store

extension PrivacyCommand {
    /// `entrain privacy open`: what was sealed into one file.
    struct Open: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a sealed export, or a sealed list of study IDs.",
            discussion: """
                Examples:
                  entrain privacy open out.sealed --key facilitator.key --to out
                  entrain privacy open out.codes.sealed --key facilitator.key --to codes

                The files appear in the folder at once or not at all.
                """)
        @Argument(help: "The sealed file.", completion: .file()) var file: String
        @Option(help: "The private key that it was sealed for.", completion: .file()) var key: String
        @Option(help: "The folder to write into.", completion: .directory) var to: String
        @Flag(help: "Write over files that are there.") var force = false
        @OptionGroup var place: PlaceOption
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            try await Failing.run {
                try place.refuseUnsafe(to, option: "--to FOLDER")
                let privateKey = try KeyFile.privateKey(key)
                guard access(file, R_OK) == 0, let data = FileManager.default.contents(atPath: file) else {
                    throw Failure(
                        .notFound, "cannot read \(file): \(String(cString: strerror(errno))). Check the name.")
                }
                let entries: [SealedFile.Entry]
                do { entries = try SealedFile.open([UInt8](data), with: privateKey) } catch {
                    var status = ExitStatus.failed
                    if let fault = error as? KeyFault, case .otherKey = fault { status = .refused }
                    throw Failure(status, "\(file) \(error)")
                }
                try Interruption.watched { interruption in
                    let output = try OutputFolder(path: to, isForced: force, interruption: interruption)
                    try output.refuseTaken(entries.map(\.path))
                    for entry in entries { try output.write(entry.path) { try $0(entry.bytes) } }
                    try output.finish()
                }
                if global.json {
                    let object: JSONValue = [
                        "folder": .string(to), "files": .array(entries.map { .string($0.path) }),
                    ]
                    StandardOutput.line(object.line)
                } else {
                    StandardOutput.line("\(entries.count == 1 ? "1 file" : "\(entries.count) files") in \(to)/")
                }
            }
        }
    }
}
