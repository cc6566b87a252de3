internal import Practice
internal import Yams

/// Reads the nodes of a script file and gathers every mistake with its place.
struct ScriptReader {
    private(set) var mistakes: [ScriptFileError.Mistake] = []

    private static let scriptKeys = ["name", "purpose", "phases"]
    /// The most phases a script may have.
    private static let mostPhases = 100

    /// A script without mistakes; otherwise what could be read of it, or nothing, and `mistakes` are filled.
    mutating func script(_ text: String) -> Script? {
        guard let root = compose(text) else { return nil }
        guard let keys = mapping(root, of: "a script", keys: Self.scriptKeys) else { return nil }
        let name = keys["name"].flatMap { word($0, "name") }
        if keys["name"] == nil { report(root, "the script has no `name`", "Add one, such as `name: evening`") }
        let purpose = keys["purpose"].flatMap { line($0, "purpose", atMost: 100) }
        guard let list = keys["phases"] else {
            report(root, "the script has no `phases`", "Add them, each beginning with `- key: ...`")
            return nil
        }
        guard case .sequence(let nodes) = list else {
            report(list, "`phases` must be a list", "Begin each phase on a line of its own with `- key: ...`")
            return nil
        }
        guard nodes.count <= Self.mostPhases else {
            report(list, "there are \(nodes.count) phases", "Use at most \(Self.mostPhases)")
            return nil
        }
        let phases = nodes.map { phase($0) }
        let script = Script(name: name ?? "", purpose: purpose ?? "", phases: phases.compactMap(\.self), source: text)
        if let node = keys["name"], let name { refuseBorrowedName(name, of: script, node) }
        // The rules speak of phases by number: they are asked once all phases could be read.
        if phases.allSatisfy({ $0 != nil }) { hold(script, list: list, nodes: Array(nodes)) }
        return script
    }

    private mutating func compose(_ text: String) -> Node? {
        do {
            if let root = try Yams.compose(yaml: text) { return root }
            report(nil, "the file is empty", "Make one to begin with:  entrain script new evening")
        } catch let error as YamlError {
            let place = Self.mark(of: error)
            mistakes.append(
                ScriptFileError.Mistake(
                    line: place?.line ?? 1, column: place?.column ?? 1,
                    problem: "this is no YAML: \(Self.problem(of: error))",
                    advice: "Indent with spaces only, write `key: value`, and close every bracket and quotation mark"))
        } catch {
            report(nil, "this is no YAML: \(error)", "Compare it with:  entrain script show pal-30")
        }
        return nil
    }

    private static func mark(of error: YamlError) -> Mark? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark
        case .duplicatedKeysInMapping(_, let context): context.mark
        default: nil
        }
    }

    private static func problem(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _):
            "\(duplicates.map { "`\($0)`" }.joined(separator: ", ")) stands there twice"
        default: "\(error)"
        }
    }

    /// A name of ours stands for our phases: reports call a session by it.
    private mutating func refuseBorrowedName(_ name: String, of script: Script, _ node: Node) {
        guard let own = Script.builtIn.first(where: { $0.name == name }), own.phases != script.phases else { return }
        report(
            node, "`\(name)` is the name of a script that comes with the program, and this one differs from it",
            "Choose another name, such as \(name)-b")
    }

    /// Finds for each broken rule the place in the file that breaks it.
    private mutating func hold(_ script: Script, list: Node, nodes: [Node]) {
        for fault in script.faults {
            var place = list
            if let index = fault.phase, nodes.indices.contains(index) {
                place = nodes[index][fault.entry] ?? nodes[index]
            }
            report(place, fault.problem, fault.advice)
        }
    }

    // MARK: - Pieces

    /// Notes a mistake at a node; at the beginning of the file without one.
    mutating func report(_ node: Node?, _ problem: String, _ advice: String) {
        mistakes.append(
            ScriptFileError.Mistake(
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

    private static func short(_ number: Double) -> String { Int(exactly: number).map { "\($0)" } ?? "\(number)" }
}
