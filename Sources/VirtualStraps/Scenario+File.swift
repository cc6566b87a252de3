internal import FoundationEssentials
internal import HeartRate
internal import Yams

extension Scenario {
    private static let keys = ["seed", "speed", "adapters", "straps", "pacer", "faults"]

    /// Reads a scenario file.
    /// - Parameters:
    ///   - path: the file.
    ///   - seed: what chance is drawn from when the file does not say.
    /// - Throws: `ScenarioError` with file, line, what is wrong and what to do.
    public init(path: String, seed: UInt64 = 1) throws(ScenarioError) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ScenarioError(
                file: path, line: nil, problem: "the scenario file cannot be read",
                advice: "Check that it exists and that you may read it")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ScenarioError(
                file: path, line: nil, problem: "the scenario file is no UTF-8 text", advice: "Save it as UTF-8")
        }
        try self.init(yaml: text, file: path, seed: seed)
    }

    /// Reads a scenario from text.
    /// - Parameters:
    ///   - yaml: the text, as described at ``Scenario``.
    ///   - file: the name to use in errors.
    ///   - seed: what chance is drawn from when the text does not say.
    /// - Throws: `ScenarioError` with file, line, what is wrong and what to do.
    public init(yaml: String, file: String, seed: UInt64 = 1) throws(ScenarioError) {
        self = .standard(straps: 0, seed: seed)
        guard let root = try Self.compose(yaml, file: file) else {
            throw ScenarioError(
                file: file, line: nil, problem: "the scenario file is empty",
                advice: "Write at least `straps: 8`")
        }
        let reader = ScenarioReader(file: file, lines: Self.lineCount(yaml))
        let keys = try reader.mapping(root, of: "a scenario", keys: Self.keys)
        if let node = keys["seed"] { self.seed = UInt64(try reader.integer(node, "seed", in: 0...Int.max)) }
        if let node = keys["speed"] { speed = try reader.number(node, "speed", in: Self.speeds) }
        if let node = keys["adapters"] { adapters = try reader.adapters(node) }
        guard let node = keys["straps"] else {
            throw reader.error(root, "the scenario has no straps", "Add `straps: 8`, or a list of them")
        }
        straps = try reader.straps(node, seed: self.seed, adapters: adapters)
        if let node = keys["pacer"] { pacer = try reader.pacer(node) }
        if let node = keys["faults"] { faults = try reader.faults(node, straps: straps, adapters: adapters) }
    }

    /// The root of the document; nil when it is empty.
    private static func compose(_ yaml: String, file: String) throws(ScenarioError) -> Node? {
        do {
            return try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw ScenarioError(
                file: file, line: line(of: error).map { min($0, lineCount(yaml)) },
                problem: "this is no YAML: \(problem(of: error))",
                advice: "Indent with spaces only, write `key: value`, and close every bracket and quotation mark")
        } catch {
            throw ScenarioError(
                file: file, line: nil, problem: "this is no YAML: \(error)", advice: "Compare it with the documentation"
            )
        }
    }

    /// How many lines there are; Yams takes the end of a file for one more.
    private static func lineCount(_ yaml: String) -> Int {
        yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
    }

    private static func line(of error: YamlError) -> Int? {
        switch error {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    private static func problem(of error: YamlError) -> String {
        switch error {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
        case .duplicatedKeysInMapping(let duplicates, _):
            "the key \(duplicates.map { "\($0)" }.joined(separator: ", ")) stands there twice"
        default: "\(error)"
        }
    }
}

extension ScenarioReader {
    /// The adapters: a number of them, or a list.
    func adapters(_ node: Node) throws(ScenarioError) -> [AdapterPlan] {
        if case .scalar = node {
            return (0..<(try integer(node, "adapters", in: 1...16))).map(AdapterPlan.standard)
        }
        var plans: [AdapterPlan] = []
        for (number, entry) in try sequence(node, of: "`adapters`").enumerated() {
            let keys = try mapping(entry, of: "an adapter", keys: ["name", "address", "slots", "powered"])
            var plan = AdapterPlan.standard(number)
            if let node = keys["name"] {
                plan.name = try text(node, "name")
                guard plan.name.hasPrefix("hci"), UInt8(plan.name.dropFirst(3)) != nil else {
                    throw error(node, "`name` is \(plan.name), no adapter's name", "Write hci0, hci1 and so on")
                }
            }
            if let node = keys["address"] { plan.address = try address(node) }
            if let node = keys["slots"] { plan.slots = try integer(node, "slots", in: 0...Int(UInt16.max)) }
            if let node = keys["powered"] { plan.isPowered = try flag(node, "powered") }
            guard !plans.contains(where: { $0.name == plan.name || $0.address == plan.address }) else {
                throw error(entry, "two adapters share a name or an address", "Give each its own")
            }
            plans.append(plan)
        }
        guard !plans.isEmpty else { throw error(node, "there is no adapter", "Write `adapters: 1`") }
        return plans
    }

    /// The paced stretches.
    func pacer(_ node: Node) throws(ScenarioError) -> PacerSchedule {
        var stretches: [PacedStretch] = []
        for entry in try sequence(node, of: "`pacer`") {
            let keys = try mapping(entry, of: "a paced stretch", keys: ["from_s", "to_s", "rate", "depth"])
            var stretch = PacedStretch(from: 0, to: .infinity, rate: 6)
            if let node = keys["from_s"] { stretch.from = try number(node, "from_s", in: 0...1e9) }
            if let node = keys["to_s"] { stretch.to = try number(node, "to_s", in: 0...1e9) }
            if let node = keys["rate"] { stretch.rate = try number(node, "rate", in: 3...20) }
            if let node = keys["depth"] { stretch.depth = try number(node, "depth", in: 1...6) }
            guard stretch.from < stretch.to else {
                throw error(entry, "the stretch ends before it begins", "Make `to_s` larger than `from_s`")
            }
            if let last = stretches.last, stretch.from < last.to {
                throw error(
                    entry, "the stretch begins before the one above it ends",
                    "Give that one a `to_s` of at most \(stretch.from), and keep them in order")
            }
            stretches.append(stretch)
        }
        return PacerSchedule(stretches)
    }
}
