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
        case .multiple: return readSeveral(text)
        case .likert, .choice, .yesno:
            if let level = level(text) { return .value(level.code) }
            guard kind == .yesno else { return .unreadable }
            switch text.lowercased() {
            case "y", "true", "checked": return .value("1")
            case "n", "false", "unchecked": return .value("0")
            default: return .unreadable
            }
        }
    }

    /// The codes that a kept answer to an item of several levels holds; of another item, the answer itself.
    public func chosen(in value: String) -> [String] {
        kind == .multiple ? value.split(separator: ";").map(String.init) : [value]
    }

    /// The answer of somebody who chose these levels, as it is kept; nil when they are none.
    public func value(choosing codes: Set<String>) -> String? {
        let chosen = levels.map(\.code).filter(codes.contains)
        return chosen.isEmpty ? nil : chosen.joined(separator: ";")
    }

    /// The words of a kept answer: labels of levels, where it has any.
    public func words(of value: String) -> String {
        let labels = chosen(in: value).map { code in levels.first { $0.code == code }?.label ?? code }
        return labels.joined(separator: "; ")
    }

    private func level(_ text: String) -> Level? {
        levels.first { Self.isSame($0.code, text) } ?? levels.first { Self.isSame($0.label, text) }
    }

    /// Codes or words of levels, parted by semicolons or commas; words may hold either themselves.
    private func readSeveral(_ text: String) -> Reading {
        guard text.count <= Self.longestText else { return .unreadable }
        let ends = text.indices.filter { text[$0] == ";" || text[$0] == "," } + [text.endIndex]
        var codes: Set<String> = []
        var start = text.startIndex
        var place = 0
        while place < ends.count {
            let rest = (place..<ends.count).reversed()
            let fit = rest.lazy.compactMap { end in
                self.level(String(text[start..<ends[end]]).trimmed).map { (end, $0) }
            }
            if let (end, level) = fit.first {
                codes.insert(level.code)
                place = end
            } else if !String(text[start..<ends[place]]).trimmed.isEmpty {
                return .unreadable
            }
            if ends[place] < text.endIndex { start = text.index(after: ends[place]) }
            place += 1
        }
        return value(choosing: codes).map(Reading.value) ?? .missing
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
        case .oneOf(let codes): chosen(in: value).contains { own in codes.contains { Self.isSame($0, own) } }
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
