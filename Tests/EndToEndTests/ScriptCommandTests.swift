import Testing

extension EndToEnd {
    @Suite("Scripts") struct ScriptCommandTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test("a new script is checked, led with, and stands in session.json word for word")
        func life() async throws {
            let file = scratch.path("evening.yaml")
            let data = scratch.path("data")
            let made = try await Program.entrain("script", "new", "evening", "--from", "demo", "--to", file)
            #expect(made.status == 0, "\(made)")
            #expect(made.output.contains("entrain script check \(file)"))
            let again = try await Program.entrain("script", "new", "evening", "--to", file)
            #expect(again.status == 1 && again.errors.contains("already"), "\(again)")
            let text = scratch.text("evening.yaml").replacing("minutes: 1.8333333333333333", with: "minutes: 0.1")
                .replacing("minutes: 1.3333333333333333", with: "minutes: 0.1")
            try #require(text.contains("minutes: 0.1"))
            _ = try scratch.write(text, to: "evening.yaml")
            let check = try await Program.entrain("script", "check", file)
            #expect(check.status == 0 && check.output.contains("1 baseline"), "\(check)")
            let session = try await Program.entrain(
                "sim", "--straps", "1", "--speed", "10", "--", "entrain", "session", "start", "G1", "--size", "1",
                "--any", "--consent-on-paper", "--script", file, "--screen", "plain", "--data", data)
            #expect(session.status == 0, "\(session)")
            #expect(session.output.contains("script evening"), "\(session)")
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let script = try #require(JSON(bundle.text("session.json"))["script"])
            #expect(script["text"]?.string == text)
            #expect(script["phases"]?.elements.compactMap { $0["key"]?.string } == ["fit", "baseline", "practice-1"])
        }

        @Test("every mistake of a file is told with its line and column, in words and in JSON")
        func mistakes() async throws {
            let file = try scratch.write(
                "name: own\nphases:\n  - key: baseline\n    minutes: 5\n    feedback: own\n    promt: sit\n",
                to: "own.yaml")
            let check = try await Program.entrain("script", "check", file)
            #expect(check.status == 1)
            #expect(
                check.errors.contains("\(file):6:5: a phase has no key `promt`. Did you mean `prompt`?"), "\(check)")
            let json = try await Program.entrain("script", "check", file, "--json")
            #expect(json.status == 1)
            let mistake = try #require(try JSON(json.output)["mistakes"]?.elements.first)
            #expect(mistake["line"]?.number == 6 && mistake["column"]?.number == 5, "\(json)")
            let start = try await Program.entrain(
                "session", "start", "G1", "--size", "1", "--script", file, "--data", scratch.path("data"))
            #expect(start.status == 1 && start.errors.contains("Did you mean `prompt`?"), "\(start)")
        }

        @Test("what a terminal would take for a command does not come out of a file")
        func controlCharacters() async throws {
            let file = try scratch.write("name: \"\\e[2J\"\nphases:\n  - {key: baseline, minutes: 5}\n", to: "own.yaml")
            let check = try await Program.entrain("script", "check", file)
            #expect(check.status == 1 && check.errors.contains("`name` is `?[2J`"), "\(check)")
            #expect(!check.errors.contains("\u{1b}"), "\(check)")
        }

        @Test("a baseline that shows feedback is refused with the reason")
        func openBaseline() async throws {
            let file = try scratch.write(
                "name: own\nphases:\n  - {key: baseline, minutes: 5, feedback: own}\n", to: "own.yaml")
            let check = try await Program.entrain("script", "check", file)
            #expect(check.status == 1 && check.errors.contains("practising already"), "\(check)")
        }

        @Test(
            "the scripts of the program are listed and shown, and as files they are fit",
            arguments: [
                "pal-30", "quick-10", "resonance", "demo",
            ])
        func shown(_ name: String) async throws {
            let list = try await Program.entrain("script", "list")
            #expect(list.status == 0 && list.output.contains(" \(name) "), "\(list)")
            #expect(list.lines.allSatisfy { $0.count <= 80 }, "\(list)")
            let show = try await Program.entrain("script", "show", name)
            #expect(show.status == 0 && show.lines.allSatisfy { $0.count <= 80 }, "\(show)")
            let text = try await Program.entrain("script", "show", name, "--file")
            let file = try scratch.write(text.output, to: "copy.yaml")
            #expect(try await Program.entrain("script", "check", file).status == 0)
        }

        @Test("a name that is nearly right is met with the right one, and a file that is not there is named")
        func unknown() async throws {
            let show = try await Program.entrain("script", "show", "pal30")
            #expect(show.status == 4 && show.errors.contains("Did you mean 'pal-30'?"), "\(show)")
            let missing = try await Program.entrain("script", "check", scratch.path("no.yaml"))
            #expect(missing.status == 4 && missing.errors.contains("no.yaml"), "\(missing)")
            let folder = try await Program.entrain("script", "check", "/dev/zero")
            #expect(folder.status == 1 && folder.errors.contains("is no file"), "\(folder)")
        }
    }
}
