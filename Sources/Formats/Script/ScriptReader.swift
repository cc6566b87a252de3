internal import Practice
internal import Yams

/// Reads the nodes of a script file and gathers every mistake with its place.
struct ScriptReader: YAMLReading {
    var mistakes: [WrittenFileError.Mistake] = []

    private static let scriptKeys = ["name", "purpose", "phases"]
    /// The most phases a script may have.
    private static let mostPhases = 100

    /// A script without mistakes; otherwise what could be read of it, or nothing, and `mistakes` are filled.
    mutating func script(_ text: String) -> Script? {
        let advice = "Make one to begin with:  entrain script new evening"
        guard let root = compose(text, whenEmpty: advice) else { return nil }
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
}
