import Formats
import Glibc
import Practice
import Store

/// Which files an export has, and where each lies.
struct ExportPlan {
    /// A file under its path in the folder.
    struct Entry {
        let path: String
        let file: ExportFile
    }

    /// Files by the folder whose SHA256SUMS names them: one a session, and that of the whole.
    private var sections: [(folder: String, entries: [Entry])] = []

    /// - Parameters:
    ///   - exports: the sessions; several have a folder each.
    ///   - only: the path of the one file that is wanted.
    /// - Throws: `Failure` when there is no file, or none of that name.
    init(_ exports: [SessionExport], only: String?) throws {
        for export in exports {
            let folder = exports.count == 1 ? "" : "\(export.record.info.name)/"
            sections.append((folder, export.files().map { Entry(path: folder + $0.path, file: $0) }))
        }
        if exports.contains(where: { $0.options.formats.contains(.bids) }) {
            let dataset = BIDSDataset.files(of: exports).map { Entry(path: $0.path, file: $0) }
            if exports.count == 1 { sections[0].entries += dataset } else { sections.append(("", dataset)) }
        }
        guard sections.contains(where: { !$0.entries.isEmpty }) else {
            throw Failure(.notEnough, "there are no beats to write: no code of these sessions has any.")
        }
        guard let only else { return }
        let match = sections.flatMap(\.entries).filter { $0.path == only }
        guard !match.isEmpty else {
            throw Failure(.notFound, "there is no file \(only) in this export. It has:\n\(listing)")
        }
        sections = [("", match)]
        isSingle = true
    }

    private var isSingle = false

    /// Every file.
    private var entries: [Entry] { sections.flatMap(\.entries) }

    private var listing: String { entries.prefix(40).map { "  \($0.path)" }.joined(separator: "\n") }

    /// Writes the one file there is to standard output.
    /// - Throws: `Failure` when there are several.
    func writeToStandardOutput() throws {
        guard entries.count == 1, let entry = entries.first else {
            throw Failure(
                .usage,
                "standard output takes one file, and this export has \(entries.count). Name one with --only:\n\(listing)"
            )
        }
        try entry.file.write { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR || errno == EAGAIN { continue }
                // Whoever reads has enough, as `head` has.
                if count < 0, errno == EPIPE { throw Failure(.failed) }
                guard count > 0 else { throw Failure(.failed, "standard output was closed before all was written.") }
                rest = rest.dropFirst(count)
            }
        }
    }

    /// Everything in one file for the owners of some keys, and the list of study IDs beside it.
    /// - Returns: the paths in it.
    func seal(to file: String, for keys: [FacilitatorKey], isForced: Bool, list: StudyList?) throws -> [String] {
        if !isForced, access(file, F_OK) == 0 {
            throw Failure(.failed, "there is a file \(file) already. Choose another with --to, or say --force.")
        }
        try list?.refuseTaken(isForced: isForced)
        var sealed: [SealedFile.Entry] = []
        for (folder, entries) in sections {
            for entry in entries {
                var bytes: [UInt8] = []
                try entry.file.write { bytes += $0 }
                sealed.append(.init(path: entry.path, bytes: bytes))
            }
            if !isSingle, !folder.isEmpty { sealed.append(Self.sums(of: sealed, below: folder)) }
        }
        if !isSingle { sealed.append(Self.sums(of: sealed, below: "")) }
        let bytes = try SealedFile.seal(sealed, for: keys)
        try list?.write(isForced: isForced)
        do {
            try TextFile.create(file, bytes: bytes, option: "--to", isReplacing: isForced)
        } catch {
            list?.remove()
            throw error
        }
        return sealed.map(\.path)
    }

    private static func sums(of entries: [SealedFile.Entry], below folder: String) -> SealedFile.Entry {
        let lines = entries.filter { $0.path.hasPrefix(folder) }
            .map { "\(Checksum.hexadecimal(of: $0.bytes))  \($0.path.dropFirst(folder.count))\n" }
        return .init(path: "\(folder)SHA256SUMS", bytes: Array(lines.joined().utf8))
    }

    /// Writes everything into a folder, with SHA256SUMS, and the list of study IDs beside it.
    /// - Returns: the paths written.
    func write(
        to folder: String, isForced: Bool, list: StudyList?, progress: ProgressLine, _ interruption: Interruption
    ) throws -> [String] {
        let output = try OutputFolder(path: folder, isForced: isForced, interruption: interruption)
        try list?.refuseTaken(isForced: isForced)
        try output.refuseTaken(entries.map(\.path))
        var done = 0
        for (folder, entries) in sections {
            for entry in entries {
                progress.show("writing \(entry.path), \(done) of \(self.entries.count) files")
                try output.write(entry.path) { try entry.file.write(to: $0) }
                done += 1
            }
            if !isSingle, !folder.isEmpty { try writeSums(below: folder, into: output) }
        }
        if !isSingle { try writeSums(below: "", into: output) }
        try list?.write(isForced: isForced)
        do {
            try output.finish()
        } catch {
            list?.remove()
            throw error
        }
        return output.written.map(\.path)
    }

    private func writeSums(below folder: String, into output: OutputFolder) throws {
        let lines = output.written.filter { $0.path.hasPrefix(folder) }
            .map { "\($0.digest)  \($0.path.dropFirst(folder.count))\n" }
        try output.write("\(folder)SHA256SUMS") { try $0(Array(lines.joined().utf8)) }
    }
}

/// The list of who is who in a recoded export: beside the folder, never in it, and sealed where there are keys to seal for.
struct StudyList {
    let path: String
    let isSealed: Bool
    private let study: StudyCodes
    private let keys: [FacilitatorKey]

    init(_ study: StudyCodes, beside folder: String, for keys: [FacilitatorKey]) {
        var plain = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        if plain.hasSuffix(".sealed") { plain.removeLast(".sealed".count) }
        self.study = study
        self.keys = keys
        isSealed = !keys.isEmpty
        path = plain + (isSealed ? ".codes.sealed" : ".codes.csv")
    }

    func refuseTaken(isForced: Bool) throws {
        guard !isForced, access(path, F_OK) == 0 else { return }
        throw Failure(
            .failed, "there is a list \(path) already, of an earlier export. Choose another folder with --to.")
    }

    func write(isForced: Bool) throws {
        let bytes =
            isSealed
            ? try SealedFile.seal([.init(path: "codes.csv", bytes: Array(study.table))], for: keys) : Array(study.table)
        try TextFile.create(path, bytes: bytes, option: "--to", isReplacing: isForced)
    }

    func remove() { unlink(path) }

    /// Where it is and who reads it, in a line.
    var words: String {
        isSealed
            ? "Who is who:  \(path)  (sealed; read it with: entrain privacy open \(path) --key FILE --to FOLDER)"
            : "Who is who:  \(path)  (keep it apart from the folder; it is not sealed)"
    }
}

/// What an export tells when it is done.
struct ExportReport {
    let exports: [SessionExport]
    var folder: String
    var files: [String]
    let list: StudyList?
    var isSealed = false

    func tell(json: Bool) {
        if json {
            for export in exports {
                let isOnly = exports.count == 1
                let prefix = isOnly ? "" : "\(export.record.info.name)/"
                let own = files.filter { isOnly || $0.hasPrefix(prefix) }
                let object: JSONValue = [
                    "session": .string(export.record.info.name),
                    "folder": .string(isOnly ? folder : "\(folder)/\(export.record.info.name)"),
                    "files": .array(own.map { .string(String($0.dropFirst(prefix.count))) }),
                    "beats": .integer(export.beats),
                ]
                StandardOutput.line(object.line)
            }
            return
        }
        for export in exports {
            StandardOutput.line(
                "\(export.record.info.name): \(export.beats) beats of \(export.record.info.codes.count) codes.")
        }
        StandardOutput.line("\(files.count) files in \(folder)\(isSealed ? ", sealed" : "/")")
        if isSealed { StandardOutput.line("Open it:  entrain privacy open \(folder) --key FILE --to FOLDER") }
        if let list { StandardOutput.line(list.words) }
    }
}
