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
    ///   - group: the group that is paired.
    /// - Throws: `StrapMapError` at the first line that is not understood, names another group, or repeats a code or a strap.
    public init(_ text: String, of group: GroupName) throws(StrapMapError) {
        var entries: [Entry] = []
        let withoutMark = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        for (index, line) in withoutMark.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            let number = index + 1
            let fields = line.split(omittingEmptySubsequences: false) { $0 == "," || $0 == ";" }.map(Self.plain)
            if fields.allSatisfy(\.isEmpty) { continue }
            if entries.isEmpty, fields.first?.lowercased() == "code" { continue }
            guard fields.count == 2, !fields[1].isEmpty else {
                throw StrapMapError(line: number, "'\(line)' is not a code and a strap. Write: \(group)-01,A1B2C3D4")
            }
            guard let code = try? Code(fields[0]) else {
                throw StrapMapError(line: number, "'\(fields[0])' is not a code. Codes look like \(group)-03")
            }
            guard code.group == group else {
                throw StrapMapError(line: number, "\(code) is not in \(group). Pair each group with its own lines")
            }
            if let other = entries.first(where: { $0.code == code }) {
                throw StrapMapError(
                    line: number, "\(code) stands on line \(other.line) already. Give each code one strap")
            }
            if let other = entries.first(where: { $0.strap.lowercased() == fields[1].lowercased() }) {
                throw StrapMapError(line: number, "\(fields[1]) was given to \(other.code) on line \(other.line)")
            }
            entries.append(Entry(code: code, strap: fields[1], line: number))
        }
        guard !entries.isEmpty else {
            throw StrapMapError(line: 1, "there is no code and strap in it. Write lines such as \(group)-01,A1B2C3D4")
        }
        self.entries = entries
    }

    private static func plain(_ field: Substring) -> String {
        var text = field[...]
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
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
