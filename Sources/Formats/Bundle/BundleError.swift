/// Why a folder of exported files gives no session back.
public enum BundleError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A file is missing.
    case missing(bundle: String, file: String)
    /// A file is not what SHA256SUMS says.
    case changed(bundle: String, file: String)
    /// A file cannot be understood.
    case damaged(bundle: String, file: String, what: String)
    /// Codes were replaced by study IDs, so that nobody knows which sessions belong together.
    case recoded(bundle: String)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .missing(let bundle, let file):
            "\(bundle) has no \(file). Copy the whole folder again, or export the session again in its room."
        case .changed(let bundle, let file):
            "\(bundle)/\(file) is not what SHA256SUMS says: it was damaged or changed on the way. Copy the folder again."
        case .damaged(let bundle, let file, let what):
            "\(bundle)/\(file) cannot be understood: \(what). Copy the folder again, or export the session again."
        case .recoded(let bundle):
            "\(bundle) has study IDs in place of codes: sessions cannot be put together by them. "
                + "Export it without --recode in its room, and recode when all are together."
        }
    }
}
