/// A place where files are no longer on this computer alone: what lies there in the clear is out of hand.
public enum UnsafePlace: Sendable, Hashable, CustomStringConvertible {
    /// A disk that people carry about; the mount point.
    case removable(String)
    /// A folder that a service copies to other computers.
    case synced(String)

    /// In words.
    public var description: String {
        switch self {
        case .removable(let mount): "on a disk that can be carried away (\(mount))"
        case .synced(let service): "in a folder that \(service) copies to other computers"
        }
    }

    /// Judges a place.
    /// - Parameters:
    ///   - path: where something is to be written, without symbolic links, from the root.
    ///   - mounts: the text of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
    ///   - isRemovable: whether a device, such as `8:17`, is one of a removable disk.
    ///   - marks: names of files that lie in a folder; sync services leave some.
    /// - Returns: why the place is unsafe; nil when nothing says so.
    public static func judge(
        _ path: String, mounts: String, isRemovable: (String) -> Bool, marks: (String) -> [String]
    ) -> UnsafePlace? {
        if let service = FolderFacts.service(syncing: path) ?? service(marking: path, marks) { return .synced(service) }
        guard let mount = Mount.holding(path, in: mounts) else { return nil }
        if let service = mount.cloudService { return .synced(service) }
        let isCarried = mount.isOfSticks || isRemovable(mount.device)
        return isCarried ? .removable(mount.point) : nil
    }

    /// The service whose own file lies in the folder or in one above.
    private static func service(marking path: String, _ marks: (String) -> [String]) -> String? {
        var folder = path
        while !folder.isEmpty {
            for name in marks(folder) {
                if let service = services[name] { return service }
                // Nextcloud and ownCloud keep their journal as .sync_1a2b3c4d5e6f.db or ._sync_....db.
                let isJournal = name.hasPrefix(".sync_") || name.hasPrefix("._sync_")
                if isJournal, name.hasSuffix(".db") { return "Nextcloud" }
            }
            folder = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
        }
        return nil
    }

    private static let services = [
        ".stfolder": "Syncthing", ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox",
        ".nextcloudsync.log": "Nextcloud", ".owncloudsync.log": "ownCloud", ".tmp.drivedownload": "Google Drive",
        ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ]
}

/// A line of the mount table.
struct Mount {
    let device: String
    let point: String
    let type: String
    let source: String

    /// The mount that holds a path: the longest mount point, and of equal ones the last, which covers the others.
    static func holding(_ path: String, in table: String) -> Mount? {
        var best: Mount?
        for line in table.split(separator: "\n") {
            guard let mount = Mount(line), path == mount.point || path.hasPrefix(mount.prefix) else { continue }
            if mount.point.utf8.count >= best?.point.utf8.count ?? 0 { best = mount }
        }
        return best
    }

    private var prefix: String { point == "/" ? "/" : point + "/" }

    /// `36 35 98:0 /root /mount/point rw shared:1 - ext4 /dev/sda1 rw`.
    init?(_ line: Substring) {
        let fields = line.split(separator: " ")
        guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 2 else { return nil }
        device = String(fields[2])
        point = Self.unescaped(fields[4])
        type = String(fields[dash + 1])
        source = Self.unescaped(fields[dash + 2])
    }

    /// File systems of sticks and cards, and the places where desktops mount them.
    var isOfSticks: Bool {
        ["vfat", "exfat", "msdos"].contains(type)
            || ["/media", "/run/media"].contains { point == $0 || point.hasPrefix($0 + "/") }
    }

    /// The service behind a file system that is a window to somebody else's computer.
    var cloudService: String? {
        let known = [
            "fuse.rclone": "rclone", "fuse.google-drive-ocamlfuse": "Google Drive", "fuse.pcloud": "pCloud",
            "fuse.onedriver": "OneDrive", "fuse.davfs": "WebDAV", "fuse.gvfsd-fuse": "the desktop's cloud accounts",
        ]
        return known[type]
    }

    /// Blanks and the like stand as `\040`.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            let code = digits.reduce(0) { $0 * 8 + Int($1) - 48 }
            if byte == UInt8(ascii: "\\"), digits.count == 3, digits.allSatisfy({ (48...55).contains($0) }), code < 256
            {
                bytes.append(UInt8(code))
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
