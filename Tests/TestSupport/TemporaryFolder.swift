import FoundationEssentials
import Glibc

/// A folder of one test, gone with it.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let path: String

    /// Makes a folder that only this user may enter.
    /// - Throws: `SystemFailure` where that is not possible.
    public init() throws {
        var template = Array("/tmp/entrain-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemFailure(code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("left behind: \(path) (\(error))")
        }
    }

    /// The rights of a file or folder, as octal digits.
    /// - Throws: `SystemFailure` where there is none.
    public static func mode(of path: String) throws -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SystemFailure(code: errno) }
        return String(status.st_mode & 0o777, radix: 8)
    }
}

/// An error number of the system.
public struct SystemFailure: Error {
    /// The number (`errno`).
    public let code: Int32

    /// The failure of that number.
    public init(code: Int32) { self.code = code }
}
