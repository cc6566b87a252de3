internal import Terminal

/// Text broken into lines between words.
enum Wrapping {
    /// The lines of a text; a word that is longer than a line is cut off at the edge by whoever draws it.
    static func lines(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if DisplayWidth.of(line) + 1 + DisplayWidth.of(word) <= columns {
                line += " " + word
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// At most so many lines; where that cuts the text short, the last one ends in `…`.
    static func lines(_ text: String, columns: Int, atMost count: Int) -> [String] {
        let all = lines(text, columns: columns)
        guard all.count > count, count > 0 else { return Array(all.prefix(count)) }
        let rest = all[(count - 1)...].joined(separator: " ")
        return all.prefix(count - 1) + [DisplayWidth.fit(rest, columns: columns)]
    }
}
