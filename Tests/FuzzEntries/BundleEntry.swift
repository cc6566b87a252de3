import Formats
import Practice

/// The folder of an exported session, in one input: `=== NAME` on a line of its own begins a file.
///
/// Where no file SHA256SUMS is among them, one that is right is added, so that what stands behind it is read.
enum BundleEntry {
    static func take(_ bytes: [UInt8]) throws {
        var files = split(bytes)
        if files["SHA256SUMS"] == nil { files["SHA256SUMS"] = sums(of: files) }
        switch read(files) {
        case .failure(let error): try claim(error.description.hasPrefix("x"), "an error names the folder: \(error)")
        case .success(let record): try check(record)
        }
    }

    private static func read(_ files: [String: [UInt8]]) -> Result<SessionRecord, BundleError> {
        Result { () throws(BundleError) in try BundleReader(name: "x") { files[$0] }.record() }
    }

    private static func check(_ record: SessionRecord) throws {
        let print = Fingerprint(record)
        try claim(print.difference(from: print) == nil, "a session is the same as itself")
        let first = try export(record)
        switch read(first) {
        case .failure(let error): throw BrokenClaim(description: "what was exported is not read: \(error)")
        case .success(let again):
            try claim(Fingerprint(again).identity == print.identity, "an export is of the same session")
            let difference = Fingerprint(again).difference(from: print)
            try claim(difference == nil, "what was read is exported and read again: \(difference ?? "")")
        }
    }

    private static func export(_ record: SessionRecord) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for export in SessionExport.all(of: [record], ExportOptions()) {
            for file in export.files() {
                var bytes: [UInt8] = []
                try file.write { bytes += $0 }
                files[file.path] = bytes
            }
        }
        files["SHA256SUMS"] = sums(of: files)
        return files
    }

    private static func sums(of files: [String: [UInt8]]) -> [UInt8] {
        Array(files.sorted { $0.key < $1.key }.map { "\(Checksum.hexadecimal(of: $1))  \($0)\n" }.joined().utf8)
    }

    private static func split(_ bytes: [UInt8]) -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        var name: String?
        for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
            if line.starts(with: "=== ".utf8) {
                name = String(decoding: line.dropFirst(4), as: UTF8.self)
                if let name { files[name] = [] }
            } else if let name {
                files[name, default: []] += line + [0x0a]
            }
        }
        return files
    }
}
