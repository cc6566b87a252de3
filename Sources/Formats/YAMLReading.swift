internal import Practice
internal import Yams

/// Reads the nodes of a YAML file that a person wrote, and gathers every mistake with its place.
protocol YAMLReading {
    /// What is wrong so far.
    var mistakes: [WrittenFileError.Mistake] { get set }
}

extension YAMLReading {
    /// The root of a text; what keeps it from being YAML is reported.
    mutating func compose(_ text: String, whenEmpty advice: String) -> Node? {
        do {
            if let root = try Yams.compose(yaml: text) { return root }
            report(nil, "the file is empty", advice)
        } catch let error as YamlError {
            let place = Self.mark(of: error)
            mistakes.append(
                WrittenFileError.Mistake(
                    line: place?.line ?? 1, column: place?.column ?? 1,
                    problem: "this is no YAML: \(Self.problem(of: error))",
                    advice: "Indent with spaces only, write `key: value`, and close every bracket and quotation mark"))
        } catch {
            report(nil, "this is no YAML: \(error)", advice)
        }
        return nil
    }

    fileprivate static func mark(of error: YamlError) -> Mark? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark
        case .duplicatedKeysInMapping(_, let context): context.mark
        default: nil
        }
    }

    fileprivate static func problem(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _):
            "\(duplicates.map { "`\($0)`" }.joined(separator: ", ")) stands there twice"
        default: "\(error)"
        }
    }

    /// Notes a mistake at a node; at the beginning of the file without one.
    mutating func report(_ node: Node?, _ problem: String, _ advice: String) {
        mistakes.append(
            WrittenFileError.Mistake(
                line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1, problem: problem, advice: advice))
    }

    /// The values of a mapping by key; a key that is not known is reported with the one nearest to it.
    mutating func mapping(_ node: Node, of what: String, keys: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            report(node, "\(what) must be lines of `key: value`", "Its keys are \(Self.list(keys))")
            return nil
        }
        var found: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, keys.contains(name) else {
                let near = key.string.flatMap { Spelling.nearest(to: $0, among: keys) }
                report(
                    key, "\(what) has no key \(Self.text(key))",
                    near.map { "Did you mean `\($0)`?" } ?? "Its keys are \(Self.list(keys))")
                continue
            }
            found[name] = value
        }
        return found
    }

    /// A number in plain decimals: YAML's own reading would make `5:30` to 330.
    mutating func number(_ node: Node, _ key: String, in range: ClosedRange<Double>, unit: String) -> Double? {
        if let text = node.scalar?.string, text.allSatisfy({ $0.isASCII && ($0.isNumber || ".-".contains($0)) }),
            let number = Double(text), range.contains(number)
        {
            return number
        }
        report(
            node,
            "`\(key)` is \(Self.text(node)), no number from \(Self.short(range.lowerBound)) to "
                + "\(Self.short(range.upperBound))",
            "Give \(unit), such as \(unit == "minutes" ? "5 or 2.5" : "6 or 5.5")")
        return nil
    }

    /// True or false.
    mutating func flag(_ node: Node, _ key: String) -> Bool? {
        switch node.scalar?.string {
        case "true", "yes": return true
        case "false", "no": return false
        default:
            report(node, "`\(key)` is \(Self.text(node))", "Write true or false")
            return nil
        }
    }

    /// One line of text.
    mutating func line(_ node: Node, _ key: String, atMost length: Int) -> String? {
        guard let text = node.scalar?.string, !text.isEmpty else {
            report(node, "`\(key)` is no text", "Write it on the same line, or take the key away")
            return nil
        }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f }) else {
            report(node, "`\(key)` holds a line break or a control character", "Write it on one line")
            return nil
        }
        guard text.count <= length else {
            report(node, "`\(key)` has \(text.count) characters", "Use at most \(length)")
            return nil
        }
        return text
    }

    /// A name that becomes part of file names: lower-case letters, digits, hyphens and full stops.
    mutating func word(_ node: Node, _ key: String) -> String? {
        let text = node.scalar?.string ?? ""
        let allowed = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
        guard (1...32).contains(text.utf8.count), allowed, text.first?.isLetter == true else {
            report(
                node, "`\(key)` is \(Self.text(node))",
                "Use 1 to 32 lower-case letters, digits, hyphens or full stops, a letter first, such as practice-1")
            return nil
        }
        return text
    }

    /// One of several words.
    mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ node: Node, _ key: String, of type: Choice.Type
    ) -> Choice? {
        if let choice = node.scalar.flatMap({ Choice(rawValue: $0.string) }) { return choice }
        refuse(node, "`\(key)` is \(Self.text(node))", known: Choice.allCases.map(\.rawValue))
        return nil
    }

    /// Reports a word that is not known, with the one nearest to it.
    mutating func refuse(_ node: Node, _ problem: String, known: [String]) {
        let near = node.scalar.flatMap { Spelling.nearest(to: $0.string, among: known) }
        report(node, problem, near.map { "Did you mean `\($0)`?" } ?? "Write \(Self.list(known))")
    }

    static func text(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "empty" : "`\(scalar.string.prefix(40))`"
        case .sequence: "a list"
        case .mapping: "lines of `key: value`"
        case .alias: "an alias"
        }
    }

    static func list(_ words: [String]) -> String {
        words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    }

    static func short(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
}
