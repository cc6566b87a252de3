import ArgumentParser
import Formats
import HRV
import HeartRate
import Practice
import Store
import Timekeeping

/// `entrain import`: recordings made elsewhere join a session.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take recordings that were made elsewhere into a session.",
        discussion: """
            Examples:
              entrain import phone.txt --code G1-09 --session 20260804-G1 --explain
              entrain import morning.csv --code G1-03

            FILE is whatever `entrain analyze` reads; `entrain help formats` lists it.
            Without --session a new one is made, on the day the file tells, or today. With
            --session the file is placed by its own clock, which is taken for local time,
            or by --at, or else at the session's start. What is left out is counted and
            told with its lines.

            Intervals are kept with every digit that the file has, and marked as imported:
            they have no packets, and no ticks of 1/1024 s but those of our own beats.csv.
            The same file is never taken twice.

            Imported as the wrong code's? Within the group, give it to the right one, and
            the history stays:
              entrain session reassign 20260804-G1 --from G1-09 --to G1-08
            In another group, import it there with --again; the first copy stays where it
            is.
            """)
    @Argument(help: "The files, in the order they were recorded.", completion: .file()) var files: [String]
    @Option(help: "Whose they are, such as G1-09; the code needs consent on record.") var code: String
    @Option(help: "The session they join.") var session: String?
    @Option(help: ArgumentHelp("Where the first file begins, seconds from the session's start.", valueName: "s"))
    var at: Double?
    @Option(help: ArgumentHelp("Whose beats to take from a beats.csv of several people.", valueName: "code"))
    var of: String?
    @Flag(help: "Take a file in again for this code, though it is here as another's, who keeps it.") var again = false
    @Flag(help: "Say how each file was read, and why.") var explain = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let at, !(at.isFinite && (0...1e6).contains(at)) {
            throw ValidationError("--at is a number of seconds from 0 to 1000000.")
        }
        if at != nil, session == nil { throw ValidationError("--at needs --session.") }
        if files.count(where: { $0 == "-" }) > 1 { throw ValidationError("standard input can be read only once.") }
    }

    func run() async throws {
        try await Failing.run {
            let code = try Code(code)
            try place.refuseUnsafeStore(global)
            let store = try global.openStore()
            try await refuseWithoutConsent(code, store)
            let progress = ProgressLine()
            defer { progress.finish() }
            var name = session
            var failed: [String] = []
            var isUnreadable = false
            for file in files {
                do {
                    let recording = try read(file, code, progress)
                    name = try await keep(recording, code, in: name, store, progress)
                } catch let error where Self.isOfFile(error) {
                    failed.append(file)
                    isUnreadable = isUnreadable || !(error is StoreError)
                    progress.tell("entrain: \(Self.sentence(error, file))\n")
                }
            }
            progress.finish()
            if failed.count == files.count { throw Failure(isUnreadable ? .failed : .refused) }
            if !failed.isEmpty {
                throw Failure(
                    .partial,
                    "\(failed.count) of \(files.count) files were not imported: \(failed.joined(separator: ", "))")
            }
        }
    }

    /// A file as it was read, and what it is known by.
    private struct Recording {
        let path: String
        let file: RRFile
        let digest: String
    }

    private static func isOfFile(_ error: any Error) -> Bool {
        if error is RRFileError || error is InputFile.Trouble { return true }
        return (error as? StoreError)?.kind == .badImport
    }

    private static func sentence(_ error: any Error, _ file: String) -> String {
        // The reader's advice names the option of analyze.
        guard let error = error as? StoreError else { return "\(error)".replacing("--code", with: "--of") }
        return "\(file) was not imported: \(error.detail)"
    }

    private func refuseWithoutConsent(_ code: Code, _ store: Store) async throws {
        guard let member = try await store.roster(code.group).members.first(where: { $0.code == code }) else {
            throw StoreError(.unknownCode, code.description)
        }
        guard member.consent == .study else {
            throw Failure(
                .refused,
                """
                \(code) \(member.consent.words): a recording is kept only of who agreed to that.
                  Record it:  entrain privacy consent \(code) --yes-on-paper
                """)
        }
    }

    // MARK: - Reading

    private func read(_ path: String, _ code: Code, _ progress: ProgressLine) throws -> Recording {
        let name = path == "-" ? "standard input" : path
        var digest = Checksum()
        progress.show("reading \(name)")
        let file = try InputFile.recording(
            path, name: name, code: of, watching: { digest.add(Array($0)) },
            progress: { progress.show("reading \(name), \(Int($0 * 100)) %") })
        if explain { for line in file.explanation { progress.tell("entrain: \(name): \(line)\n") } }
        for remark in file.remarks { progress.tell("entrain: \(name): \(remark)\n") }
        // One file may hold several people: each of them may come from it once.
        var key = file.code.map { Checksum.hexadecimal(of: "\(digest.hexadecimal) \($0)".utf8) } ?? digest.hexadecimal
        if again { key = Checksum.hexadecimal(of: "\(key) again \(code)".utf8) }
        return Recording(path: name, file: file, digest: key)
    }

    // MARK: - Keeping

    private func keep(
        _ recording: Recording, _ code: Code, in name: String?, _ store: Store, _ progress: ProgressLine
    ) async throws -> String {
        if let known = try await store.imported(recording.digest) {
            throw StoreError(
                .badImport, recording.path, detail: Store.sameFile(in: known.session, as: "\(known.code)"))
        }
        let plan = ImportPlan(
            recording.file, path: recording.path, digest: recording.digest, code: code,
            zoneOffsetSeconds: Environment.zoneOffsetSeconds, now: Environment.clock().now().utc)
        guard let name else {
            let record = plan.session(toolVersion: Version.number)
            let made = try await store.adopt(record, isNamedAnew: true)
            tell(made, record.imports.first, isNew: true, remark: plan.dateRemark)
            return made
        }
        let record = try await store.record(named: name)
        let placed = try plan.joining(record, at: at)
        try await store.add(placed.beats, coherence: placed.coherence, as: placed.recording, to: name)
        tell(name, placed.recording, isNew: false, remark: placed.remark)
        return name
    }

    private func tell(_ session: String, _ recording: ImportRecord?, isNew: Bool, remark: String?) {
        guard let recording else { return }
        if global.json {
            let object: JSONValue = [
                "session": .string(session), "new": .bool(isNew), "code": .string(recording.code.description),
                "format": .string(recording.format), "beats": .integer(recording.beats),
                "start_s": .number(recording.start), "sha256": .string(recording.digest),
                "remarks": .array(recording.remarks.map { .string($0) }), "placed": JSONValue(remark),
            ]
            _ = StandardOutput.line(object.line)
            return
        }
        StandardOutput.line(
            "\(recording.code): \(recording.beats) beats of \(recording.format) \(isNew ? "are the new session" : "joined") "
                + "\(session).")
        if let remark { StandardOutput.line("  \(remark)") }
    }
}
