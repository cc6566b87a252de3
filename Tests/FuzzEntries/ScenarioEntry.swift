import VirtualStraps

/// The reader of scenarios of virtual straps.
enum ScenarioEntry {
    static func take(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        switch Result(catching: { () throws(ScenarioError) in try Scenario(yaml: text, file: "x.yaml") }) {
        case .success(let scenario):
            let addresses = scenario.straps.map(\.address)
            try claim(Set(addresses).count == addresses.count, "every strap has an address of its own")
            try claim(!scenario.adapters.isEmpty && scenario.speed > 0, "there is an adapter, and time passes")
        case .failure(let error):
            if let line = error.line { try claim((1...lineCount(text)).contains(line), "line \(line) is there") }
            try claim(error.description.hasPrefix("x.yaml"), "an error names the file: \(error)")
        }
    }
}
