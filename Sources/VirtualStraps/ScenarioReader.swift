internal import HeartRate
internal import Yams

/// Reads the nodes of a scenario file, and says of each mistake where it stands and what to do.
struct ScenarioReader {
    /// The file's name, for errors.
    let file: String
    /// How many lines the file has.
    let lines: Int

    /// The mapping at `node`, by key.
    /// - Parameters:
    ///   - node: where it stands.
    ///   - what: what the mapping describes, for errors.
    ///   - keys: the keys it may have.
    /// - Returns: the values by key; keys that are not there are missing.
    /// - Throws: `ScenarioError` for anything else than a mapping and for any other key.
    func mapping(_ node: Node, of what: String, keys: [String]) throws(ScenarioError) -> [String: Node] {
        guard case .mapping(let mapping) = node else {
            throw error(node, "\(what) must be a list of `key: value`", "Use the keys \(Self.list(keys))")
        }
        var found: [String: Node] = [:]
        for (key, value) in mapping {
            guard let name = key.string, keys.contains(name) else {
                throw error(key, "\(what) has no key `\(Self.text(key))`", "Use \(Self.list(keys))")
            }
            found[name] = value
        }
        return found
    }

    /// The elements at `node`.
    func sequence(_ node: Node, of what: String) throws(ScenarioError) -> [Node] {
        guard case .sequence(let sequence) = node else {
            throw error(node, "\(what) must be a list", "Put each entry on a line of its own that begins with `- `")
        }
        return Array(sequence)
    }

    /// A number.
    func number(_ node: Node, _ key: String, in range: ClosedRange<Double>) throws(ScenarioError) -> Double {
        guard let number = Double.construct(from: node.scalarOrEmpty), number.isFinite, range.contains(number) else {
            throw error(
                node,
                "`\(key)` is \(Self.text(node)), no number from \(Self.short(range.lowerBound)) to "
                    + Self.short(range.upperBound), "Give such a number")
        }
        return number
    }

    /// A whole number.
    func integer(_ node: Node, _ key: String, in range: ClosedRange<Int>) throws(ScenarioError) -> Int {
        guard let number = Int.construct(from: node.scalarOrEmpty), range.contains(number) else {
            throw error(
                node,
                "`\(key)` is \(Self.text(node)), no whole number from \(range.lowerBound) to "
                    + "\(range.upperBound)", "Give such a number")
        }
        return number
    }

    /// True or false.
    func flag(_ node: Node, _ key: String) throws(ScenarioError) -> Bool {
        guard let flag = Bool.construct(from: node.scalarOrEmpty) else {
            throw error(node, "`\(key)` is \(Self.text(node))", "Write true or false")
        }
        return flag
    }

    /// Text of at least one character.
    func text(_ node: Node, _ key: String) throws(ScenarioError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw error(node, "`\(key)` is no text", "Write it on the same line")
        }
        return scalar.string
    }

    /// One of several words.
    func choice<Choice>(_ node: Node, _ key: String, _ choices: [(String, Choice)]) throws(ScenarioError) -> Choice {
        let word = try text(node, key)
        guard let choice = choices.first(where: { $0.0 == word }) else {
            throw error(node, "`\(key)` is \(Self.text(node))", "Write \(Self.list(choices.map(\.0)))")
        }
        return choice.1
    }

    /// An address such as `A0:9E:1A:B2:C3:D4`, in upper case.
    func address(_ node: Node) throws(ScenarioError) -> String {
        let address = try text(node, "address").uppercased()
        let parts = address.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts.allSatisfy({ $0.utf8.count == 2 && Hex.bytes(String($0)) != nil }) else {
            throw error(
                node, "`address` is \(Self.text(node)), no Bluetooth address",
                "Write six pairs of hexadecimal digits, such as A0:9E:1A:B2:C3:D4")
        }
        return address
    }

    /// An error at the line of `node`.
    func error(_ node: Node, _ problem: String, _ advice: String) -> ScenarioError {
        ScenarioError(file: file, line: node.mark.map { min($0.line, lines) }, problem: problem, advice: advice)
    }

    private static func text(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "empty" : scalar.string
        case .sequence: "a list"
        case .mapping: "a list of `key: value`"
        case .alias: "an alias"
        }
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2
            ? words.joined() : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    }

    private static func short(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}

extension Node {
    /// The scalar at this node; an empty one, which is neither number nor flag, when it is something else.
    fileprivate var scalarOrEmpty: Node.Scalar {
        if case .scalar(let scalar) = self { scalar } else { Node.Scalar("") }
    }
}
