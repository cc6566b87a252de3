import FoundationEssentials
import Glibc
public import Practice

extension Examination {
    /// Why files in the clear should not lie at a path, made or not; nil when nothing says so.
    public static func unsafePlace(_ path: String) -> UnsafePlace? {
        let place = standing(path)
        // A link may hide what its own name tells.
        if let service = FolderFacts.service(syncing: place) { return .synced(service) }
        guard let real = realPath(place) else { return nil }
        return UnsafePlace.judge(
            real, mounts: contents("/proc/self/mountinfo") ?? "", isRemovable: isRemovable, marks: names)
    }

    /// Whether the disk that holds a path is encrypted; nil when it cannot be seen.
    public static func isDiskEncrypted(at path: String) -> Bool? {
        guard let status = status(of: standing(path)) else { return nil }
        let (major, minor) = (status.st_dev >> 8 & 0xFFF, status.st_dev & 0xFF | status.st_dev >> 12 & 0xFFF00)
        let device = "/sys/dev/block/\(major):\(minor)"
        guard access(device, F_OK) == 0 else { return nil }
        return isEncrypted(device, depth: 0)
    }

    /// A device of dm-crypt says so in its uuid; what lies on such devices, or on partitions of them, is encrypted too.
    private static func isEncrypted(_ device: String, depth: Int) -> Bool {
        if contents("\(device)/dm/uuid")?.hasPrefix("CRYPT-") == true { return true }
        let slaves = names(in: "\(device)/slaves")
        guard depth < 8, !slaves.isEmpty else { return false }
        return slaves.allSatisfy { isEncrypted("\(device)/slaves/\($0)", depth: depth + 1) }
    }

    /// A disk is removable when it says so, or hangs on USB; a partition says it in the folder above.
    private static func isRemovable(_ device: String) -> Bool {
        guard let folder = realPath("/sys/dev/block/\(device)") else { return false }
        if folder.contains("/usb") { return true }
        let parent = folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? folder
        return [folder, parent].contains { contents("\($0)/removable")?.hasPrefix("1") == true }
    }

    /// Names in a folder; none where it is not there or may not be read.
    private static func names(in folder: String) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: folder) } catch { return [] }
    }
}
