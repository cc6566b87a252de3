/// Columns of text for people; the first row names them.
public enum TextTable {
    /// Rows with two spaces between columns; numbers are set to the right.
    public static func text(_ header: [String], _ rows: [[String]]) -> String {
        let all = [header] + rows
        let widths = header.indices.map { column in all.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        let isNumber = header.indices.map { column in
            !rows.isEmpty && rows.allSatisfy { $0[column].first?.isNumber ?? false || $0[column].first == "-" }
        }
        return all.map { row in
            let cells = header.indices.map { column in
                let gap = String(repeating: " ", count: widths[column] - DisplayWidth.of(row[column]))
                return isNumber[column] ? gap + row[column] : row[column] + gap
            }
            return " " + trimmed(cells.joined(separator: "  ")) + "\n"
        }.joined()
    }

    private static func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
