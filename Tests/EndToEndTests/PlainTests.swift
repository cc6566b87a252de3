import Glibc
import Testing

extension EndToEnd {
    /// What a screen reader, or a terminal that can do nothing but write, is sent.
    @Suite("Plain mode") struct PlainTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        @Test(
            "it never moves the cursor: a session, its wall and everything about it are lines that are only added",
            arguments: [(["--plain"], "xterm-256color"), ([], "dumb")])
        func lines(flags: [String], kind: String) async throws {
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let variables = straps.environment.merging(["TERM": kind]) { $1 }
            func start(_ arguments: String..., at terminal: PseudoTerminal) throws -> Program {
                try Program(
                    [Program.binary] + arguments + flags + ["--data", data], environment: variables, terminal: terminal)
            }
            let coach = try PseudoTerminal(columns: 80, rows: 24)
            let session = try start(
                "session", "start", "G1", "--size", "2", "--any", "--consent-on-paper", "--minutes", "60", at: coach)
            var told = ""
            try await session.waits {
                told += coach.shown()
                return told.contains("G1-02 strap") && told.contains(" coherence ")
            }
            let room = try PseudoTerminal(columns: 80, rows: 24)
            let wall = try start("wall", at: room)
            var seen = ""
            try await wall.waits {
                seen += room.shown()
                return seen.contains("2 of 2 straps good")
            }
            wall.send(SIGTERM)
            _ = try await wall.ended()
            session.send(SIGTERM)
            #expect(try await session.ended().status == 2)
            told += coach.shown()
            #expect(told.contains("G1-01 "), "\(told)")
            expectLines(told)
            expectLines(seen + room.shown())

            let name = try #require(try await SessionList(data: data).only)
            for arguments in [
                ["session", "show", name], ["session", "list"], ["group", "show", "G1"], ["script", "list"],
            ] {
                let terminal = try PseudoTerminal(columns: 80, rows: 24)
                let program = try Program(
                    [Program.binary] + arguments + flags + ["--data", data], environment: variables, terminal: terminal)
                #expect(try await program.ended().status == 0)
                let text = terminal.shown()
                #expect(!text.isEmpty)
                expectLines(text)
            }
        }

        @Test("with --no-input lines take the place of the screen, and no key means anything")
        func noInput() async throws {
            let straps = try await Simulation(straps: 1, speed: 10, in: scratch)
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let before = terminal.mode
            let start = ["session", "start", "G1", "--size", "1", "--any", "--consent-on-paper", "--minutes", "60"]
            let session = try Program(
                [Program.binary] + start + ["--no-input", "--data", data], environment: straps.environment,
                terminal: terminal)
            var told = ""
            try await session.waits {
                told += terminal.shown()
                return told.contains("connected")
            }
            terminal.type("qy")
            let sent = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > sent + 20 }
            #expect(!told.contains("\u{1B}") && terminal.mode == before)
            session.send(SIGTERM)
            #expect(try await session.ended().status == 2)
            let full = try await Program.run(
                [Program.binary] + start + ["--no-input", "--screen", "full", "--data", data],
                environment: straps.environment)
            #expect(full.status == 64 && full.errors.contains("--no-input"), "\(full)")
        }

        /// Nothing but characters and line ends: no escape sequence, no backspace, no return to the line's beginning.
        private func expectLines(_ text: String, _ location: SourceLocation = #_sourceLocation) {
            var bytes = Array(text.utf8)
            // The terminal itself makes a return and a line feed of each line feed (ONLCR).
            bytes.removeAll { $0 == 13 }
            #expect(
                text.utf8.count(where: { $0 == 13 }) == text.utf8.count(where: { $0 == 10 }), sourceLocation: location)
            let controls = bytes.filter { $0 < 32 && $0 != 10 || $0 == 127 }
            #expect(controls.isEmpty, "\(controls) in \(text)", sourceLocation: location)
        }
    }
}
