public import Practice

/// What a room needs for its sessions, in one text: its codes, who wears which strap, the script, the facilitator's public
/// key, and which straps belong to other rooms.
public struct RoomKit: Sendable, Hashable {
    /// The first line of every kit.
    static let heading = "entrain-room 1"
    /// The longest kit, bytes.
    public static let longest = 1 << 20

    /// The room's name: letters, digits, hyphens.
    public var name: String
    /// Its codes, in order.
    public var codes: [Code]
    /// Straps of these codes, as the facilitator wrote them.
    public var straps: [Code: String]
    /// The script, as YAML.
    public var script: String
    /// The facilitator's public key, as it stood in its file; empty without one.
    public var key: String
    /// What the digests of other rooms' straps are mixed with.
    public var salt: String
    /// Digests of other rooms' straps, sorted, so that their order tells nothing.
    public var elsewhere: [String]

    /// Makes a kit.
    /// - Throws: `RoomKitError` when a name, a code or a strap cannot stand in one.
    public init(
        name: String, codes: [Code], straps: [Code: String], script: String, key: String = "", salt: String,
        others: [String] = []
    ) throws(RoomKitError) {
        guard Self.isName(name) else { throw .badName(name) }
        guard !codes.isEmpty else { throw .noCodes }
        if let stranger = straps.keys.sorted().first(where: { !codes.contains($0) }) { throw .strangeCode(stranger) }
        (self.name, self.codes, self.straps) = (name, codes.sorted(), straps)
        (self.script, self.key, self.salt) = (script, key, salt)
        elsewhere = []
        let digests = Self.straps(salt: salt, digests: [])
        for (code, strap) in straps.sorted(by: { $0.key < $1.key })
        where others.contains(where: { digests.digest(of: $0) == digests.digest(of: strap) }) {
            throw .strapElsewhere(strap, code)
        }
        elsewhere = Set(others.map(digests.digest(of:))).sorted()
    }

    /// Letters, digits and hyphens.
    private static func isName(_ name: String) -> Bool {
        (1...32).contains(name.utf8.count)
            && name.utf8.allSatisfy { GroupNames.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
    }

    /// Straps that belong to other rooms, to be asked of every strap that is heard.
    public var strapsElsewhere: StrapsElsewhere { Self.straps(salt: salt, digests: Set(elsewhere)) }

    private static func straps(salt: String, digests: Set<String>) -> StrapsElsewhere {
        StrapsElsewhere(salt: salt, digests: digests)
    }

    /// The groups of its codes, each with the number of its last place.
    public var groups: [(group: GroupName, size: Int)] {
        Dictionary(grouping: codes, by: \.group).map { ($0, $1.map(\.place).max() ?? 1) }
            .sorted { $0.0 < $1.0 }
    }

    // MARK: - Text

    /// The kit as a text, whose last line is the SHA-256 of all lines above.
    public var text: String {
        var lines = [Self.heading, "room: \(name)", "codes: \(codes.map(\.description).joined(separator: ","))"]
        lines += straps.sorted { $0.key < $1.key }.map { "strap: \($0.key),\($0.value)" }
        lines.append("salt: \(salt)")
        lines += elsewhere.map { "elsewhere: \($0)" }
        lines += ["script: |"] + Self.block(script)
        if !key.isEmpty { lines += ["key: |"] + Self.block(key) }
        let body = lines.joined(separator: "\n") + "\n"
        return body + "sha256: \(Checksum.hexadecimal(of: body.utf8))\n"
    }

    private static func block(_ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        let trimmed = text.last == "\n" ? String(text.dropLast()) : text
        return trimmed.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    }

    /// Reads a kit.
    /// - Throws: `RoomKitError` when it is none, of another version, or damaged.
    public init(text: String) throws(RoomKitError) {
        guard text.hasPrefix("entrain-room ") else { throw .noKit }
        guard text.hasPrefix(Self.heading + "\n") else { throw .otherVersion }
        guard let end = text.firstRange(of: "\nsha256: "), text.hasSuffix("\n") else {
            throw .damaged("its end is missing")
        }
        let body = text[..<text.index(after: end.lowerBound)]
        let sum = text[end.upperBound...].dropLast()
        guard Checksum.hexadecimal(of: body.utf8) == sum else { throw .damaged("its checksum is another") }
        var parts = RoomKitParts()
        for line in body.split(separator: "\n", omittingEmptySubsequences: false).dropFirst() { try parts.take(line) }
        (name, codes, straps) = (parts.room, parts.codes, parts.straps)
        (script, key, salt, elsewhere) = (parts.script, parts.key, parts.salt, parts.elsewhere)
        guard !codes.isEmpty, Self.isName(name) else { throw .damaged("it names no room or no codes") }
        guard straps.keys.allSatisfy(codes.contains) else {
            throw .damaged("it gives a strap to a code it does not have")
        }
    }
}

/// The lines of a kit, taken one by one.
private struct RoomKitParts {
    var room = ""
    var codes: [Code] = []
    var straps: [Code: String] = [:]
    var script = ""
    var key = ""
    var salt = ""
    var elsewhere: [String] = []
    private var block = ""

    mutating func take(_ line: Substring) throws(RoomKitError) {
        // By bytes: a mark that joins what is before it would hide a blank, a colon or a comma.
        let bytes = line.utf8
        if bytes.starts(with: "  ".utf8) {
            let text = Substring(bytes.dropFirst(2)) + "\n"
            if block == "script" { script += text } else if block == "key" { key += text }
            return
        }
        if line.isEmpty { return }
        let pair = bytes.split(separator: UInt8(ascii: ":"), maxSplits: 1).map { Substring($0) }
        guard pair.count == 2 else { throw .damaged("'\(line.prefix(40))' is no line of a kit") }
        let value = String(Substring(pair[1].utf8.drop { $0 == UInt8(ascii: " ") }))
        block = ""
        switch pair[0] {
        case "room": room = value
        case "codes": for word in value.split(separator: ",") { codes.append(try Self.code(String(word))) }
        case "strap":
            let parts = value.utf8.split(separator: UInt8(ascii: ","), maxSplits: 1).map { Substring($0) }
            guard parts.count == 2 else { throw .damaged("'\(line.prefix(40))' is no code and strap") }
            straps[try Self.code(String(parts[0]))] = String(parts[1])
        case "salt": salt = value
        case "elsewhere": elsewhere.append(value)
        case "script", "key": block = String(pair[0])
        default: throw .damaged("it has a line '\(pair[0].prefix(40))' that this version does not know")
        }
    }

    private static func code(_ text: String) throws(RoomKitError) -> Code {
        do {
            return try Code(text)
        } catch {
            throw .damaged("'\(text.prefix(40))' is no code")
        }
    }
}

private enum GroupNames {
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
    }
}
