import FoundationEssentials
import TestSupport

/// A folder of one test, gone with it.
final class Scratch: Sendable {
    private let temporary: TemporaryFolder

    init() throws { temporary = try TemporaryFolder() }

    /// Where it is.
    var folder: String { temporary.path }

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
    func rights(of name: String) throws -> String { try TemporaryFolder.mode(of: path(name)) }
}
