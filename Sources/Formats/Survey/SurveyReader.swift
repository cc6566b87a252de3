internal import Practice
internal import Yams

/// Reads the nodes of a survey file and gathers every mistake with its place.
struct SurveyReader: YAMLReading {
    var mistakes: [WrittenFileError.Mistake] = []
    /// Named lists of levels, with whether they are ordered numbers.
    private(set) var scales: [String: [SurveyItem.Level]] = [:]
    /// The source of items that name none.
    private(set) var source = ""

    private static let keys = ["instrument", "title", "source", "scales", "items"]
    private static let mostItems = 300

    /// An instrument without mistakes; otherwise what could be read of it, or nothing, and `mistakes` are filled.
    mutating func instrument(_ text: String) -> Instrument? {
        let advice = "See one to begin with:  entrain survey show pal --file"
        guard let root = compose(text, whenEmpty: advice), let keys = mapping(root, of: "a survey", keys: Self.keys)
        else { return nil }
        let name = keys["instrument"].flatMap { instrumentName($0) }
        if keys["instrument"] == nil { report(root, "the survey has no `instrument`", "Add `instrument: evening`") }
        let title = keys["title"].flatMap { line($0, "title", atMost: 100) }
        source = keys["source"].flatMap { line($0, "source", atMost: 200) } ?? ""
        if let node = keys["scales"] { readScales(node) }
        guard let list = keys["items"] else {
            report(root, "the survey has no `items`", "Add them, each beginning with `- item: ...`")
            return nil
        }
        guard case .sequence(let nodes) = list, !nodes.isEmpty else {
            report(list, "`items` must be a list", "Begin each item on a line of its own with `- item: ...`")
            return nil
        }
        guard nodes.count <= Self.mostItems else {
            report(list, "there are \(nodes.count) items", "Use at most \(Self.mostItems)")
            return nil
        }
        var items: [SurveyItem] = []
        for node in nodes { add(item(node), at: node, to: &items) }
        return Instrument(name: name ?? "", title: title ?? name ?? "", items: items, text: text)
    }

    /// Takes the waves of one entry in, when they agree with what is there.
    private mutating func add(_ entry: [SurveyItem], at node: Node, to items: inout [SurveyItem]) {
        for item in entry {
            let place = node["item"] ?? node
            if items.contains(where: { $0.name == item.name && $0.wave == item.wave }) {
                report(place, "`\(item.name)` is asked twice in \(item.wave)", "Give each item of a wave its own name")
            } else if let other = items.first(where: { $0.name == item.name }),
                other.kind != item.kind || other.levels != item.levels || other.range != item.range
            {
                report(
                    place, "`\(item.name)` takes other answers in \(other.wave)",
                    "An item of one name takes the same answers in every wave; give this one another name")
            } else {
                items.append(item)
            }
        }
    }

    private mutating func instrumentName(_ node: Node) -> String? {
        guard let name = word(node, "instrument") else { return nil }
        guard name.allSatisfy({ $0 != "." }), name.last != "-" else {
            report(node, "`instrument` is `\(name)`", "Use lower-case letters, digits and hyphens, such as evening-2")
            return nil
        }
        return name
    }

    private mutating func readScales(_ node: Node) {
        guard case .mapping(let mapping) = node else {
            report(node, "`scales` must be lines of `name: {1: ..., 2: ...}`", "See:  entrain survey show pal --file")
            return
        }
        for (key, value) in mapping {
            if let name = word(key, "scales"), let levels = readLevels(value) { scales[name] = levels }
        }
    }

    /// Levels written out: `{1: no, 2: yes}`.
    mutating func readLevels(_ node: Node) -> [SurveyItem.Level]? {
        guard case .mapping(let mapping) = node else {
            report(node, "levels must be `{1: ..., 2: ...}`", "Write the code of each level, a colon and its words")
            return nil
        }
        var levels: [SurveyItem.Level] = []
        for (key, value) in mapping {
            guard let code = key.scalar?.string, Self.isCode(code) else {
                report(key, "the code of a level is \(Self.text(key))", "Use a number, or letters, digits and hyphens")
                return nil
            }
            guard let label = line(value, code, atMost: 60) else { return nil }
            levels.append(SurveyItem.Level(code: code, label: label))
        }
        guard levels.count >= 2 else {
            report(node, "there are fewer than two levels", "Write at least two")
            return nil
        }
        return levels
    }

    private static func isCode(_ text: String) -> Bool {
        (1...20).contains(text.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
