import FoundationEssentials
import Glibc

/// The folder with everything that is kept: open to its owner only, and so is every file in it.
struct DataFolder: Sendable {
    /// Rights of the folder.
    static let folderMode: mode_t = 0o700
    /// Rights of the files.
    static let fileMode: mode_t = 0o600

    /// The folder.
    let path: String

    /// The one database file.
    var database: String { path + "/entrain.sqlite" }

    /// What was written and is not yet folded into the database file.
    var log: String { database + "-wal" }

    /// The file that a running session holds locked.
    func lock(of session: String) -> String { "\(path)/\(session).lock" }

    /// A folder as it is; nothing is made.
    init(at path: String) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Makes the folder and an empty database file where they are missing, and shuts both to others.
    ///
    /// A folder that was there before is shut only when nothing but our own file lies in it: somebody may have named
    /// a folder that others use too.
    init(preparing path: String) throws(StoreError) {
        self.init(at: path)
        try makeFolder(self.path)
        try shutFolder()
        try makeDatabase()
    }

    /// Does something while no other process does it to this folder.
    ///
    /// Whoever waits longer than `longestWait`, or has a disk that knows no locks, goes on: the database has locks too.
    func whileAlone<Value>(_ body: () throws -> Value) rethrows -> Value {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        let end = ContinuousClock.now.advanced(by: .seconds(Store.longestWait))
        while descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            let isHeld = errno == EWOULDBLOCK || errno == EINTR
            guard isHeld, ContinuousClock.now < end else { break }
            usleep(2000)
        }
        return try body()
    }

    private func makeFolder(_ path: String) throws(StoreError) {
        if mkdir(path, Self.folderMode) == 0 { return }
        switch errno {
        case EEXIST: return
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
                throw .folder(self.path, errno: ENOENT)
            }
            try makeFolder(String(path[..<slash]))
            guard mkdir(path, Self.folderMode) == 0 || errno == EEXIST else { throw .folder(self.path, errno: errno) }
        default: throw .folder(self.path, errno: errno)
        }
    }

    private func shutFolder() throws(StoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .folder(path, errno: errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .folder(path, errno: ENOTDIR) }
        guard access(path, R_OK | W_OK | X_OK) == 0 else { throw .folder(path, errno: errno) }
        guard status.st_mode & 0o077 != 0, status.st_uid == geteuid(), isOurs() else { return }
        guard chmod(path, Self.folderMode) == 0 else { throw .folder(path, errno: errno) }
    }

    /// Whether the folder is empty or holds our database.
    private func isOurs() -> Bool {
        guard let entries = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            return false  // not readable: then nothing can be said of it, and it is left as it is
        }
        return entries.isEmpty || entries.contains("entrain.sqlite")
    }

    /// SQLite gives the files beside the database the rights of the database itself; so those are set before it opens.
    ///
    /// An existing file is never opened here: closing it would take away the locks SQLite holds on it.
    private func makeDatabase() throws(StoreError) {
        let descriptor = open(database, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, Self.fileMode)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        guard errno == EEXIST else { throw .folder(path, errno: errno) }
        for file in [database, database + "-wal", database + "-shm"] {
            var status = stat()
            guard stat(file, &status) == 0, status.st_mode & 0o077 != 0, status.st_uid == geteuid() else { continue }
            guard chmod(file, Self.fileMode) == 0 else { throw .folder(path, errno: errno) }
        }
    }
}
