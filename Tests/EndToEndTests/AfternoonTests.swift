import FoundationEssentials
import Testing

extension EndToEnd {
    @Suite("docs/facilitator.md") struct AfternoonTests {
        /// The lines of shell, and the files that the text shows, by name.
        private static func document() throws -> (commands: [String], files: [String: String]) {
            let root = #filePath.dropLast("Tests/EndToEndTests/AfternoonTests.swift".count)
            let data = try #require(FileManager.default.contents(atPath: root + "docs/facilitator.md"))
            var commands: [String] = []
            var files: [String: String] = [:]
            var block: String?
            var name = ""
            for line in String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("```") {
                    block = block == nil ? String(line.dropFirst(3)) : nil
                } else if block == "sh" {
                    commands.append(String(line))
                } else if block == "" {
                    files[name, default: ""] += "\(line)\n"
                } else if line.hasPrefix("`"), line.hasSuffix("`:") {
                    name = String(line.dropFirst().dropLast(2))
                }
            }
            return (commands, files)
        }

        @Test("every command runs, in the order of the text, and the afternoon is complete at its end")
        func afternoon() async throws {
            let scratch = try Scratch()
            let (commands, files) = try Self.document()
            #expect(commands.count > 15 && files.keys.sorted() == ["straps.csv"])
            for (name, text) in files { _ = try scratch.write(text, to: name) }
            let phone = (0..<150).map { "\(840 + ($0 * 37) % 61)\n" }.joined()
            _ = try scratch.write(phone, to: "2026-08-04 16-02-41.txt")
            let folder = Program.binary.dropLast("/entrain".count)
            for command in commands {
                let ending = try await Program.run([
                    "bash", "-c", "cd '\(scratch.folder)' && PATH='\(folder)':$PATH && \(command)",
                ])
                #expect(ending.status == 0, "\(command)\n\(ending)")
            }
            let study = try await SessionList(data: scratch.path("study"))
            #expect(study.sessions.count == 2 && study.states == ["ended", "ended"])
            for folder in ["own", "shared", "table", "from-b205"] {
                let sums = try await Program.run([
                    "bash", "-c", "cd '\(scratch.path(folder))' && sha256sum -c --quiet SHA256SUMS",
                ])
                #expect(sums.status == 0, "\(folder): \(sums)")
            }
            #expect(scratch.text("own/beats.csv").hasPrefix("schema,session,code,seq,t_s,rr_1024,rr_ms"))
            #expect(scratch.text("own/beats.csv").split(separator: "\n").count == 151)
            #expect(!scratch.text("shared/beats.csv").contains("G2-01"))
            #expect(scratch.text("shared.codes.csv").contains("G2-01,P"))
        }
    }
}
