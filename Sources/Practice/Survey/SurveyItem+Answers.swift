extension SurveyItem {
    /// What an answer as it was typed or exported means.
    public enum Reading: Sendable, Hashable {
        /// There is no answer.
        case missing
        /// The answer as it is kept: the code of a level, a number, or text.
        case value(String)
        /// It is none of the possible answers.
        case unreadable
    }

    /// The most characters of an answer in own words.
    public static let longestText = 4000

    /// Reads an answer: a code, a number, or the words of a level, upper or lower case.
    public func read(_ answer: String) -> Reading {
        let text = answer.trimmed
        guard !text.isEmpty, !missingCodes.contains(where: { Self.isSame($0, text) }) else { return .missing }
        switch kind {
        case .text: return text.count <= Self.longestText ? .value(text) : .unreadable
        case .number:
            guard let number = Double(text), number.isFinite, range?.contains(number) != false else {
                return .unreadable
            }
            return .value(Self.short(number))
        case .likert, .choice, .yesno:
            let level = levels.first { Self.isSame($0.code, text) } ?? levels.first { Self.isSame($0.label, text) }
            if let level { return .value(level.code) }
            guard kind == .yesno else { return .unreadable }
            switch text.lowercased() {
            case "y", "true", "checked": return .value("1")
            case "n", "false", "unchecked": return .value("0")
            default: return .unreadable
            }
        }
    }

    /// The number of a kept answer, turned around where the item is reversed; nil where answers have no order.
    public func score(of value: String) -> Double? {
        guard isOrdered || kind == .yesno, let number = Double(value) else { return nil }
        guard isReversed else { return number }
        let ends = range.map { [$0.lowerBound, $0.upperBound] } ?? levels.compactMap { Double($0.code) }
        guard let least = ends.min(), let most = ends.max() else { return nil }
        return least + most - number
    }

    /// Whether a kept answer counts as yes; nil without a rule, or when the rule asks for themes of raters.
    public func isMet(_ value: String) -> Bool? {
        switch metRule {
        case nil, .coded: nil
        case .atLeast(let limit): score(of: value).map { $0 >= limit }
        case .atMost(let limit): score(of: value).map { $0 <= limit }
        case .oneOf(let codes): codes.contains { Self.isSame($0, value) }
        }
    }

    private static func isSame(_ left: String, _ right: String) -> Bool {
        if let left = Double(left), let right = Double(right) { return left == right }
        return left.lowercased() == right.lowercased()
    }
}

extension String {
    /// The text without white space around it.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
