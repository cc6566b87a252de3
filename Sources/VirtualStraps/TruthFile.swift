internal import Glibc
internal import Synchronization

/// A file of ``TruthRecord`` lines, each in the file as soon as it is written.
public final class TruthFile: Sendable {
    private let path: String
    private let descriptor: Int32
    private let failure = Mutex<TruthFileError?>(nil)

    /// Makes the file, or empties the one that is there; only its owner may read it.
    /// - Throws: `TruthFileError` when that fails.
    public init(path: String) throws(TruthFileError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw TruthFileError(path: path, code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Adds a line; after a failure nothing more is written.
    public func write(_ record: TruthRecord) {
        failure.withLock { failure in
            guard failure == nil else { return }
            var line = Array(record.json.utf8)
            line.append(UInt8(ascii: "\n"))
            var rest = line[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    failure = TruthFileError(path: path, code: errno)
                    return
                }
            }
        }
    }

    /// Whether every line got into the file.
    /// - Throws: the first failure.
    public func check() throws(TruthFileError) {
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}

/// Why notifications could not be noted.
public struct TruthFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// The system's error number.
    public var code: Int32

    /// What failed, why, and what to do.
    public var description: String {
        "\(path) cannot be written: \(String(cString: strerror(code))). Name a file in a folder with room that you may "
            + "write to."
    }
}
