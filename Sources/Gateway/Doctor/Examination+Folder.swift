import FoundationEssentials
import Glibc
public import Practice

extension Examination {
    /// The data folder as it is now, made or not.
    /// - Parameters:
    ///   - path: the folder.
    ///   - home: the home folder, which people write as `~`; nil when there is none.
    /// - Returns: what was seen.
    public static func folder(_ path: String, home: String?) -> FolderFacts {
        let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let isThere = rights(of: path) != nil
        let place = standing(path)
        let real = realPath(place)
        var facts = FolderFacts(
            path: shortened(path, home: home), rights: rights(of: path),
            isWritable: isFolder(place) && access(place, W_OK | X_OK) == 0 && (!isThere || access(path, R_OK) == 0))
        if isThere, isLink(path) { facts.linkTarget = real }
        facts.syncedBy = FolderFacts.service(syncing: path)
        switch unsafePlace(path) {
        case .removable(let mount)?: facts.carriedAt = mount
        case .synced(let service)?: facts.syncedBy = facts.syncedBy ?? service
        case nil: break
        }
        facts.looseFiles = looseFiles(in: path)
        facts.freeBytes = freeBytes(at: place)
        return facts
    }

    private static func shortened(_ path: String, home: String?) -> String {
        guard let home, home.count > 1, path == home || path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }

    static func status(of path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    /// Rights of a file or a folder, such as 0o700; nil when it is not there.
    public static func rights(of path: String) -> Int? { status(of: path).map { Int($0.st_mode & 0o7777) } }

    private static func isFolder(_ path: String) -> Bool {
        status(of: path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// The path, or the nearest folder above that is there.
    static func standing(_ path: String) -> String { status(of: path) == nil ? ancestor(of: path) : path }

    private static func ancestor(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        let parent = String(path[..<slash])
        if parent.isEmpty { return "/" }
        return standing(parent)
    }

    static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    /// Files of ours that other accounts may read; none where nothing is kept yet.
    private static func looseFiles(in path: String) -> [String] {
        ["entrain.sqlite", "entrain.sqlite-wal", "entrain.sqlite-shm"].filter { name in
            rights(of: "\(path)/\(name)").map { $0 & 0o077 != 0 } ?? false
        }
    }

    private static func freeBytes(at path: String) -> Int? {
        var disk = statvfs()
        guard statvfs(path, &disk) == 0 else { return nil }
        return Int(clamping: UInt64(disk.f_bavail) * UInt64(disk.f_frsize))
    }
}
