import Formats
import Practice
import Glibc

/// A folder of exported files that appears as a whole or not at all: folders are 0700, files 0600.
///
/// Everything is written into a folder beside it first. Where the folder is new, one rename makes it appear; where it is
/// there already, the files are moved into it one by one when all of them are safe on the disk.
final class OutputFolder {
    private let path: String
    private let staging: String
    private let isForced: Bool
    private let interruption: Interruption
    /// The files written, in order, with the SHA-256 of each.
    private(set) var written: [(path: String, digest: String)] = []
    private var made: Set<String> = []
    private var isDone = false

    /// Begins to write.
    /// - Parameters:
    ///   - path: the folder; those above it are made where they are missing.
    ///   - isForced: whether files that are there may be written over.
    ///   - interruption: asked between pieces; what was written so far goes away then.
    /// - Throws: `Failure` naming what could not be made.
    init(path: String, isForced: Bool, interruption: Interruption) throws {
        let plain = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard !plain.isEmpty else { throw Failure(.usage, "--to needs the name of a folder.") }
        self.path = plain
        self.isForced = isForced
        self.interruption = interruption
        staging = "\(plain).partial-\(getpid())"
        try Self.refuseFile(plain)
        try Self.makeParents(of: plain)
        Self.sweep(beside: plain)
        guard mkdir(staging, 0o700) == 0 else { throw Self.failure("make the folder \(staging)") }
    }

    deinit { if !isDone { Self.remove(staging) } }

    /// Refuses names that are there already, before the work of writing begins.
    /// - Throws: `Failure` naming the first.
    func refuseTaken(_ names: [String]) throws {
        guard !isForced else { return }
        let taken = names.filter { access("\(path)/\($0)", F_OK) == 0 }
        guard let first = taken.first else { return }
        let others = taken.count > 1 ? " and \(taken.count - 1) more of these files" : ""
        throw Failure(
            .failed,
            "there is \(path)/\(first)\(others) already. Choose another folder with --to, or say --force to write over."
        )
    }

    /// Writes a file in pieces.
    /// - Throws: `Failure` naming the file and what to do next.
    func write(_ name: String, _ produce: (_ sink: ([UInt8]) throws -> Void) throws -> Void) throws {
        try interruption.look()
        let file = "\(staging)/\(name)"
        try makeFolders(of: name)
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("write \(path)/\(name)") }
        var digest = Checksum()
        do {
            try produce { bytes in
                try interruption.look()
                digest.add(bytes)
                try Self.put(bytes, into: descriptor, of: "\(path)/\(name)")
            }
            guard fsync(descriptor) == 0 else { throw Self.failure("write \(path)/\(name)") }
        } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw Self.failure("write \(path)/\(name)") }
        written.append((name, digest.hexadecimal))
    }

    /// Lets the files appear.
    /// - Throws: `Failure` when one of them is there already, or cannot be put there; nothing appears then.
    func finish() throws {
        try refuseTaken(written.map(\.path))
        if access(path, F_OK) != 0, rename(staging, path) == 0 {
            isDone = true
            return Self.syncFolder(of: path)
        }
        var moved: [String] = []
        do {
            for (name, _) in written {
                try Self.makeFolders(of: name, in: path)
                if !isForced, access("\(path)/\(name)", F_OK) == 0 { try refuseTaken([name]) }
                guard rename("\(staging)/\(name)", "\(path)/\(name)") == 0 else {
                    throw Self.failure("write \(path)/\(name)")
                }
                moved.append(name)
            }
        } catch {
            if !isForced { for name in moved { unlink("\(path)/\(name)") } }
            throw error
        }
        Self.syncFolder(of: "\(path)/.")
    }

    // MARK: - Folders

    private func makeFolders(of name: String) throws {
        guard let slash = name.lastIndex(of: "/") else { return }
        guard made.insert(String(name[..<slash])).inserted else { return }
        try Self.makeFolders(of: name, in: staging)
    }

    private static func makeFolders(of name: String, in folder: String) throws {
        var place = folder
        for part in name.split(separator: "/").dropLast() {
            place += "/\(part)"
            guard mkdir(place, 0o700) == 0 || errno == EEXIST else { throw failure("make the folder \(place)") }
        }
    }

    private static func refuseFile(_ path: String) throws {
        var information = stat()
        guard stat(path, &information) == 0, information.st_mode & S_IFMT != S_IFDIR else { return }
        throw Failure(.failed, "\(path) is a file, not a folder. Choose another with --to.")
    }

    private static func makeParents(of path: String) throws {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let parent = String(path[..<slash])
        try refuseFile(parent)
        if access(parent, F_OK) == 0 { return }
        try makeParents(of: parent)
        guard mkdir(parent, 0o700) == 0 || errno == EEXIST else { throw failure("make the folder \(parent)") }
    }

    /// Takes away what an export left that was killed in the middle.
    private static func sweep(beside path: String) {
        let slash = path.lastIndex(of: "/")
        let parent = slash.map { String(path[...$0]) } ?? "./"
        let stem = (slash.map { String(path[path.index(after: $0)...]) } ?? path) + ".partial-"
        for name in names(in: parent) where name.hasPrefix(stem) {
            guard let process = Int32(name.dropFirst(stem.count)), kill(process, 0) != 0, errno == ESRCH else {
                continue
            }
            remove(parent + name)
        }
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private static func remove(_ path: String) {
        for name in names(in: path) {
            if unlink("\(path)/\(name)") != 0 { remove("\(path)/\(name)") }
        }
        rmdir(path)
    }

    private static func syncFolder(of path: String) {
        let slash = path.lastIndex(of: "/")
        let folder = open(slash.map { String(path[...$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    // MARK: - Bytes

    private static func put(_ bytes: [UInt8], into descriptor: Int32, of file: String) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write \(file)") }
            offset += count
        }
    }

    private static func failure(_ what: String) -> Failure {
        let reason = String(cString: strerror(errno))
        return Failure(
            .failed, "could not \(what): \(reason). Choose another folder with --to. Nothing of the session was lost.")
    }
}
