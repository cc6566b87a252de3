/// What was seen of the folder in which sessions are kept.
public struct FolderFacts: Sendable, Hashable {
    /// Where it is, as people write it.
    public var path: String
    /// Its rights, such as 0o700; nil when it is not there.
    public var rights: Int?
    /// Whether this account may write there, or may make it where it is missing.
    public var isWritable: Bool
    /// Where it truly lies when a symbolic link leads there; nil otherwise.
    public var linkTarget: String?
    /// The service that copies it to other computers, such as `Dropbox`; nil for none known.
    public var syncedBy: String?
    /// Where a disk that can be carried away is mounted, when it lies on one; nil otherwise.
    public var carriedAt: String?
    /// Files in it that other accounts may read.
    public var looseFiles: [String]
    /// Free space on its disk, bytes; nil when it could not be seen.
    public var freeBytes: Int?
    /// Why what is kept there cannot be read; nil when it can, or nothing is there.
    public var trouble: String?

    /// Puts facts together.
    public init(
        path: String, rights: Int?, isWritable: Bool = true, linkTarget: String? = nil, syncedBy: String? = nil,
        carriedAt: String? = nil, looseFiles: [String] = [], freeBytes: Int? = nil, trouble: String? = nil
    ) {
        self.path = path
        self.rights = rights
        self.isWritable = isWritable
        self.linkTarget = linkTarget
        self.syncedBy = syncedBy
        self.carriedAt = carriedAt
        self.looseFiles = looseFiles
        self.freeBytes = freeBytes
        self.trouble = trouble
    }

    /// The service that copies what lies at a path to other computers, told by the names of its folders.
    ///
    /// The marks are the folder names that the desktop clients make: `Dropbox`, `Dropbox (School)`, `OneDrive`,
    /// `OneDrive - School`, `Nextcloud` and so on.
    public static func service(syncing path: String) -> String? {
        let services = ["Dropbox", "OneDrive", "Nextcloud", "ownCloud", "Google Drive", "GoogleDrive", "pCloudDrive"]
        for part in path.split(separator: "/") {
            for service in services {
                let isIt = part.lowercased().hasPrefix(service.lowercased())
                let rest = part.dropFirst(service.count).first
                if isIt, rest == nil || rest == " " || rest == "-" || rest == "_" { return service }
            }
        }
        return nil
    }
}
