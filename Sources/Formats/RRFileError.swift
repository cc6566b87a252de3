/// Why a file gives no RR intervals, or not enough to be believed.
public enum RRFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// No line holds anything.
    case empty(name: String)
    /// The bytes are no text.
    case binary(name: String, line: Int)
    /// No line holds a number.
    case noNumber(name: String, line: Int)
    /// Most lines hold no interval.
    case mostlyUnusable(name: String, unusable: Int, of: Int, line: Int)
    /// Two columns, of which the first is not the time of the second.
    case unknownColumns(name: String, line: Int)
    /// There are numbers, but none that can be a beat-to-beat interval.
    case noInterval(name: String, line: Int)
    /// A heading and nothing below it that is a beat.
    case noRows(name: String)
    /// A file of a known program that holds something else.
    case otherContents(name: String, what: String, advice: String)
    /// UTF-16 text.
    case utf16(name: String)
    /// Packed bytes.
    case compressed(name: String, with: String, command: String)
    /// The beats of several people.
    case severalCodes(name: String, codes: [String])
    /// A code that is not in the file.
    case unknownCode(name: String, code: String, codes: [String])
    /// A code was asked of a file that has none.
    case noCodes(name: String, code: String)
    /// More rows than any recording has.
    case endless(name: String, rows: Int)

    /// What is wrong, at which line, and what to do.
    public var description: String {
        switch self {
        case .empty(let name):
            "\(name) is empty: there are no RR intervals in it. Choose a file with one interval a line, such as 812."
        case .binary(let name, let line):
            "\(name) is no text file (line \(line) holds bytes that no text has). "
                + "Export the recording as text with one interval a line, such as 812."
        case .noNumber(let name, let line):
            "\(name) holds no number; the first line that should be one is line \(line). "
                + "It needs one interval a line, in ms (812) or s (0.812)."
        case .mostlyUnusable(let name, let unusable, let count, let line):
            "\(unusable) of \(count) lines of \(name) are no RR interval, the first at line \(line). "
                + "Is it the right file? It needs one interval a line, in ms (812) or s (0.812)."
        case .unknownColumns(let name, let line):
            "\(name) has two columns from line \(line) on, and the first is not the time of the intervals in the second. "
                + "Keep only the column with the intervals."
        case .noInterval(let name, let line):
            "\(name) holds no RR interval from \(Int(RRFile.shortest)) to \(Int(RRFile.longest)) ms; the first number "
                + "outside is at line \(line). It needs one interval a line, in ms (812) or s (0.812)."
        case .noRows(let name):
            "\(name) has a heading but no beats below it. Was anything recorded? Choose another file."
        case .otherContents(let name, let what, let advice):
            "\(name) holds \(what), no RR intervals. \(advice)"
        case .utf16(let name):
            "\(name) is text in UTF-16, which is not read. Save it as UTF-8: iconv -f UTF-16 -t UTF-8 \(name)"
        case .compressed(let name, let packer, let command):
            "\(name) is packed with \(packer). Unpack it on the way: \(command) \(name) | entrain analyze -"
        case .severalCodes(let name, let codes):
            "\(name) holds the beats of \(codes.count) codes: \(Self.list(codes)). "
                + "Choose one: --code \(codes.first ?? "")"
        case .unknownCode(let name, let code, let codes):
            "\(name) has no code \(code). It has: \(Self.list(codes))."
        case .noCodes(let name, let code):
            "\(name) has no codes, so there is no \(code) in it. Leave out --code."
        case .endless(let name, let rows):
            "\(name) has more than \(rows) rows, which no recording has. Is it the right file?"
        }
    }

    /// The first codes, and how many more there are.
    private static func list(_ codes: [String]) -> String {
        let shown = codes.prefix(20).joined(separator: ", ")
        return codes.count > 20 ? "\(shown) and \(codes.count - 20) more" : shown
    }
}
