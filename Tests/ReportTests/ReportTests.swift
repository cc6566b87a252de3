import Glibc
import HRV
import HeartRate
import Practice
import Testing

@testable import Report

struct ReportTests {
    private func pages() throws -> [(name: String, reading: PageReading, html: String)] {
        var session = try TestSession(6)
        session.cut(session.codes[2], at: 400, gap: 12)
        session.beats.removeAll { $0.code == session.codes[4] }
        let record = try session.record
        let person = PersonReport(session.codes[2], of: record).html
        let silent = PersonReport(session.codes[4], of: record).html
        let table = ReportTable(
            caption: "Survey", head: ["Item", "%"], rows: [["Goals <met>", "74.5"]], notes: ["CI: Wilson."])
        let group = GroupReport(of: record, options: ReportOptions(tables: [table])).html
        return [("person", person), ("silent", silent), ("group", group)].map { ($0.0, PageReading($0.1), $0.1) }
    }

    @Test func pagesAreWellFormedAndHoldEverythingThemselves() throws {
        for page in try pages() {
            #expect(page.reading.trouble == nil, "\(page.name)")
            for name in ["script", "link", "img", "iframe", "object", "image", "a", "use"] {
                #expect(page.reading.all(name).isEmpty, "\(page.name) \(name)")
            }
            let fetching = ["href", "src", "xlink:href", "onload", "onclick", "style"]
            #expect(page.reading.elements.allSatisfy { $0.attributes.keys.allSatisfy { !fetching.contains($0) } })
            #expect(!page.html.contains("url(") && !page.html.contains("@import"))
            // The one address is the name of SVG itself.
            #expect(
                page.html.split(separator: "http").dropFirst().allSatisfy { $0.hasPrefix("://www.w3.org/2000/svg\"") })
        }
    }

    @Test func everyPictureHasATitleNumbersInWordsAndACaption() throws {
        for page in try pages() where page.name != "silent" {
            let pictures = page.reading.all("svg")
            #expect(pictures.count == (page.name == "person" ? 5 : 3))
            #expect(pictures.allSatisfy { $0.attributes["role"] == "img" })
            #expect(page.reading.all("figcaption").count == pictures.count)
            let words = page.reading.all("desc").map(\.text)
            #expect(words.count == pictures.count)
            #expect(words.allSatisfy { $0.contains(where: \.isNumber) && $0.hasSuffix(".") }, "\(words)")
        }
    }

    @Test func textsAreReadableOnTheirGround() {
        for pair in Palette.textPairs {
            let contrast = Contrast.between(pair.0, pair.1)
            #expect(contrast >= 4.5, "\(pair.0) on \(pair.1): \(contrast)")
        }
        #expect(abs(Contrast.between("#000000", "#ffffff") - 21) < 1e-9)
    }

    @Test func numbersOfAPersonAreThoseOfTheSummary() throws {
        let session = try TestSession(2)
        let record = try session.record
        let reading = PageReading(PersonReport(session.codes[1], of: record).html)
        let replays = record.replays()
        let summaries = PhaseSummary.all(of: record, replays: replays).filter { $0.code == session.codes[1] }
        let practice = try #require(summaries.first { $0.phase == "practice-1" })
        let row = try #require(reading.row("Practice <1>"))
        #expect(row[1] == "\(practice.beats)" && row[2] == "0")
        #expect(row[5] == Figures.fixed(try #require(practice.rmssd), places: 1))
        #expect(row[6] == Figures.fixed(try #require(practice.coherenceMean), places: 2))
        #expect(row[7] == "0.100")
        #expect(reading.row("Select")?[6] == "–", "people talk")
        #expect(reading.all("li").contains { $0.text == "Select: not analysed: people talk or settle in this phase." })
        let spectrum = try #require(reading.all("desc").first { $0.text.contains("a minute") })
        #expect(spectrum.text.contains("Practice <1>: highest at 0.100 Hz, 6.0 a minute."), "\(spectrum.text)")
    }

    @Test func whatIsLostStaysOpenAndIsCounted() throws {
        var session = try TestSession(1)
        session.cut(session.codes[0], at: 400, gap: 12)
        let record = try session.record
        let reading = PageReading(PersonReport(session.codes[0], of: record).html)
        let tachogram = try #require(reading.all("desc").first)
        #expect(tachogram.text.contains("\(session.beats.count) beats") && tachogram.text.contains("1 gap."))
        #expect(reading.row("Practice <1>")?[2] == "1")
    }

    @Test func aSpectrumWithoutEnoughBeatsSaysSo() throws {
        var session = try TestSession(1)
        session.beats.removeAll { ($0.beat.end ?? 0) > 90 }
        let reading = PageReading(PersonReport(session.codes[0], of: try session.record).html)
        #expect(
            reading.all("desc").contains { $0.text.contains("Baseline: needs 120 s of beats in one piece, has 89 s.") })
        #expect(
            reading.all("desc").contains {
                $0.text.contains("Practice <1>: needs 120 s of beats in one piece, has 0 s.")
            })
    }

    @Test func dayAndNameOfTheSessionAreToldOnlyWhenAskedFor() throws {
        let session = try TestSession(2)
        let record = try session.record
        for html in [PersonReport(session.codes[0], of: record).html, GroupReport(of: record).html] {
            #expect(!html.contains("2026"))
        }
        let told = GroupReport(of: record, options: ReportOptions(tellsDay: true)).html
        #expect(told.contains("Session 20260804-G1, begun on 20260804 at 16:00:00."), "\(told.prefix(600))")
    }

    @Test func whoWithdrewIsCountedAndNeverNamed() throws {
        var session = try TestSession(6)
        session.consents[session.codes[3]] = .withdrawn
        let html = GroupReport(of: try session.record).html
        let reading = PageReading(html)
        #expect(!html.contains("G1-04"))
        #expect(reading.all("desc").first?.text == "6 in the session, 5 not withdrawn, 5 beats kept, 5 numbers used.")
    }

    @Test func codesStandInTheirOwnOrder() throws {
        let session = try TestSession(6)
        let reading = PageReading(GroupReport(of: try session.record).html)
        let heads = reading.all("th").filter { $0.within.contains("tbody") }.map(\.text).filter { $0.hasPrefix("G1-") }
        #expect(heads == session.codes.map(\.description))
    }

    @Test func whoseBeatsAreGoneReadsWhy() throws {
        var session = try TestSession(2)
        session.consents[session.codes[1]] = .session
        session.beats.removeAll { $0.code == session.codes[1] }
        let html = PersonReport(session.codes[1], of: try session.record).html
        #expect(html.contains("Nothing is kept: G1-02 agreed to the session only."))
    }
}

/// Contrast as WCAG 2.2 defines it.
enum Contrast {
    static func between(_ one: String, _ other: String) -> Double {
        let lights = [luminance(one), luminance(other)].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    private static func luminance(_ colour: String) -> Double {
        let digits = Array(colour.dropFirst())
        let parts = stride(from: 0, to: 6, by: 2).map { index -> Double in
            let value = Double(Int(String(digits[index...(index + 1)]), radix: 16) ?? 0) / 255
            return value <= 0.04045 ? value / 12.92 : power((value + 0.055) / 1.055)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private static func power(_ value: Double) -> Double { Glibc.pow(value, 2.4) }
}
