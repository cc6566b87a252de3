import Glibc
import Testing

extension EndToEnd {
    @Suite("entrain pair") struct PairTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        private static let ids = StudentQueue.straps

        /// A scenario file with so many students in a queue.
        private func queue(_ count: Int) throws -> String {
            try scratch.write(StudentQueue.scenario(count), to: "queue.yaml")
        }

        /// The straps of the group's places, in order.
        private func given(_ group: String = "G1") async throws -> [String?] {
            let ending = try await Program.entrain("group", "show", group, "--json", "--data", data)
            guard ending.status == 0 else { return [] }
            return try JSON(ending.output)["members"]?.elements.map { $0["strap"]?.string } ?? []
        }

        /// Presses a key again and again until the group is as it should be; a key too many changes nothing.
        private func press(
            _ key: String, on terminal: PseudoTerminal, of program: Program, shown: inout String,
            until holds: ([String?]) -> Bool
        ) async throws {
            var text = ""
            try await program.waits {
                text += terminal.shown()
                if holds(try await given()) { return true }
                terminal.type(key)
                return false
            }
            shown += text
        }

        @Test("a coach gives eight straps, corrects a wrong one, stops, and goes on where it stopped")
        func evening() async throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let before = terminal.mode
            let straps = try await Simulation(scenario: queue(8), speed: 10, in: scratch)
            var shown = ""
            let first = try straps.entrain("pair", "G1", "--size", "8", "--data", data, terminal: terminal)
            try await press("\r", on: terminal, of: first, shown: &shown) { $0.first == Self.ids[0] }
            try await press("\r", on: terminal, of: first, shown: &shown) { $0.dropFirst().first == Self.ids[1] }
            #expect(terminal.mode != before, "keys are to come one by one")
            // The second one got the wrong strap: back, and the right ID is typed.
            terminal.type("u")
            try await first.waits { try await given().compactMap(\.self).count == 1 }
            terminal.type("iD2B1\r")
            try await press("\r", on: terminal, of: first, shown: &shown) { $0.dropFirst().first == Self.ids[2] }
            terminal.type("q")
            let stopped = try await first.ended()
            shown += terminal.shown()
            #expect(stopped.status == 2, "\(stopped)")
            #expect(stopped.errors.contains("Go on from here with:  entrain pair G1"), "\(stopped)")
            #expect(terminal.mode == before)
            for text in ["entrain pair G1", "Now pairing", "Real beats", "A1B2 C3D4"] { #expect(shown.contains(text)) }
            #expect(shown.contains("G1-01 wears Polar H10 A1B2C3D4"), "the summary stays")
            #expect(try await straps.whatGoesOn().isEmpty)

            let second = try straps.entrain("pair", "G1", "--data", data, terminal: terminal)
            var rest = ""
            // The strap that was taken back is nobody's, and as near as the next: somebody names it.
            try await second.waits {
                rest += terminal.shown()
                return rest.contains("G1-03")
            }
            for (place, name) in [(2, 1), (3, 3), (4, 4), (5, 5), (6, 6), (7, 7)] {
                let id = StudentQueue.printedID(Self.ids[name])
                try await second.waits {
                    rest += terminal.shown()
                    if try await given()[place] == Self.ids[name] { return true }
                    terminal.type("i\(id)\r\r")
                    return false
                }
            }
            let done = try await second.ended()
            #expect(done.status == 0, "\(done)")
            let expected = [0, 2, 1, 3, 4, 5, 6, 7].map { Self.ids[$0] }
            #expect(try await given() == expected)
            #expect(try await straps.whatGoesOn().isEmpty)
            _ = try await straps.stop()
        }

        @Test("in plain mode it asks line by line and never moves the cursor; refusals say why")
        func plain() async throws {
            let terminal = try PseudoTerminal(columns: 100, rows: 24)
            let straps = try await Simulation(scenario: queue(3), speed: 10, in: scratch)
            _ = try await Program.entrain("group", "new", "G2", "--size", "1", "--data", data)
            let taken = try await Program.run(
                [Program.binary, "assign", "G2-01", "9C04D2B1", "--data", data], environment: straps.environment)
            #expect(taken.status == 0, "\(taken)")
            let program = try straps.entrain("pair", "G1", "--size", "3", "--plain", "--data", data, terminal: terminal)
            var shown = ""
            func waits(for text: String) async throws {
                try await program.waits {
                    shown += terminal.shown()
                    return shown.contains(text)
                }
            }
            try await waits(for: "G1-01: A1B2C3D4 sends real beats. The pod should read  A1B2 C3D4 . Enter gives it")
            terminal.type("9C04D2B1\n")
            try await waits(for: "Polar H10 9C04D2B1 belongs to G2-01. Choose another, or free it first:")
            terminal.type("FFFF\n")
            try await waits(for: "No strap 'FFFF' is heard or known.")
            terminal.type("\n")
            try await waits(for: "G1-01 wears Polar H10 A1B2C3D4 now.")
            terminal.type("x\n")
            try await waits(for: "G1-02 takes no part now")
            try await waits(for: "G1-03: 7F21E0AA sends real beats.")
            terminal.type("\n")
            let ending = try await program.ended()
            shown += terminal.shown()
            #expect(ending.status == 0, "\(ending)\(shown)")
            #expect(!shown.contains("\u{1B}"))
            #expect(try await given() == [Self.ids[0], nil, Self.ids[1]])
            _ = try await straps.stop()
        }

        @Test("a program that answers line by line is told everything as JSON, one object a line")
        func json() async throws {
            let terminal = try PseudoTerminal(columns: 100, rows: 24)
            let straps = try await Simulation(scenario: queue(2), speed: 10, in: scratch)
            let program = try straps.entrain("pair", "G1", "--size", "2", "--json", "--data", data, terminal: terminal)
            var shown = ""
            func waits(for text: String) async throws {
                try await program.waits {
                    shown += terminal.shown()
                    return shown.contains(text)
                }
            }
            try await waits(for: #""code":"G1-01","stage":"offered","strap":"Polar H10 A1B2C3D4","id":"A1B2C3D4"}"#)
            terminal.type("FFFF\n")
            try await waits(for: #"{"v":1,"type":"message","text":"No strap 'FFFF' is heard or known."#)
            terminal.type("\n")
            try await waits(for: #"{"v":1,"type":"place","code":"G1-01","state":"given","strap":"Polar H10 A1B2C3D4""#)
            terminal.type("x\n")
            let ending = try await program.ended()
            shown += terminal.shown()
            #expect(ending.status == 0, "\(ending)\(shown)")
            #expect(shown.contains(#"{"v":1,"type":"place","code":"G1-02","state":"absent"}"#))
            #expect(shown.contains(#"{"v":1,"type":"end","group":"G1","done":1,"of":1,"open":[]}"#))
            let objects = shown.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("{") }
            for line in objects { #expect(try JSON(String(line))["type"]?.string != nil, "\(line)") }
            _ = try await straps.stop()
        }

        @Test("after it was killed, the strap that it looked at is free again for the next")
        func killed() async throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let straps = try await Simulation(scenario: queue(1), speed: 10, in: scratch)
            let first = try straps.entrain("pair", "G1", "--size", "1", "--data", data, terminal: terminal)
            var picture = Picture(terminal)
            try await first.waits { picture.now.contains("sends real beats") }
            first.kill()
            #expect(try await !straps.whatGoesOn().isEmpty, "the link outlives the process")
            picture.wipe()
            let second = try straps.entrain("pair", "G1", "--data", data, terminal: terminal)
            try await second.waits { picture.now.contains("sends real beats") }
            terminal.type("\r")
            #expect(try await second.ended().status == 0)
            #expect(try await given() == [Self.ids[0]])
            #expect(try await straps.whatGoesOn().isEmpty)
            _ = try await straps.stop()
        }

        @Test("with --by id each ID is asked for at once; one that nothing answers to leaves the line open")
        func typed() async throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let straps = try await Simulation(scenario: queue(2), speed: 10, in: scratch)
            let program = try straps.entrain(
                "pair", "G1", "--size", "2", "--by", "id", "--data", data, terminal: terminal)
            var picture = Picture(terminal)
            try await program.waits { picture.now.contains("The ID on the pod: _") }
            terminal.type("7F2X\r")
            try await program.waits { picture.now.contains("No strap '7F2X' is heard or known") }
            try await program.waits { picture.now.contains("The ID on the pod: _") }
            terminal.type("A1B2\r")
            try await program.waits { picture.now.contains("A1B2C3D4 sends real beats") }
            terminal.type("\r")
            try await program.waits { try await given() == [Self.ids[0], nil] }
            try await program.waits { picture.now.contains("Now pairing   G1-02") }
            try await program.waits { picture.now.contains("The ID on the pod: _") }
            terminal.type("\u{1B}")
            try await program.waits { picture.now.contains("Press i and type the ID") }
            terminal.type("q")
            #expect(try await program.ended().status == 2)
            _ = try await straps.stop()
        }

        @Test("Ctrl-Z gives the terminal back and stands still; when it goes on, so do screen and keys")
        func suspended() async throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let before = terminal.mode
            let straps = try await Simulation(scenario: queue(1), speed: 10, in: scratch)
            let program = try straps.entrain("pair", "G1", "--size", "1", "--data", data, terminal: terminal)
            var picture = Picture(terminal)
            for stop in ["key", "signal"] {
                try await program.waits { picture.now.contains("sends real beats") }
                let raw = terminal.mode
                if stop == "key" { terminal.type("\u{1A}") } else { program.send(SIGTSTP) }
                try await program.waits { program.isStopped }
                #expect(terminal.mode == before && raw != before, "\(stop)")
                picture.wipe()
                program.send(SIGCONT)
                try await program.waits { picture.now.contains("Now pairing   G1-01") && terminal.mode == raw }
            }
            try await program.waits { picture.now.contains("sends real beats") }
            terminal.type("\r")
            #expect(try await program.ended().status == 0)
            #expect(try await given() == [Self.ids[0]] && terminal.mode == before)
            _ = try await straps.stop()
        }

        @Test(
            "without anybody to answer it names the flag to use",
            arguments: [[], ["--no-input"], ["--json", "--no-input"]])
        func nobody(flags: [String]) async throws {
            let ending = try await Program.run([Program.binary, "pair", "G1", "--size", "2", "--data", data] + flags)
            #expect(ending.status == 64, "\(ending)")
            #expect(ending.errors.contains("entrain pair G1 --map straps.csv"), "\(ending)")
            #expect(try await given().isEmpty, "no group was made")
        }

        @Test(
            "after the next session straps are nobody's again, unless they are to be remembered",
            arguments: [([], nil), (["--remember"], "Polar H10 A1B2C3D4")])
        func lent(flags: [String], left: String?) async throws {
            let terminal = try PseudoTerminal(columns: 100, rows: 24)
            let straps = try await Simulation(scenario: queue(1), speed: 10, in: scratch)
            let program = try Program(
                [Program.binary, "pair", "G1", "--size", "1", "--data", data] + flags, environment: straps.environment,
                terminal: terminal)
            var shown = ""
            try await program.waits {
                shown += terminal.shown()
                terminal.type("\r")
                return try await given() == [Self.ids[0]]
            }
            #expect(try await program.ended().status == 0)
            let session = try straps.entrain(
                "session", "start", "G1", "--consent-on-paper", "--minutes", "0.3", "--screen", "off", "--data", data)
            let ending = try await session.ended()
            #expect(ending.status == 0, "\(ending)")
            #expect(ending.errors.contains("are nobody's again") == (left == nil), "\(ending)")
            #expect(try await given() == [left])
            _ = try await straps.stop()
        }

        @Test("a file gives straps without questions")
        func map() async throws {
            let straps = try await Simulation(scenario: queue(3), speed: 10, in: scratch)
            let file = try scratch.write("code,strap\nG1-01,9C04D2B1\nG1-02,c3d4\n", to: "straps.csv")
            let program = try straps.entrain(
                "pair", "G1", "--size", "3", "--map", file, "--adapters", "hci0", "--data", data)
            let ending = try await program.ended()
            #expect(ending.status == 0, "\(ending)")
            #expect(try await given() == [Self.ids[2], Self.ids[0], nil])
            let again = try straps.entrain("pair", "G1", "--map", file, "--json", "--no-input", "--data", data)
            let lines = try await again.ended().lines
            #expect(
                lines == [
                    #"{"v":1,"type":"place","code":"G1-01","state":"given","strap":"Polar H10 9C04D2B1","id":"9C04D2B1"}"#,
                    #"{"v":1,"type":"place","code":"G1-02","state":"given","strap":"Polar H10 A1B2C3D4","id":"A1B2C3D4"}"#,
                    #"{"v":1,"type":"end","group":"G1","done":2,"of":3,"open":["G1-03"]}"#,
                ])
            let missing = try straps.entrain("pair", "G1", "--map", file, "--adapters", "hci7", "--data", data)
            #expect(try await missing.ended().status == 0, "known straps need no radio")
            _ = try await straps.stop()
        }
    }
}
