import FoundationEssentials
import Glibc
public import Practice

/// Gathers what `entrain doctor` judges: it looks, changes nothing, and judges nothing.
public enum Examination {
    /// Where the policy of the gateway's own service is installed.
    static let policyFile = "/usr/share/dbus-1/system.d/org.entrain.Gateway1.conf"
    /// The settings of the Bluetooth service.
    static let settingsFile = "/etc/bluetooth/main.conf"

    /// Whether the bus policy of the gateway's own service is installed.
    public static func hasGatewayPolicy() -> Bool { access(policyFile, F_OK) == 0 }

    /// The kernel, and the settings of the Bluetooth service.
    public static func kernel() -> KernelFacts {
        var names = utsname()
        uname(&names)
        let release = text(&names.release)
        let version = KernelVersion(
            release: release, build: text(&names.version), signature: contents("/proc/version_signature") ?? "")
        return KernelFacts(
            release: release, version: version,
            longestInterval: contents(settingsFile).flatMap { DaemonSettings.longestInterval(in: $0) })
    }

    /// What a small file holds; nil where it is not there or may not be read.
    static func contents(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What a file of one line holds, without its end.
    static func line(_ path: String) -> String? {
        contents(path)?.split(whereSeparator: \.isNewline).first.map(String.init)
    }

    /// A C string in a field of fixed length.
    private static func text(_ field: inout some Any) -> String {
        withUnsafeBytes(of: &field) { bytes in String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
