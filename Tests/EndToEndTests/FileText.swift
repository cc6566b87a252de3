import FoundationEssentials

/// Files as tests read them.
enum FileText {
    /// What a file holds; nil when it is not there.
    static func read(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }
}
