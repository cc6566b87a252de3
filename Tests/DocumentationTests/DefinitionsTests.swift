import HRV
import Testing

@testable import Formats

@Suite("docs/definitions.md") struct DefinitionsTests {
    /// The rows of all tables, cell by cell, by the heading of level three that they stand below.
    private static func tables() throws -> [String: [String: [String]]] {
        var tables: [String: [String: [String]]] = [:]
        var heading = ""
        for line in try Article("docs/definitions.md").text.split(separator: "\n") {
            if line.hasPrefix("#") { heading = String(line) }
            guard line.hasPrefix("| `") else { continue }
            let cells = line.split(separator: "|").map { cell in
                String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            let previous = tables[heading, default: [:]].updateValue(cells, forKey: cells[0])
            #expect(previous == nil, "twice below \(heading): \(cells[0])")
        }
        return tables
    }

    private static func window(_ seconds: Double) -> String {
        switch seconds {
        case 0: "1 beat"
        case 64_800: "18 h"
        default: "\(Int(seconds)) s"
        }
    }

    private func check<Name: MetricName>(_: Name.Type, below heading: String) throws {
        let rows = try #require(try Self.tables().first { $0.key.hasPrefix("### \(heading)") }?.value)
        for name in Name.allCases {
            let row = try #require(rows["`\(name.rawValue)`"], "no row for \(name.rawValue)")
            #expect(row[1] == name.unit && row[3] == Self.window(name.leastSeconds), "\(row)")
        }
        #expect(rows.count == Name.allCases.count)
    }

    @Test("has a row for every metric, with the unit and the window of the code") func metrics() throws {
        try check(TimeMetric.self, below: "Time domain")
        try check(SpectralMetric.self, below: "Frequency")
        try check(NonlinearMetric.self, below: "Nonlinear")
        try check(BreathingMetric.self, below: "Breathing")
    }

    @Test("names everything that analyze --csv writes") func names() throws {
        let text = try Article("docs/definitions.md").text
        for entry in AnalysisTable.entries(of: Analysis(BeatSeries(rr: []))) {
            #expect(text.contains("`\(entry.metric)`"), "\(entry.metric)")
        }
    }

    @Test("has a row for every column of numbers in a session's files, with the unit and the range of the code")
    func columns() throws {
        let tables = try Self.tables()
        for entry in SessionBundle.codebook where entry.type != "text" {
            let table = try #require(tables.first { $0.key.hasPrefix("### \(entry.file)") }?.value, "\(entry.file)")
            let row = try #require(table["`\(entry.column)`"], "no row for \(entry.column) of \(entry.file)")
            #expect(row[1] == entry.unit, "\(entry.file): \(row)")
            if !entry.range.isEmpty { #expect(row[2] == entry.range, "\(entry.file): \(row)") }
        }
    }

    @Test("docs/survey.md names every column of the survey's tables")
    func survey() throws {
        let text = try Article("docs/survey.md").text
        for name in SurveyTableFile.columnNames + SurveyComparisonFile.columnNames + CodingFile.columnNames {
            #expect(text.contains("`\(name)`"), "\(name)")
        }
    }
}
