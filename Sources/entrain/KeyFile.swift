import ArgumentParser
import Glibc
import Store

/// Key files that people name.
enum KeyFile {
    private static let longest = 1 << 16

    /// Reads public keys, one or several in a file.
    /// - Throws: `Failure` naming the file.
    static func publicKeys(_ path: String) throws -> [FacilitatorKey] {
        do {
            return try FacilitatorKey.all(in: try TextFile.read(path, longest: longest))
        } catch let fault as KeyFault {
            throw Failure(fault == .isPrivate ? .refused : .failed, "\(path) \(fault)")
        }
    }

    /// Reads a private key; a file that others may read is used all the same, but told of.
    /// - Throws: `Failure` naming the file.
    static func privateKey(_ path: String) throws -> FacilitatorPrivateKey {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & 0o077 != 0 {
            StandardError.write("entrain: other accounts can read the private key. Shut it:  chmod 600 \(path)\n")
        }
        do {
            return try FacilitatorPrivateKey(text: try TextFile.read(path, longest: longest))
        } catch let fault as KeyFault {
            throw Failure(.failed, "\(path) \(fault)")
        }
    }

    /// Where a facilitator's private key lies when nothing else is said.
    static var usual: String {
        let home = Environment.value("HOME") ?? "/"
        return (Environment.value("XDG_CONFIG_HOME") ?? "\(home)/.config") + "/entrain/facilitator.key"
    }
}

/// The option of commands that read sealed sessions.
struct KeyOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("The facilitator's private key, for sessions that are sealed.", valueName: "file"),
        completion: .file())
    var key: String?

    /// The key; nil when none was named.
    func privateKey() throws -> FacilitatorPrivateKey? { try key.map(KeyFile.privateKey) }
}
