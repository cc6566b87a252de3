/// What makes an answer count as yes: `>=4`, `<=2`, `=1`, `=1,2` or `coded:met`.
public enum MetRule: Sendable, Hashable, CustomStringConvertible {
    /// A score of at least this.
    case atLeast(Double)
    /// A score of at most this.
    case atMost(Double)
    /// One of these answers.
    case oneOf([String])
    /// Text that raters gave this theme.
    case coded(String)

    /// Reads a rule; nil when it is none.
    public init?(_ text: String) {
        let text = text.trimmed
        func rest(_ prefix: String) -> String? {
            text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)).trimmed : nil
        }
        if let limit = rest(">=") {
            guard let number = Double(limit), number.isFinite else { return nil }
            self = .atLeast(number)
        } else if let limit = rest("<=") {
            guard let number = Double(limit), number.isFinite else { return nil }
            self = .atMost(number)
        } else if let theme = rest("coded:") {
            guard !theme.isEmpty else { return nil }
            self = .coded(theme)
        } else if let codes = rest("=") {
            let parts = codes.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmed }
            guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            self = .oneOf(parts)
        } else {
            return nil
        }
    }

    /// The rule as it is written.
    public var description: String {
        switch self {
        case .atLeast(let limit): ">=\(SurveyItem.short(limit))"
        case .atMost(let limit): "<=\(SurveyItem.short(limit))"
        case .oneOf(let codes): "=\(codes.joined(separator: ","))"
        case .coded(let theme): "coded:\(theme)"
        }
    }
}
