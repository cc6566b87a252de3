internal import Practice
internal import Yams

extension SurveyReader {
    private static let itemKeys = [
        "item", "wave", "type", "label", "text", "levels", "met_rule", "reverse", "missing_codes", "source",
    ]
    /// Names that files of answers use for something else.
    private static let reserved = ["code", "wave", "response_id", "record_id", "redcap_event_name", "rater", "theme"]

    /// What answers an item takes.
    private struct Answers {
        var levels: [SurveyItem.Level] = []
        var range: ClosedRange<Double>?
    }

    /// An entry: one item for each of its waves; empty when anything in it could not be read.
    mutating func item(_ node: Node) -> [SurveyItem] {
        let before = mistakes.count
        guard let keys = mapping(node, of: "an item", keys: Self.itemKeys) else { return [] }
        // A key that is misspelt is missing too: saying so once is enough.
        let isSpeltRight = mistakes.count == before
        for (key, example) in [
            ("item", "item: calm"), ("wave", "wave: post"), ("type", "type: likert"), ("text", "text: I feel calm."),
        ] where keys[key] == nil && isSpeltRight {
            report(node, "the item has no `\(key)`", "Add one, such as `\(example)`")
        }
        let name = keys["item"].flatMap { itemName($0) }
        let waves = keys["wave"].map { readWaves($0) } ?? []
        let kind = keys["type"].flatMap { choice($0, "type", of: SurveyItem.Kind.self) }
        let label = keys["label"].flatMap { line($0, "label", atMost: 40) }
        let text = keys["text"].flatMap { line($0, "text", atMost: 500) }
        let own = keys["source"].flatMap { line($0, "source", atMost: 200) }
        let isReversed = keys["reverse"].flatMap { flag($0, "reverse") } ?? false
        guard let kind else { return [] }
        let answers = readAnswers(keys["levels"], of: kind, at: isSpeltRight ? node : nil)
        let missing = keys["missing_codes"].map { readMissingCodes($0, answers.levels) } ?? []
        let rule = keys["met_rule"].flatMap { readRule($0, of: kind, answers) }
        if isReversed, kind != .likert, kind != .number, let place = keys["reverse"] {
            report(place, "`reverse` turns numbers around, and this item has none", "Take `reverse` away")
        }
        guard mistakes.count == before, let name, let text else { return [] }
        return waves.map { wave in
            SurveyItem(
                wave: wave, name: name, kind: kind, label: label ?? text, text: text, levels: answers.levels,
                range: answers.range, metRule: rule, isReversed: isReversed, missingCodes: missing,
                source: own ?? source)
        }
    }

    private mutating func itemName(_ node: Node) -> String? {
        let name = node.scalar?.string ?? ""
        let isFit = name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
        guard (1...26).contains(name.count), isFit, name.first?.isLetter == true else {
            report(
                node, "`item` is \(Self.text(node))",
                "Use 1 to 26 lower-case letters, digits or _, a letter first, such as goals_met")
            return nil
        }
        guard !Self.reserved.contains(name) else {
            report(node, "`\(name)` has a meaning of its own in files of answers", "Choose another name for the item")
            return nil
        }
        return name
    }

    private mutating func readWaves(_ node: Node) -> [String] {
        var nodes = [node]
        if case .sequence(let list) = node { nodes = Array(list) }
        var waves: [String] = []
        for node in nodes {
            let wave = node.scalar?.string ?? ""
            let isFit = wave.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
            if (1...12).contains(wave.count), isFit, wave.first?.isLetter == true, !waves.contains(wave) {
                waves.append(wave)
            } else {
                report(
                    node, "`wave` is \(Self.text(node))",
                    "Use 1 to 12 lower-case letters and digits, each wave once, such as pre or [pre, post]")
            }
        }
        return waves
    }

    private mutating func readAnswers(_ node: Node?, of kind: SurveyItem.Kind, at item: Node?) -> Answers {
        switch kind {
        case .likert, .choice, .multiple:
            guard let node else {
                if let item { report(item, "the item has no `levels`", "Add `levels: {1: ..., 2: ...}`, or a scale") }
                return Answers()
            }
            guard let levels = namedLevels(node) else { return Answers() }
            if kind == .likert { requireOrder(levels, node) }
            return Answers(levels: levels)
        case .number:
            guard let node else {
                if let item { report(item, "the item has no `levels`", "Add the range, such as `levels: 0..10`") }
                return Answers()
            }
            return Answers(range: readRange(node))
        case .yesno, .text:
            if let node { report(node, "an item of type \(kind.rawValue) has no levels", "Take `levels` away") }
            return Answers(levels: kind == .yesno ? SurveyItem.yesAndNo : [])
        }
    }

    private mutating func namedLevels(_ node: Node) -> [SurveyItem.Level]? {
        guard let name = node.scalar?.string else { return readLevels(node) }
        if let levels = scales[name] { return levels }
        refuse(node, "there is no scale `\(name.prefix(40))`", known: scales.keys.sorted() + ["{1: ..., 2: ...}"])
        return nil
    }

    private mutating func requireOrder(_ levels: [SurveyItem.Level], _ node: Node) {
        let numbers = levels.compactMap { Double($0.code) }
        guard numbers.count < levels.count || zip(numbers, numbers.dropFirst()).contains(where: { $0 >= $1 }) else {
            return
        }
        report(
            node, "the levels of a likert item have no rising numbers",
            "Write `{1: ..., 2: ...}`, or `type: choice` when they have no order")
    }

    private mutating func readRange(_ node: Node) -> ClosedRange<Double>? {
        let text = node.scalar?.string ?? ""
        let ends = text.firstRange(of: "..").map { (Double(text[..<$0.lowerBound]), Double(text[$0.upperBound...])) }
        if let ends, let low = ends.0, let high = ends.1, low.isFinite, high.isFinite, low < high { return low...high }
        report(node, "the range is \(Self.text(node))", "Write the least and the most, such as `0..10`")
        return nil
    }

    private mutating func readMissingCodes(_ node: Node, _ levels: [SurveyItem.Level]) -> [String] {
        var nodes = [node]
        if case .sequence(let list) = node { nodes = Array(list) }
        return nodes.compactMap { node in
            guard let code = node.scalar?.string, !code.isEmpty else {
                report(node, "a code of a missing answer is \(Self.text(node))", "Write `missing_codes: [98, 99]`")
                return nil
            }
            guard !levels.contains(where: { $0.code == code }) else {
                report(node, "`\(code)` is a level too", "Choose a code that is no answer")
                return nil
            }
            return code
        }
    }

    private mutating func readRule(_ node: Node, of kind: SurveyItem.Kind, _ answers: Answers) -> MetRule? {
        guard let rule = node.scalar.flatMap({ MetRule($0.string) }) else {
            report(node, "`met_rule` is \(Self.text(node))", "Write \">=4\", \"<=2\", \"=1,2\" or \"coded:met\"")
            return nil
        }
        let problem: (String, String)?
        switch rule {
        case .coded: problem = kind == .text ? nil : ("raters code text only", "Write such as \">=4\" or \"=1\"")
        case .oneOf(let codes):
            let strange = codes.first { code in !answers.levels.contains { $0.code == code } }
            problem =
                kind == .text || kind == .number
                ? ("this item has no levels", "Write \(kind == .text ? "\"coded:met\"" : "such as \">=4\"")")
                : strange.map { ("`\($0)` is no level", "Write codes of levels, such as \"=1\"") }
        case .atLeast(let limit), .atMost(let limit):
            let ends =
                answers.range.map { [$0.lowerBound, $0.upperBound] } ?? answers.levels.compactMap { Double($0.code) }
            let isWithin = (ends.min() ?? 0) <= limit && limit <= (ends.max() ?? 0)
            problem =
                kind == .text || kind == .choice || kind == .multiple
                ? ("these answers have no order", "Write \(kind == .text ? "\"coded:met\"" : "such as \"=1,2\"")")
                : isWithin ? nil : ("no answer goes so far", "Name a limit among the levels")
        }
        guard let problem else { return rule }
        report(node, "`met_rule` \(rule) does not fit: \(problem.0)", problem.1)
        return nil
    }
}
