import Testing

extension EndToEnd {
    @Suite("The manual") struct ManTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test("every command has a page that names its options, and groff finds nothing wrong with any")
        func pages() async throws {
            let written = try await Program.entrain("man", "--to", scratch.path("man"))
            #expect(written.status == 0, "\(written)")
            let files = try scratch.files(in: "man")
            #expect(written.output.hasPrefix("\(files.count) pages"))
            let help = try JSON(try await Program.entrain("--experimental-dump-help").output)
            let commands = Self.commands(in: try #require(help["command"]), below: [])
            #expect(files == commands.map { $0.words.joined(separator: "-") + ".1" }.sorted())
            let root = Self.plain(scratch.text("man/entrain.1"))
            for (words, command) in commands {
                let page = Self.plain(scratch.text("man/\(words.joined(separator: "-")).1"))
                #expect(page.contains(".SH NAME\n\(words.joined(separator: "-")) - "), "\(words)")
                #expect(root.contains(words.joined(separator: " ")), "\(words)")
                for argument in command["arguments"]?.elements ?? [] where argument["kind"]?.string != "positional" {
                    let name = try #require(argument["preferredName"]?["name"]?.string)
                    guard name != "help", name != "version" else { continue }
                    #expect(page.contains("--\(name)") || root.contains("--\(name)"), "\(words) \(name)")
                }
            }
            let groff = try await Program.run(
                ["groff", "-man", "-ww", "-Kutf8", "-z"] + files.map { scratch.path("man/\($0)") })
            #expect(groff.status == 0 && groff.errors.isEmpty, "\(groff)")
        }

        @Test("one page goes to standard output, and a command that is none is refused")
        func onePage() async throws {
            let page = try await Program.entrain("man", "session", "start")
            #expect(page.status == 0 && page.output.hasPrefix(".TH ENTRAIN\\-SESSION\\-START 1"), "\(page)")
            #expect(Self.plain(page.output).contains("entrain session start G2 --size 8"), "\(page)")
            let none = try await Program.entrain("man", "session", "begin")
            #expect(none.status == 64 && none.errors.contains("no command 'session begin'"), "\(none)")
        }

        @Test("what a command says of itself fits a terminal of 80 columns, so that no example is broken")
        func width() async throws {
            let help = try JSON(try await Program.entrain("--experimental-dump-help").output)
            for (words, command) in Self.commands(in: try #require(help["command"]), below: []) {
                let said = [command["abstract"]?.string, command["discussion"]?.string].compactMap(\.self)
                #expect(!said.isEmpty, "\(words)")
                for line in said.flatMap({ $0.split(separator: "\n") }) {
                    #expect(line.count <= 78, "\(words): \(line)")
                }
            }
        }

        /// Every command with the words that call it; help has no page.
        private static func commands(in command: JSON, below words: [String]) -> [(words: [String], command: JSON)] {
            let own = words + [command["commandName"]?.string ?? ""]
            let below = (command["subcommands"]?.elements ?? []).filter { $0["commandName"]?.string != "help" }
            return [(own, command)] + below.flatMap { commands(in: $0, below: own) }
        }

        /// A page with its hyphens and quotes as people read them.
        private static func plain(_ page: String) -> String {
            page.replacing("\\-", with: "-").replacing("\\(aq", with: "'").replacing("\\(dq", with: "\"")
        }
    }
}
