import Glibc
import Testing

extension EndToEnd {
    /// All that a coach does in one evening, at one terminal.
    @Suite("A coach's evening") struct EveningTests {
        private let scratch: Scratch
        private let data: String
        private let terminal: PseudoTerminal
        private static let straps = StudentQueue.straps
        /// The strap of each place: the second student wears the third strap of the queue.
        private static let worn = [0, 2, 1, 3, 4, 5, 6, 7].map { straps[$0] }

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
            terminal = try PseudoTerminal(columns: 80, rows: 24)
        }

        @Test(
            "eight straps are given, a wrong one corrected; in the session one is lost, one comes late, one withdraws"
        )
        func evening() async throws {
            let room = try scratch.write(StudentQueue.scenario(8, hasFar: true), to: "room.yaml")
            let straps = try await Simulation(scenario: room, speed: 10, in: scratch)
            try await done("group", "new", "G1", "--size", "8", "--coach", "C2")
            try await pair(straps)
            #expect(try await members("strap") == Self.worn)
            #expect(try await straps.whatGoesOn().isEmpty, "nothing is linked between pairing and session")
            try await done("privacy", "consent", (1...8).map { "G1-0\($0)" }.joined(separator: ","), "--yes-on-paper")

            let group = try await Program.entrain("group", "list", "--data", data)
            #expect(group.output.contains("C2"), "\(group)")

            let beginning = try straps.truth().newest
            let ending = try await lead(straps)
            #expect(ending.status == 2 && ending.errors.contains("everything until now is kept"), "\(ending)")
            #expect(terminal.shown().contains("G1-09"), "the summary names who came late")
            #expect(try await straps.whatGoesOn().isEmpty)
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            try expectEverything(in: bundle, of: straps, since: beginning)
            expectTheStory(in: bundle)

            #expect(try await members("strap").compactMap(\.self).isEmpty, "straps are nobody's again")
            #expect(
                try await members("consent")
                    == Array(repeating: "study", count: 7) + ["withdrawn", "study"])
            _ = try await straps.stop()
        }

        // MARK: - What the coach does

        private func pair(_ straps: Simulation) async throws {
            let program = try straps.entrain("pair", "G1", "--data", data, terminal: terminal)
            var picture = Picture(terminal)
            try await offered(Self.straps[0], &picture, program)
            terminal.type("\r")
            try await program.waits { try await members("strap")[0] == Self.straps[0] }
            // The second student's strap is taken for another one's.
            try await offered(Self.straps[1], &picture, program)
            terminal.type("\r")
            try await program.waits { try await members("strap")[1] == Self.straps[1] }
            terminal.type("u")
            try await program.waits { try await members("strap")[1] == nil }
            for (place, strap) in Self.worn.enumerated().dropFirst() {
                try await program.waits { picture.now.contains("Now pairing   G1-0\(place + 1)") }
                terminal.type("i\(StudentQueue.printedID(strap))\r")
                try await offered(strap, &picture, program)
                terminal.type("\r")
                if place < 7 { try await program.waits { try await members("strap")[place] == strap } }
            }
            let ending = try await program.ended()
            #expect(ending.status == 0, "\(ending)")
        }

        private func offered(_ strap: String, _ picture: inout Picture, _ program: Program) async throws {
            let id = StudentQueue.printedID(strap)
            try await program.waits {
                let text = picture.now
                return text.contains("\(id) sends real beats.")
                    || text.contains("\(id) is ") && text.contains("nearer and")
            }
        }

        private func lead(_ straps: Simulation) async throws -> Program.Ending {
            let script = try scratch.write(
                """
                name: evening
                phases:
                  - {key: baseline, title: Baseline, minutes: 30, prompt: "sit quietly"}
                  - {key: practice-1, title: Practice 1, minutes: 30, feedback: own, pacer: {rate: 6}, prompt: "breathe"}
                """, to: "evening.yaml")
            let session = try straps.entrain(
                "session", "start", "G1", "--script", script, "--data", data, terminal: terminal)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("8 on") && picture.now.contains("Baseline") }
            terminal.type("n")
            try await session.waits { picture.now.contains("G1 · Practice 1") }
            try await straps.endLink(of: Self.worn[4])
            try await session.waits { picture.now.contains("G1-05   strap lost") }
            try await session.waits { picture.now.contains("G1-05   strap back") && picture.now.contains("8 on") }
            terminal.type("lny\(StudentQueue.printedID(StudentQueue.far))\r")
            try await session.waits { picture.now.contains("9 on") }
            terminal.type("w8y")
            try await session.waits { picture.now.contains("G1-08   takes part no more") }
            terminal.type("m3")
            try await session.waits { picture.now.contains("G1-03   coach: \"mark\"") }
            let sent = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > sent + 200 }
            terminal.type("q")
            try await session.waits { picture.now.contains("End the session now?") }
            terminal.type("y")
            return try await session.ended()
        }

        // MARK: - What is there afterwards

        private func expectEverything(in bundle: Bundle, of straps: Simulation, since beginning: Double) throws {
            let kept = try bundle.intervalsByStrap()
            for (strap, sent) in try straps.truth().byStrap where strap != Self.worn[7] {
                let sent = sent.filter { $0.t > beginning }.map(\.rr_1024)
                #expect(!sent.isEmpty && kept[strap] == sent, "\(strap)")
            }
            #expect(kept.count == 8)
            for name in Bundle.columns.keys { #expect(!bundle.text(name).contains("G1-08"), "\(name)") }
            let wearers = Set(bundle.packets.rows.map { "\($0["code"] ?? "") \($0["strap"] ?? "")" })
            let expected = Self.worn.dropLast().enumerated().map { "G1-0\($0 + 1) \($1)" }
            #expect(wearers == Set(expected + ["G1-09 \(StudentQueue.far)"]))
        }

        private func expectTheStory(in bundle: Bundle) {
            let phases = bundle.text("phases.csv").split(separator: "\n").dropFirst().map {
                $0.split(separator: ",")[1]
            }
            #expect(phases == ["baseline", "practice-1"])
            let links = bundle.text("links.csv").split(separator: "\n").filter { $0.contains("G1-05") }
            #expect(links.map { $0.split(separator: ",")[4] } == ["connect", "lost", "back"])
            let segments = Set(bundle.beats.rows.filter { $0["code"] == "G1-05" }.compactMap { $0["segment"] })
            #expect(segments.count == 2, "the gap is kept")
            let markers = bundle.text("markers.csv")
            for text in ["group,,mark,mark", "code,G1-03,mark,mark", "code,G1-09,notice,joined"] {
                #expect(markers.contains(text), "\(text) in \(markers)")
            }
        }

        private func members(_ what: String) async throws -> [String?] {
            let ending = try await Program.entrain("group", "show", "G1", "--json", "--data", data)
            return try JSON(ending.output)["members"]?.elements.map { $0[what]?.string } ?? []
        }

        private func done(_ arguments: String...) async throws {
            let ending = try await Program.run([Program.binary] + arguments + ["--data", data])
            try #require(ending.status == 0, "\(ending)")
        }
    }
}
