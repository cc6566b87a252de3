import Glibc
import Testing

extension EndToEnd {
    @Suite("Reports") struct ReportCommandTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test("a session becomes a page for the group and one for a student, which nobody else can read or write over")
        func pages() async throws {
            let data = scratch.path("data")
            let session = try await Program.entrain(
                "sim", "--straps", "2", "--speed", "20", "--", "entrain", "session", "start", "G1", "--size", "2",
                "--any", "--consent-on-paper", "--minutes", "2", "--screen", "off", "--data", data)
            #expect(session.status == 0, "\(session)")
            let name = try #require(try await SessionList(data: data).only)

            let group = scratch.path("group.html")
            let made = try await Program.entrain("report", name, "--out", group, "--data", data)
            #expect(made.status == 0 && made.output.contains("\(group) is written"), "\(made)")
            var status = stat()
            try #require(stat(group, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            let page = scratch.text("group.html")
            #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n") && !page.contains("<script"))
            #expect(page.contains("2 beats kept") && !page.contains(name))

            #expect(!page.contains("Survey pal"))
            let answered = try await Program.entrain(
                "survey", "enter", "pal-post", "--code", "G1-01", "--answer", "goals_met=5", "--data", data)
            #expect(answered.status == 0, "\(answered)")
            let counted = try await Program.entrain("report", name, "--group", "--out", "-", "--data", data)
            #expect(counted.output.contains("Survey pal, post") && counted.output.contains("100.0"), "\(counted)")
            let shared = try await Program.entrain(
                "report", name, "--group", "--min-cell", "5", "--out", "-", "--data", data)
            #expect(shared.output.contains("Counts below 5 are hidden") && !shared.output.contains("100.0"))

            let again = try await Program.entrain("report", name, "--out", group, "--data", data)
            #expect(again.status == 1 && again.errors.contains("already. Choose another with --out"), "\(again)")
            let forced = try await Program.entrain(
                "report", name, "--code", "G1-02", "--out", group, "--force", "--data", data)
            #expect(forced.status == 0 && scratch.text("group.html").contains("Heart rhythm of G1-02"), "\(forced)")

            let piped = try await Program.entrain(
                "report", name, "--code", "G1-01", "--out", "-", "--dates", "absolute", "--data", data)
            #expect(piped.output.hasPrefix("<!DOCTYPE html>") && piped.output.contains("Session \(name)"))
        }

        @Test("a code or session that is not there, and two pages at once, are refused with what to do")
        func refusals() async throws {
            let data = scratch.path("data")
            let nothing = try await Program.entrain("report", "20260804-G1", "--data", data)
            #expect(nothing.status == 4 && nothing.errors.contains("session list"), "\(nothing)")
            let both = try await Program.entrain("report", "S", "--code", "G1-01", "--group", "--data", data)
            #expect(both.status == 64 && both.errors.contains("two pages"), "\(both)")
            let place = try await Program.entrain("report", "S", "--code", "nobody", "--data", data)
            #expect(place.status == 64 && place.errors.contains("'nobody' is not a code"), "\(place)")
        }
    }
}
