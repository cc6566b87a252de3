/// The settings of the Bluetooth service, `/etc/bluetooth/main.conf`: groups in brackets, then `key = value`.
public enum DaemonSettings {
    /// The value of a key.
    /// - Parameters:
    ///   - key: the key, such as `MaxConnectionInterval`.
    ///   - group: the group, such as `LE`.
    ///   - text: the file.
    /// - Returns: what stands there last; nil where it is not set, or only in a comment.
    public static func value(_ key: String, in group: String, of text: String) -> String? {
        var current: Substring = ""
        var found: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let line = trimmed(line)
            guard let first = line.first, first != "#", first != ";" else { continue }
            if first == "[" {
                current = line.dropFirst().prefix { $0 != "]" }
                continue
            }
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard current == group, parts.count == 2, trimmed(parts[0]) == key else { continue }
            found = String(trimmed(parts[1]))
        }
        return found
    }

    /// The longest connection interval that may be asked for, in units of 1.25 ms; nil where it is not set.
    public static func longestInterval(in text: String) -> Int? {
        value("MaxConnectionInterval", in: "LE", of: text).flatMap { Int($0) }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
