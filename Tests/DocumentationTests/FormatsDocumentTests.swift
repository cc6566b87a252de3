import Testing

@testable import Formats

@Suite("docs/formats.md") struct FormatsDocumentTests {
    @Test("has a row for every column of every table, word for word as codebook.csv has it, and no other")
    func columns() throws {
        let lines = try Article("docs/formats.md").text.split(separator: "\n").map(String.init)
        var heading = ""
        var rows: [String: [String]] = [:]
        for line in lines {
            if line.hasPrefix("#") { heading = line.hasPrefix("### ") ? String(line.dropFirst(4)) : "" }
            if line.hasPrefix("| `"), !heading.isEmpty { rows[heading, default: []].append(line) }
        }
        let entries =
            SessionBundle.codebook + CleanBeats.entries + SurveyRows.entries + REDCapField.table.entries
            + StudyCodes.entries
        for (file, own) in Dictionary(grouping: entries, by: \.file) {
            let expected = own.map { entry in
                "| `\(entry.column)` | \(entry.type) | \(entry.unit) | \(entry.range.replacing("|", with: " / ")) | "
                    + "\(entry.meaning.replacing("|", with: " / ")) |"
            }
            #expect(rows[file] == expected, "\(file)")
        }
        #expect(Set(rows.keys) == Set(entries.map(\.file)))
    }

    @Test("names every format of the command, and the first line of every table that somebody else laid down")
    func formats() throws {
        let text = try Article("docs/formats.md").text
        for format in ExportFormat.allCases { #expect(text.contains("`\(format.rawValue)`"), "\(format)") }
        for heading in [
            "date,rr,since start", "date,timestamp,annotation,manual", "Phone timestamp;RR-interval [ms]",
            "Phone timestamp;HR [bpm];HRV [ms];Breathing interval [rpm];", "Phone timestamp;Marker start/stop",
            "event,value,timestamp",
            "timestamp_measurement,HR,AVNN,SDNN,rMSSD,pNN50,LF,HF,HRV4T_Recovery_Points",
        ] { #expect(text.contains(heading), "\(heading)") }
    }
}
