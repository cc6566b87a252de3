import Testing

extension EndToEnd {
    @Suite("entrain collect") struct CollectTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        /// A room with a group and one recorded session of it.
        private func room(_ name: String, group: String, day: String = "2026-08-04", at: String = "16-02-41")
            async throws
        {
            let data = scratch.path(name)
            #expect(try await Program.entrain("group", "new", group, "--size", "2", "--data", data).status == 0)
            let consent = try await Program.entrain(
                "privacy", "consent", "\(group)-01,\(group)-02", "--yes-on-paper", "--data", data)
            #expect(consent.status == 0)
            let seed = name.utf8.reduce(0) { $0 + Int($1) }
            let text = (0..<120).map { "\(850 + ($0 * 37 + seed) % 61)\n" }.joined()
            let file = try scratch.write(text, to: "\(day) \(at).txt")
            let ending = try await Program.entrain("import", file, "--code", "\(group)-01", "--data", data)
            #expect(ending.status == 0, "\(ending)")
        }

        private func collect(_ sources: String...) async throws -> Program.Ending {
            try await Program.run(
                [Program.binary, "collect"] + sources.map(scratch.path) + ["--to", scratch.path("study")])
        }

        @Test("two rooms come together once, from their data folders and from what they exported, in any order")
        func together() async throws {
            try await room("a", group: "G1")
            try await room("b", group: "G2")
            let out = try await Program.entrain(
                "export", "20260804-G1", "--to", scratch.path("bundle"), "--data", scratch.path("a"))
            #expect(out.status == 0)
            let first = try await collect("bundle", "b")
            #expect(first.status == 0 && first.output.contains("2 sessions now: 2 new, 0 were there"), "\(first)")
            let again = try await collect("b", "a", "bundle")
            #expect(again.status == 0 && again.output.contains("2 sessions now: 0 new, 3 were there"), "\(again)")
            for (name, session) in [("a", "20260804-G1"), ("b", "20260804-G2")] {
                let there = try await Bundle(of: session, data: scratch.path("study"), in: Scratch())
                let here = try await Bundle(of: session, data: scratch.path(name), in: Scratch())
                for file in ["beats.csv", "packets.csv", "phases.csv", "coherence.csv"] {
                    #expect(there.text(file) == here.text(file), "\(file)")
                }
            }
        }

        @Test(
            "answers come along once, from either kind of source; what two rooms tell differently is said, the first stays"
        )
        func answers() async throws {
            func enter(_ room: String, _ code: String, _ answers: String..., replace: Bool = false) async throws {
                let ending = try await Program.run(
                    [Program.binary, "survey", "enter", "pal-post", "--code", code, "--data", scratch.path(room)]
                        + answers.flatMap { ["--answer", $0] } + (replace ? ["--replace"] : []))
                #expect(ending.status == 0, "\(ending)")
            }
            try await room("a", group: "G1")
            try await room("b", group: "G2")
            try await enter("a", "G1-01", "goals_met=4", "next_week=walk")
            try await enter("b", "G2-01", "goals_met=5")
            let out = try await Program.entrain(
                "export", "20260804-G1", "--no-text", "--to", scratch.path("bundle"), "--data", scratch.path("a"))
            #expect(out.status == 0, "\(out)")
            #expect(try !scratch.files(in: "bundle").contains("answers_text.csv"))
            let first = try await collect("bundle", "b")
            #expect(first.status == 0 && first.output.contains("new  survey pal"), "\(first)")
            let again = try await collect("a", "b", "bundle")
            #expect(again.status == 0 && again.output.contains("2 sessions now: 0 new, 3 were there"), "\(again)")
            let table = try await Program.entrain(
                "survey", "table", "pal-post", "--csv", "--data", scratch.path("study"))
            #expect(try Table(table.output).cells("yes").first == "2", "\(table)")
            let themes = try await Program.entrain(
                "survey", "code-text", "pal-post", "--item", "next_week", "--json", "--data", scratch.path("study"))
            #expect(try JSON(themes.output)["answers"]?.number == 1, "what only the room's folder had came too")
            try await enter("b", "G2-01", "goals_met=2", replace: true)
            let clash = try await collect("b")
            #expect(clash.status == 5 && clash.errors.contains("goals_met 5 there, 2 here"), "\(clash)")
            #expect(clash.errors.contains("survey enter pal-post --code G2-01 --replace"), "\(clash)")
        }

        @Test("two rooms with one group are a clash, said with both; nothing of the second is taken")
        func clash() async throws {
            try await room("a", group: "G1")
            try await room("bb", group: "G1")
            let ending = try await collect("a", "bb")
            #expect(ending.status == 5, "\(ending)")
            #expect(
                ending.errors.contains("clash  20260804-G1") && ending.errors.contains("In the study: began"),
                "\(ending)")
            #expect(ending.output.contains("1 session now"))
        }

        @Test("who withdraws in a room has withdrawn in the study as well")
        func withdrawal() async throws {
            try await room("a", group: "G1")
            #expect(try await collect("a").status == 0)
            #expect(try await Program.entrain("privacy", "withdraw", "G1-01", "--data", scratch.path("a")).status == 0)
            #expect(try await collect("a").status == 0)
            let bundle = try await Bundle(of: "20260804-G1", data: scratch.path("study"), in: scratch)
            #expect(bundle.beats.rows.isEmpty)
            #expect(try JSON(bundle.text("session.json"))["withdrawn"]?.number == 1)
        }

        @Test("a damaged bundle, a recoded one and a folder without sessions are told")
        func refusals() async throws {
            try await room("a", group: "G1")
            let data = scratch.path("a")
            for (folder, extra) in [("bundle", []), ("shared", ["--recode"])] {
                let out = try await Program.run(
                    [Program.binary, "export", "20260804-G1", "--to", scratch.path(folder), "--data", data] + extra)
                #expect(out.status == 0, "\(out)")
            }
            let beats = scratch.text("bundle/beats.csv").replacing("G1-01,7,", with: "G1-01,8,")
            _ = try scratch.write(beats, to: "bundle/beats.csv")
            let damaged = try await collect("bundle")
            #expect(
                damaged.status == 5 && damaged.errors.contains("beats.csv is not what SHA256SUMS says"), "\(damaged)")
            let recoded = try await collect("shared")
            #expect(recoded.status == 5 && recoded.errors.contains("study IDs"), "\(recoded)")
            _ = try scratch.write("x", to: "other.txt")
            #expect(try await collect("nowhere").status == 4)
            let itself = try await Program.entrain("collect", scratch.path("study"), "--to", scratch.path("study"))
            #expect(itself.status == 64, "\(itself)")
        }
    }
}
