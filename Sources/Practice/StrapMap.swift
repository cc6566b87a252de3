/// Which code wears which strap, as a file of two columns says it: `code,strap`.
public struct StrapMap: Sendable, Hashable {
    /// One line.
    public struct Entry: Sendable, Hashable {
        /// Who wears it.
        public let code: Code
        /// The strap as somebody wrote it: printed ID, name, label or address.
        public let strap: String
        /// Where it stands, from 1.
        public let line: Int
    }

    /// The lines, in the order of the file.
    public let entries: [Entry]

    /// Reads a file: a line a code, fields separated by comma or semicolon; a first line `code,strap` and empty lines are
    /// passed over.
    /// - Parameters:
    ///   - text: the file.
    ///   - group: the group that is paired; nil for the groups of all rooms.
    /// - Throws: `StrapMapError` at the first line that is not understood, names another group, or repeats a code or a strap.
    public init(_ text: String, of group: GroupName?) throws(StrapMapError) {
        var entries: [Entry] = []
        var lines: [Code: Int] = [:]
        var owners: [String: Entry] = [:]
        let example = "\(group?.text ?? "G1")-01,A1B2C3D4"
        let withoutMark = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        for (index, line) in withoutMark.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            guard let entry = try Self.entry(line, index + 1, isFirst: entries.isEmpty, example) else { continue }
            if let group, entry.code.group != group {
                throw StrapMapError(
                    line: entry.line, "\(entry.code) is not in \(group). Pair each group with its own lines")
            }
            if let other = lines.updateValue(entry.line, forKey: entry.code) {
                throw StrapMapError(
                    line: entry.line, "\(entry.code) stands on line \(other) already. Give each code one strap")
            }
            if let other = owners.updateValue(entry, forKey: entry.strap.lowercased()) {
                throw StrapMapError(
                    line: entry.line, "\(entry.strap) was given to \(other.code) on line \(other.line)")
            }
            entries.append(entry)
        }
        guard !entries.isEmpty else {
            throw StrapMapError(line: 1, "there is no code and strap in it. Write lines such as \(example)")
        }
        self.entries = entries
    }

    /// One line; nil when nothing stands on it, or a heading.
    private static func entry(
        _ line: Substring, _ number: Int, isFirst: Bool, _ example: String
    ) throws(StrapMapError) -> Entry? {
        // By scalars: a quote or comma behind a mark that joins what follows is no character of its own.
        let fields = line.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" }
            .map { Self.plain($0[...]) }
        if fields.allSatisfy(\.isEmpty) { return nil }
        if isFirst, fields.first?.lowercased() == "code" { return nil }
        guard fields.count == 2, !fields[1].isEmpty else {
            throw StrapMapError(line: number, "'\(short(line))' is not a code and a strap. Write: \(example)")
        }
        guard let code = try? Code(fields[0]) else {
            throw StrapMapError(line: number, "'\(short(fields[0][...]))' is not a code. Codes look like G1-03")
        }
        return Entry(code: code, strap: fields[1], line: number)
    }

    /// So much of a text as a sentence can hold.
    private static func short(_ text: Substring) -> String {
        text.count > 60 ? "\(text.prefix(60))…" : String(text)
    }

    private static func plain(_ field: Substring.UnicodeScalarView) -> String {
        var text = field
        while let first = text.first, first.properties.isWhitespace { text.removeFirst() }
        while let last = text.last, last.properties.isWhitespace { text.removeLast() }
        if text.count >= 2, text.first == "\"", text.last == "\"" { text = text.dropFirst().dropLast() }
        return String(text)
    }
}

/// What is wrong with a file of codes and straps, and where.
public struct StrapMapError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The line, from 1.
    public let line: Int
    /// What is wrong and what to write instead.
    public let sentence: String

    /// Makes an error of a line.
    public init(line: Int, _ sentence: String) {
        self.line = line
        self.sentence = sentence
    }

    /// Line and sentence.
    public var description: String { "line \(line): \(sentence)." }
}
