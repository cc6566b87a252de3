import Practice

/// Lists of codes and straps: of one group, and of all rooms.
enum MapEntry {
    static func take(_ bytes: [UInt8]) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        let group = try GroupName("G1")
        switch Result(catching: { () throws(StrapMapError) in try StrapMap(text, of: group) }) {
        case .success(let map):
            let lines = map.entries.map(\.line)
            try claim(zip(lines, lines.dropFirst()).allSatisfy { $0 < $1 }, "entries are in the order of the file")
            try claim(
                lines.allSatisfy { (1...lineCount(text)).contains($0) }, "an entry stands on a line that is there")
            let again = try StrapMap(map.entries.map { "\($0.code),\"\($0.strap)\"\n" }.joined(), of: group)
            try claim(again.entries.map(\.strap) == map.entries.map(\.strap), "straps are written and read")
            let whole = try StrapMap(text, of: nil)
            try claim(whole == map, "the map of all rooms says the same")
        case .failure(let error): try check(error, in: text)
        }
        switch Result(catching: { () throws(StrapMapError) in try StrapMap(text, of: nil) }) {
        case .success(let map):
            let straps = map.entries.map { $0.strap.lowercased() }
            try claim(Set(straps).count == straps.count, "a strap is given once")
            try claim(Set(map.entries.map(\.code)).count == straps.count, "a code has one strap")
        case .failure(let error): try check(error, in: text)
        }
    }

    private static func check(_ error: StrapMapError, in text: String) throws {
        try claim((1...lineCount(text)).contains(error.line), "line \(error.line) is there: \(error)")
        try claim(error.description.utf8.count < 400, "a sentence is short: \(error)")
    }
}
