import FoundationEssentials
import Glibc

/// A folder of one test, gone with it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/entrain-store-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) } != nil
        }
        guard made else { throw SystemFailure(code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("left behind: \(path) (\(error))")
        }
    }

    /// The rights of a file in the folder, as octal digits.
    static func mode(of path: String) throws -> String {
        var status = stat()
        guard stat(path, &status) == 0 else { throw SystemFailure(code: errno) }
        return String(status.st_mode & 0o777, radix: 8)
    }
}

struct SystemFailure: Error {
    let code: Int32
}
