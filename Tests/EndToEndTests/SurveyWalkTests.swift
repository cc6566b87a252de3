import Testing

extension EndToEnd {
    @Suite("docs/survey.md") struct SurveyWalkTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test("every command works in its order, and prints what stands below it")
        func walk() async throws {
            _ = try scratch.write(try Walk.text("Tests/Samples/pal-made-up.csv"), to: "answers.csv")
            let steps = try Walk("docs/survey.md").steps
            #expect(steps.count >= 20)
            let folder = Program.binary.dropLast("/entrain".count)
            for step in steps {
                let ending = try await Program.run(
                    ["bash", "-c", "cd '\(scratch.folder)' && PATH='\(folder)':\"$PATH\" && \(step.command)"],
                    environment: ["ENTRAIN_DATA": scratch.path("data")])
                #expect(ending.status == 0, "\(ending)")
                if !step.output.isEmpty { #expect(ending.output == step.output.joined(separator: "\n") + "\n") }
                for sheet in ["r1.csv", "r2.csv"] where step.command.hasSuffix("--sheet \(sheet)") { try rate(sheet) }
            }
            #expect(scratch.text("coding.csv").hasPrefix("response_id,item,rater,theme\npost-"))
            let shared = try Table(scratch.text("shared.csv"))
            #expect(shared.rows.first { $0["item"] == "will_use" }?["yes"]?.isEmpty == true)
            #expect(try Table(scratch.text("compare.csv")).cells("zeros") == Array(repeating: "pratt", count: 4))
            #expect(try Table(scratch.text("dictionary.csv")).columns.count == 18)
        }

        /// Fills a sheet as its rater does: R2 sees less in an answer.
        private func rate(_ name: String) throws {
            let sheet = try Table(scratch.text(name))
            let lines = sheet.rows.map { row in
                let text = row["text"] ?? ""
                let theme =
                    text.contains("garden") && name == "r2.csv"
                    ? "memory" : text.contains("breathe") ? "breath" : "none"
                return "\(row["response_id"] ?? ""),\(row["item"] ?? ""),\(row["rater"] ?? ""),\(theme)\n"
            }
            _ = try scratch.write("response_id,item,rater,theme\n" + lines.joined(), to: name)
        }
    }
}
