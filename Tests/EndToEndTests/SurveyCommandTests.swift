import Testing

extension EndToEnd {
    @Suite("Surveys") struct SurveyCommandTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        private func survey(_ arguments: String...) async throws -> Program.Ending {
            try await Program.run([Program.binary, "survey"] + arguments + ["--data", data])
        }

        private func importSample() async throws {
            let file = try scratch.write(try Walk.text("Tests/Samples/pal-made-up.csv"), to: "answers.csv")
            let ending = try await survey("import", file, "--from", "redcap")
            try #require(ending.status == 0, "\(ending)")
        }

        @Test("the published counts come out with their intervals, as a table, as JSON and as CSV")
        func table() async throws {
            try await importSample()
            let text = try await survey("table", "pal-post", "--of", "60", "--ci")
            #expect(
                text.output == """
                     Item                    yes   valid  missing     %   95 % CI     of 51   of 60
                     Goals met                38      51        0   74.5   61.1–84.5    74.5    63.3
                     Expectations met         44      50        1   88.0   76.2–94.4    86.3    73.3
                     Challenges addressed     42      51        0   82.4   69.7–90.4    82.4    70.0
                     Plans to use strategies  49      51        0   96.1   86.8–98.9    96.1    81.7
                     Answered: pre 56 of 60 (93.3 %), post 51 of 60 (85.0 %). CI: Wilson.
                     % is of valid answers. --denominator respondents|cohort changes it.

                    """)
            let json = try JSON(try await survey("table", "post", "--of", "60", "--json").output)
            #expect(json["type"]?.string == "survey_table" && json["respondents"]?.number == 51)
            let items = json["items"]?.elements ?? []
            #expect(items.map { $0["yes"]?.number } == [38, 44, 42, 49])
            #expect(items.map { $0["valid"]?.number } == [51, 50, 51, 51])
            #expect(json["distributions"]?.elements.count == 9)
            let csv = try Table(
                try await survey(
                    "table", "pal-post", "--of", "60", "--denominator", "cohort", "--ci", "clopper", "--csv"
                )
                .output)
            #expect(csv.cells("percent") == csv.cells("percent_of_cohort") && csv.cells("interval")[0] == "clopper")
            let small = try await survey("table", "pal-post", "--of", "50")
            #expect(small.status == 64 && small.errors.contains("--of"), "\(small)")
            let without = try await survey("table", "pal-post", "--denominator", "cohort")
            #expect(without.status == 64 && without.errors.contains("--of 60"), "\(without)")
        }

        @Test("surveys, items, entries and imports are told as CSV as well; several levels are counted one by one")
        func csv() async throws {
            let file = try scratch.write(
                """
                instrument: tools
                title: Tools
                items:
                  - item: used
                    wave: post
                    type: multiple
                    text: Which did you use?
                    levels: {breathe: "breathe, slowly", walk: take a walk}

                """, to: "tools.yaml")
            let defined = try Table(try await survey("define", file, "--csv").output)
            #expect(defined.cells("type") == ["multiple"])
            #expect(try Table(try await survey("show", "tools", "--csv").output).cells("item") == ["used"])
            let entry = try await survey(
                "enter", "tools-post", "--code", "G1-01", "--answer", "used=breathe, slowly; walk", "--csv")
            #expect(try Table(entry.output).cells("response_id") == ["post-001"], "\(entry)")
            let more = try scratch.write("code,used\nG1-02,take a walk\n", to: "more.csv")
            let found = try Table(
                try await survey("import", more, "--from", "csv", "--instrument", "tools", "--csv").output)
            #expect(found.cells("what") == ["responses", "taken", "empty", "trials"])
            let list = try Table(try await survey("list", "--csv").output)
            #expect(list.rows.first { $0["instrument"] == "tools" }?["answers"] == "2")
            let table = try Table(try await survey("table", "tools-post", "--csv").output)
            #expect(table.cells("option") == ["breathe", "walk"] && table.cells("yes") == ["1", "2"])
            #expect(table.cells("percent") == ["50.0", "100.0"])
            #expect(try await survey("list", "--csv", "--json").status == 64)
        }

        @Test("bars are drawn with blocks, or with ASCII alone; small counts hide in all of it")
        func pictures() async throws {
            try await importSample()
            let plot = try await survey("table", "pal-post", "--plot")
            #expect(plot.output.contains("█") && plot.output.contains("│"), "\(plot)")
            let plain = try await survey("table", "pal-post", "--ci", "--plot", "--ascii", "--min-cell", "5")
            #expect(plain.status == 0 && plain.output.allSatisfy { $0.isASCII }, "\(plain)")
            #expect(plain.output.contains("hidden: too few to be told apart"), "\(plain)")
            #expect(!plain.output.contains("49"), "\(plain)")
        }

        @Test("before and after are paired by code; without codes nothing is paired and nothing tested")
        func compare() async throws {
            try await importSample()
            let csv = try Table(try await survey("compare", "pal", "--csv").output)
            #expect(csv.cells("pairs") == ["49", "49", "49", "49"])
            #expect(csv.rows.allSatisfy { !($0["p_exact"] ?? "").isEmpty && !($0["change_ci_lo"] ?? "").isEmpty })
            let file = scratch.path("answers.csv")
            let again = try await survey("import", file, "--from", "redcap", "--unlinked")
            #expect(again.status == 0, "\(again)")
            let other = scratch.path("other")
            let fresh = try await Program.entrain(
                "survey", "import", file, "--from", "redcap", "--unlinked", "--data", other)
            #expect(fresh.status == 0 && fresh.output.contains("0 with codes"), "\(fresh)")
            let text = try await Program.entrain("survey", "compare", "pal", "--data", other)
            #expect(text.status == 0 && text.output.contains("not linked by code"), "\(text)")
            #expect(!text.output.contains("p ="), "\(text)")
            let json = try JSON(try await Program.entrain("survey", "compare", "pal", "--json", "--data", other).output)
            #expect(json["linked"] == .bool(false) && json["items"]?.elements.first?["p_exact"] == .null)
        }

        @Test("what says who somebody is, is named and never gets into the data folder")
        func personal() async throws {
            let file = try scratch.write(
                """
                Timestamp,Email Address,Your name,Home address IP,What I wanted to get out of this session I got
                8/4/2026 16:02:41,ada.l@example.org,Ada Lovelace,203.0.113.9,Agree
                8/4/2026 16:03:41,jo@example.org,Jo Doe,203.0.113.10,Neither

                """, to: "form.csv")
            let ending = try await survey("import", file, "--from", "forms", "--wave", "post", "--instrument", "pal")
            #expect(ending.status == 0, "\(ending)")
            for column in ["Timestamp: when", "Email Address: an e-mail", "Home address IP: a network"] {
                #expect(ending.output.contains(column), "\(ending)")
            }
            for name in try scratch.files(in: "data") {
                for personal in ["ada.l", "Lovelace", "203.0.113", "16:02"] {
                    #expect(!scratch.text("data/\(name)").contains(personal), "\(name)")
                }
            }
            let text = try scratch.write("code,wave,next_week\nG1-01,post,mail me: jo@example.org\n", to: "text.csv")
            let refused = try await survey("import", text, "--from", "csv", "--instrument", "pal")
            #expect(refused.status == 7 && refused.errors.contains("an e-mail address (line 2)"), "\(refused)")
            let entered = try await survey(
                "enter", "pal-post", "--code", "G1-01", "--answer", "next_week=call 0170 123 45 678")
            #expect(entered.status == 7 && entered.errors.contains("a telephone number"), "\(entered)")
            #expect(try await survey("table", "pal-post").output.contains("post 2"))
        }

        @Test("an import is taken once; what cannot be read is listed, and the rest is kept")
        func again() async throws {
            let file = try scratch.write(
                "code,wave,goals_met,will_use\nG1-01,post,4,perhaps\nG1-02,post,agree,5\n", to: "a.csv")
            let first = try await survey("import", file, "--from", "csv", "--json")
            #expect(first.status == 5 && first.errors.contains("1 answer could not be read"), "\(first)")
            let json = try JSON(first.output)
            #expect(json["unreadable"]?.elements.first?["line"]?.number == 2 && json["linked"]?.number == 2)
            let second = try await survey("import", file, "--from", "csv")
            #expect(second.status == 1 && second.errors.contains("G1-01, G1-02 answered post already"), "\(second)")
            let third = try await survey("import", file, "--from", "csv", "--replace")
            #expect(third.status == 5, "\(third)")
            #expect(try await survey("table", "post").output.contains("post 2."))
            let missing = try await survey("import", scratch.path("none.csv"), "--from", "csv")
            #expect(missing.status == 4 && missing.errors.contains("none.csv"), "\(missing)")
        }

        @Test("answers are asked item by item on a terminal, with a way back and out")
        func dialogue() async throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let program = try Program(
                [Program.binary, "survey", "enter", "pal-post", "--code", "G1-03", "--data", data], terminal: terminal)
            var seen = ""
            func answer(_ item: String, _ text: String) async throws {
                try await program.waits {
                    seen += terminal.shown()
                    return seen.hasSuffix("\(item): ")
                }
                seen = ""
                terminal.type(text + "\n")
            }
            try await answer("goals_met", "9")
            try await answer("goals_met", "agree")
            try await answer("expectations_met", "2")
            try await answer("challenges_addressed", "<")
            try await answer("expectations_met", "5")
            for item in ["challenges_addressed", "will_use", "can_calm", "at_mercy", "uses", "feeling", "strategy"] {
                try await answer(item, "")
            }
            try await answer("next_week", "breathe before rounds")
            try await answer("better", "")
            let ending = try await program.ended()
            #expect(ending.status == 0, "\(ending)")
            #expect((seen + terminal.shown()).contains("G1-03: 3 of 11 items answered, kept as post-001."))
            let json = try JSON(try await survey("table", "post", "--json").output)
            #expect(json["items"]?.elements.prefix(2).map { $0["yes"]?.number } == [1, 1])
        }

        @Test("stopped on the way nothing is kept; without a terminal lines are read, and an empty input is no answer")
        func entering() async throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let program = try Program(
                [Program.binary, "survey", "enter", "pal-post", "--code", "G1-03", "--data", data], terminal: terminal)
            var seen = ""
            try await program.waits {
                seen += terminal.shown()
                return seen.hasSuffix("goals_met: ")
            }
            terminal.type("5\n.\n")
            #expect(try await program.ended().status == 2)
            let empty = try await survey("enter", "pal-post", "--code", "G1-03")
            #expect(empty.status == 64 && empty.errors.contains("--answer goals_met="), "\(empty)")
            let file = try scratch.write("# from paper\ngoals_met = 4\nwill_use=99\n", to: "a.txt")
            let kept = try await survey("enter", "pal-post", "--code", "G1-03", "--answers", file)
            #expect(kept.status == 0 && kept.output.contains("1 of 11"), "\(kept)")
            let again = try await survey("enter", "pal-post", "--code", "G1-03", "--answer", "goals_met=1")
            #expect(again.status == 1 && again.errors.contains("--replace"), "\(again)")
            for (answer, status) in [("goals_met=7", Int32(64)), ("gaols_met=4", 4), ("4", 64)] {
                let bad = try await survey("enter", "pal-post", "--code", "G1-04", "--answer", answer)
                #expect(bad.status == status, "\(bad)")
            }
            #expect(try await Program.entrain("group", "new", "G1", "--size", "8", "--data", data).status == 0)
            let slip = try await survey("enter", "pal-post", "--code", "G1-77", "--answer", "goals_met=4")
            #expect(slip.status == 4 && slip.errors.contains("entrain group show G1"), "\(slip)")
            let name = try await survey("enter", "pal-post", "--code", "Ada", "--answer", "goals_met=4")
            #expect(name.status == 64 && name.errors.contains("is not a code"), "\(name)")
        }

        @Test("a rater is asked answer by answer on a terminal, and goes on where it stopped")
        func rating() async throws {
            for (code, text) in [("G1-01", "breathe slowly"), ("G1-02", "walk"), ("G1-03", "ask for help")] {
                let kept = try await survey("enter", "pal-post", "--code", code, "--answer", "next_week=\(text)")
                try #require(kept.status == 0, "\(kept)")
            }
            func rate(_ themes: [String]) async throws -> (ending: Program.Ending, shown: String) {
                let terminal = try PseudoTerminal(columns: 80, rows: 24)
                let program = try Program(
                    [
                        Program.binary, "survey", "code-text", "pal-post", "--item", "next_week", "--rater", "R1",
                        "--data", data,
                    ], terminal: terminal)
                var all = ""
                for theme in themes {
                    var seen = ""
                    try await program.waits {
                        seen += terminal.shown()
                        return seen.hasSuffix("themes: ")
                    }
                    all += seen
                    terminal.type(theme + "\n")
                }
                return (try await program.ended(), all + terminal.shown())
            }
            let first = try await rate(["Breath; pace", "."])
            #expect(first.ending.status == 0 && first.shown.contains("1 of 3  breathe slowly"), "\(first)")
            #expect(first.shown.contains("Kept 2 themes of 1 answer by R1."), "\(first)")
            let second = try await rate(["", "help"])
            #expect(second.shown.contains("1 of 2  walk") && second.shown.contains("Kept 2 themes"), "\(second)")
            let themes = try Table(try await survey("code-text", "pal-post", "--item", "next_week", "--csv").output)
            #expect(themes.cells("theme") == ["breath", "help", "pace"] && themes.cells("coded") == ["3", "3", "3"])
            let piped = try await survey("code-text", "pal-post", "--item", "next_week", "--rater", "R2")
            #expect(piped.status == 64 && piped.errors.contains("--sheet"), "\(piped)")
            let item = try await survey("code-text", "pal-post")
            #expect(item.status == 64 && item.errors.contains("next_week, better"), "\(item)")
        }

        @Test("a survey file is taken in with all mistakes named, and changed only as far as answers allow")
        func define() async throws {
            let good = """
                instrument: evening
                items:
                  - {item: calm, wave: [pre, post], type: number, text: Calm?, levels: 0..10, met_rule: ">=7"}

                """
            let file = try scratch.write(good, to: "evening.yaml")
            #expect(try await survey("define", file).status == 0)
            #expect(try await survey("define", file).status == 0)
            #expect(try await survey("enter", "evening-pre", "--code", "G1-01", "--answer", "calm=3").status == 0)
            let bad = try scratch.write(
                good.replacing("number", with: "numbr").replacing("[pre", with: "[Pre"), to: "b.yaml")
            let told = try await survey("define", bad)
            #expect(told.status == 1 && told.errors.contains("b.yaml:3:"), "\(told)")
            let json = try JSON(try await survey("define", bad, "--json").output)
            #expect(json["fit"] == .bool(false) && json["mistakes"]?.elements.count == 2)
            _ = try scratch.write(good.replacing("0..10", with: "1..10"), to: "evening.yaml")
            let differs = try await survey("define", file)
            #expect(differs.status == 1 && differs.errors.contains("--replace"), "\(differs)")
            let lost = try await survey("define", file, "--replace")
            #expect(lost.status == 1 && lost.errors.contains("pre: calm"), "\(lost)")
            _ = try scratch.write(good.replacing(">=7", with: ">=2"), to: "evening.yaml")
            #expect(try await survey("define", file, "--replace").status == 0)
            #expect(try await survey("table", "evening-pre").output.contains(" 100.0"))
            let unknown = try await survey("table", "evning-pre")
            #expect(unknown.status == 4 && unknown.errors.contains("evening-pre"), "\(unknown)")
            let both = try await survey("enter", "pre", "--code", "G1-02", "--answer", "calm=3", "--instrument", "pal")
            #expect(both.status == 4 && both.errors.contains("no item 'calm'"), "\(both)")
        }
    }
}
