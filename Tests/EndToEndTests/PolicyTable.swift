import Testing

/// The table of rights in `dbus-policy/README.md`.
struct PolicyTable {
    struct Row {
        var name: String
        var cells: [String]
    }

    /// A line of a file that the table cites, with the words it is said to hold.
    struct CitedLine: CustomStringConvertible {
        var file: String
        var number: Int
        var quote: String

        var description: String { "\(file):\(number) '\(quote)'" }
    }

    var accounts: [String]
    var rows: [Row] = []
    var citedLines: [CitedLine] = []

    init() throws {
        let text = try Scratch.text(ofPackageFile: "dbus-policy/README.md")
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.dropFirst().dropLast().split(separator: "|").map { cell in
                cell.split(separator: " ").joined(separator: " ")
            }
        }
        let rights = lines.filter { $0.count == 6 }
        accounts = Array(try #require(rights.first)[1...4])
        for cells in rights.dropFirst(2) { rows.append(Row(name: cells[0], cells: Array(cells[1...4]))) }
        // | name | file:line | `the rule` |
        var known: Set<String> = []
        for cells in lines where cells.count == 3 && cells[1].contains(":") {
            let place = cells[1].split(separator: ":")
            let number = try #require(place.last.flatMap { Int($0) }, "\(cells)")
            citedLines.append(
                CitedLine(file: String(place[0]), number: number, quote: cells[2].replacing("`", with: "")))
            known.insert(cells[0])
        }
        // Whatever a row cites, the second table explains.
        for cells in rights.dropFirst(2) {
            for name in cells[5].replacing(",", with: "").split(separator: " ") {
                #expect(known.contains(String(name)), "\(cells[0]) cites \(name), which is not explained")
            }
        }
    }
}

extension Scratch {
    /// What a file of this package holds.
    static func text(ofPackageFile name: String) throws -> String {
        let data = try #require(FileText.read("\(PolicyBus.package)/\(name)"), "there is no \(name)")
        return data
    }
}
