import FoundationEssentials
import Glibc
public import Practice

extension Examination {
    /// Why files in the clear should not lie at a path, made or not; nil when nothing says so.
    public static func unsafePlace(_ path: String) -> UnsafePlace? {
        guard let real = realPlace(of: path) else { return nil }
        return UnsafePlace.judge(
            real, mounts: text(of: "/proc/self/mountinfo"), isRemovable: isRemovable, marks: names)
    }

    /// Whether the disk that holds a path is encrypted; nil when it cannot be seen.
    public static func isDiskEncrypted(at path: String) -> Bool? {
        var status = stat()
        guard let real = realPlace(of: path), stat(real, &status) == 0 else { return nil }
        let (major, minor) = (status.st_dev >> 8 & 0xFFF, status.st_dev & 0xFF | status.st_dev >> 12 & 0xFFF00)
        let device = "/sys/dev/block/\(major):\(minor)"
        guard access(device, F_OK) == 0 else { return nil }
        return isEncrypted(device, depth: 0)
    }

    /// Rights of a folder; nil when it is not there.
    public static func rightsOfFolder(_ path: String) -> Int? {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_mode & 0o7777) : nil
    }

    /// A device of dm-crypt says so in its uuid; what lies on such devices, or on partitions of them, is encrypted too.
    private static func isEncrypted(_ device: String, depth: Int) -> Bool {
        if text(of: "\(device)/dm/uuid").hasPrefix("CRYPT-") { return true }
        let slaves = names(in: "\(device)/slaves")
        guard depth < 8, !slaves.isEmpty else { return false }
        return slaves.allSatisfy { isEncrypted("\(device)/slaves/\($0)", depth: depth + 1) }
    }

    /// A disk is removable when it says so, or hangs on USB; a partition says it in the folder above.
    private static func isRemovable(_ device: String) -> Bool {
        guard let pointer = realpath("/sys/dev/block/\(device)", nil) else { return false }
        defer { free(pointer) }
        let folder = String(cString: pointer)
        if folder.contains("/usb") { return true }
        let parent = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? folder
        return [folder, parent].contains { text(of: "\($0)/removable").hasPrefix("1") }
    }

    /// The nearest folder that is there, without symbolic links.
    private static func realPlace(of path: String) -> String? {
        var place = path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
        while !place.isEmpty {
            if let pointer = realpath(place, nil) {
                defer { free(pointer) }
                return String(cString: pointer)
            }
            place = place.lastIndex(of: "/").map { String(place[..<$0]) } ?? ""
        }
        return "/"
    }

    private static func text(of path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        closedir(directory)
        return (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}
