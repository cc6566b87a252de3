internal import Practice
internal import Yams

extension ScriptReader {
    private static let phaseKeys = [
        "key", "title", "minutes", "feedback", "pacer", "posture", "er", "prompt", "analyse", "skippable",
        "unattended_end",
    ]
    private static let pacerKeys = ["rate", "in_s", "out_s", "hold_s"]
    /// Breaths a minute that a pacer may have.
    private static let rates = 3.0...20.0
    /// How far the parts of a breath may be from its whole, as a share.
    private static let tolerance = 0.01

    /// A phase; nil when anything in it could not be read.
    mutating func phase(_ node: Node) -> Phase? {
        let before = mistakes.count
        guard let keys = mapping(node, of: "a phase", keys: Self.phaseKeys) else { return nil }
        // A key that is misspelt is missing too: saying so once is enough.
        let isSpeltRight = mistakes.count == before
        let key = keys["key"].flatMap { word($0, "key") }
        if keys["key"] == nil, isSpeltRight {
            report(node, "the phase has no `key`", "Add one, such as `key: practice-1`")
        }
        let title = keys["title"].flatMap { line($0, "title", atMost: 30) }
        let minutes = keys["minutes"].flatMap { number($0, "minutes", in: 0.1...600, unit: "minutes") }
        let prompt = keys["prompt"].flatMap { line($0, "prompt", atMost: 200) }
        let posture = keys["posture"].flatMap { line($0, "posture", atMost: 80) }
        let feedback = sight(keys, at: isSpeltRight ? node : nil, isBaseline: key?.hasPrefix("baseline") == true)
        let pacer = keys["pacer"].flatMap { breath($0) }
        let regulation = keys["er"].map { families(of: $0) } ?? ""
        let analyse = keys["analyse"].map { flag($0, "analyse") }
        let skippable = keys["skippable"].map { flag($0, "skippable") }
        let end = unattendedEnd(keys, at: isSpeltRight ? node : nil)
        guard mistakes.count == before, let key, let feedback else { return nil }
        return Phase(
            key: key, title: title ?? key, seconds: minutes.map { $0 * 60 }, feedback: feedback, pacer: pacer,
            posture: posture ?? "", regulation: regulation, prompt: prompt ?? "",
            isAnalysed: (analyse ?? nil) ?? (feedback == .own || feedback == .hidden),
            isSkippable: (skippable ?? nil) ?? false, unattendedEnd: end ?? .never)
    }

    /// What a student sees; that it is missing is told at `node`, if there.
    private mutating func sight(_ keys: [String: Node], at node: Node?, isBaseline: Bool) -> Feedback? {
        if let value = keys["feedback"] { return choice(value, "feedback", of: Feedback.self) }
        if isBaseline { return .hidden }
        guard let node else { return nil }
        report(
            node, "the phase does not say what a student sees",
            "Add `feedback:` with \(Self.list(Feedback.allCases.map(\.rawValue)))")
        return nil
    }

    /// How an open phase ends; a phase with a length has no such key.
    private mutating func unattendedEnd(_ keys: [String: Node], at node: Node?) -> Phase.UnattendedEnd? {
        if let value = keys["unattended_end"] {
            if keys["minutes"] != nil {
                report(value, "a phase with `minutes` ends by itself", "Take `unattended_end` or `minutes` away")
            }
            return choice(value, "unattended_end", of: Phase.UnattendedEnd.self)
        }
        if keys["minutes"] == nil, let node {
            report(
                node, "the phase has no `minutes`, and nothing says how it ends when no coach is at the keys",
                "Add `minutes:`, or `unattended_end:` with \(Self.list(Phase.UnattendedEnd.allCases.map(\.rawValue)))")
        }
        return nil
    }

    /// A pacer: `off`, a rate, or `{rate, in_s, out_s, hold_s}`.
    private mutating func breath(_ node: Node) -> Pacer? {
        if let text = node.scalar?.string {
            if ["off", "false", "no"].contains(text) { return nil }
            return number(node, "pacer", in: Self.rates, unit: "breaths a minute").map { Pacer(rate: $0) }
        }
        guard let keys = mapping(node, of: "a pacer", keys: Self.pacerKeys) else { return nil }
        let rate = keys["rate"].flatMap { number($0, "rate", in: Self.rates, unit: "breaths a minute") }
        let parts = ["in_s", "hold_s", "out_s"].map { name in
            keys[name].flatMap { number($0, name, in: name == "hold_s" ? 0...10 : 0.5...20, unit: "seconds") }
        }
        switch (parts[0], parts[2]) {
        case (nil, nil):
            guard keys["in_s"] == nil, keys["out_s"] == nil else { return nil }
            guard let rate else {
                if keys["rate"] == nil {
                    report(node, "the pacer has no `rate`", "Add `rate: 6`, or `in_s` and `out_s`")
                }
                return nil
            }
            guard keys["hold_s"] == nil else {
                report(node, "a pacer with `hold_s` needs the other parts of its breath", "Add `in_s` and `out_s`")
                return nil
            }
            return Pacer(rate: rate)
        case (let breathIn?, let breathOut?):
            return breath(node, keys, rate: rate, parts: (breathIn, parts[1] ?? 0, breathOut))
        default:
            let missing = keys["in_s"] == nil ? "in_s" : "out_s"
            if keys[missing] == nil {
                report(node, "the pacer has no `\(missing)`", "Give `in_s` and `out_s` together")
            }
            return nil
        }
    }

    private mutating func breath(
        _ node: Node, _ keys: [String: Node], rate: Double?, parts: (in: Double, hold: Double, out: Double)
    ) -> Pacer? {
        let whole = parts.in + parts.hold + parts.out
        let own = 60 / whole
        guard Self.rates.contains(own) else {
            report(
                node, "a breath of \(whole) s makes \((own * 10).rounded() / 10) breaths a minute",
                "Choose parts that make \(Int(Self.rates.lowerBound)) to \(Int(Self.rates.upperBound))")
            return nil
        }
        if let rate, abs(rate * whole / 60 - 1) > Self.tolerance {
            report(
                keys["rate"] ?? node,
                "the parts of the breath take \(whole) s, but at \(rate) breaths a minute it has "
                    + "\((600 / rate).rounded() / 10) s", "Change `in_s`, `hold_s` and `out_s`, or take `rate` away")
            return nil
        }
        guard keys["rate"] == nil || rate != nil else { return nil }
        return Pacer(
            rate: rate ?? own, inSeconds: parts.in, holdSeconds: parts.hold, outSeconds: parts.out)
    }

    /// Families of emotion regulation: a list, or text parted by semicolons.
    private mutating func families(of node: Node) -> String {
        var found: [String] = []
        let words: [(String, Node)]
        if case .sequence(let nodes) = node {
            words = nodes.map { ($0.scalar?.string ?? "", $0) }
        } else {
            words = (node.scalar?.string ?? "").split(separator: ";").map { (String($0), node) }
        }
        let known = RegulationFamily.allCases.map(\.rawValue)
        for (word, place) in words {
            let trimmed = word.drop { $0 == " " }
            let name = String(trimmed.reversed().drop { $0 == " " }.reversed())
            if known.contains(name) {
                found.append(name)
            } else {
                let near = Spelling.nearest(to: name, among: known)
                report(
                    place, "`er` names no family of emotion regulation: `\(name.prefix(40))`",
                    near.map { "Did you mean `\($0)`?" } ?? "Write \(Self.list(known))")
            }
        }
        if words.isEmpty { report(node, "`er` is empty", "Write \(Self.list(known)), or take the key away") }
        return found.joined(separator: "; ")
    }
}
