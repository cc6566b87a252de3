public import Practice

/// Who wears which strap, in every room: lines `code,strap` of all groups in one file.
public struct RoomMap: Sendable, Hashable {
    /// The most groups of a study; each is read for itself.
    static let mostGroups = 500

    /// The strap of each code, as somebody wrote it.
    public let straps: [Code: String]

    /// Reads a file; it is taken group by group as `entrain pair --map` takes it.
    /// - Throws: `StrapMapError` at the first line that is not understood, or repeats a code or a strap.
    public init(_ text: String) throws(StrapMapError) {
        var lines: [GroupName: [String]] = [:]
        var all: [String] = []
        let whole = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        for line in whole.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            all.append(String(line))
        }
        for line in all {
            let field = line.prefix { $0 != "," && $0 != ";" }.filter { $0 != " " && $0 != "\"" }
            if let code = try? Code(String(field)) { lines[code.group] = [] }  // a heading is none
        }
        guard !lines.isEmpty else {
            throw StrapMapError(line: 1, "there is no code and strap in it. Write lines such as G1-01,A1B2C3D4")
        }
        guard lines.count <= Self.mostGroups else {
            throw StrapMapError(
                line: 1, "there are \(lines.count) groups in it. Write a file for every \(Self.mostGroups)")
        }
        var straps: [Code: String] = [:]
        var owners: [String: Code] = [:]
        for group in lines.keys.sorted() {
            // Lines of other groups are left empty, so that numbers of lines stay.
            let own = all.map { line in
                let field = line.prefix { $0 != "," && $0 != ";" }.filter { $0 != " " && $0 != "\"" }
                guard let code = try? Code(String(field)) else { return line }
                return code.group == group ? line : ""
            }
            for entry in try StrapMap(own.joined(separator: "\n"), of: group).entries {
                if let other = owners.updateValue(entry.code, forKey: entry.strap.lowercased()) {
                    throw StrapMapError(line: entry.line, "\(entry.strap) was given to \(other) already")
                }
                straps[entry.code] = entry.strap
            }
        }
        self.straps = straps
    }
}
