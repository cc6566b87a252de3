import FoundationEssentials
import Glibc

/// A folder of one test, gone with it.
final class Scratch: Sendable {
    let folder: String

    init() throws {
        var template = Array("/tmp/entrain-e2e-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemFailure(code: errno) }
        folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            print("left behind: \(folder) (\(error))")
        }
    }

    /// A place in the folder.
    func path(_ name: String) -> String { "\(folder)/\(name)" }

    /// Writes a file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
        return path(name)
    }

    /// What a file holds; nothing when it is not there yet.
    func text(_ name: String) -> String {
        FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    /// The names of the files in a folder of the folder.
    func files(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
    }

    /// The rights of a file or folder, as octal digits.
    func rights(of name: String) throws -> String {
        var status = stat()
        guard stat(path(name), &status) == 0 else { throw SystemFailure(code: errno) }
        return String(status.st_mode & 0o777, radix: 8)
    }
}

/// An error number of the system.
struct SystemFailure: Error {
    var code: Int32
}
