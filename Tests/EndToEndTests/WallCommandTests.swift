import Glibc
import Testing

extension EndToEnd {
    /// The room's own picture beside a session that runs.
    @Suite("A wall") struct WallCommandTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        @Test(
            "it waits for a session, shows it, outlives its end and goes on with the next, and the session knows nothing"
        )
        func follows() async throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let before = terminal.mode
            let straps = try await Simulation(straps: 6, speed: 10, in: scratch)
            let wall = try straps.entrain("wall", "--data", data, terminal: terminal)
            var picture = Picture(terminal)
            try await wall.waits { picture.now.contains("No session runs.") }
            let first = try start(straps)
            try await wall.waits { picture.now.contains("G1 · Practice") && picture.now.contains("6 of 6 straps good") }
            try await wall.waits { picture.now.contains("▕███") && picture.now.contains("left") }
            try await wall.waits { picture.now.contains("The group together:") }
            #expect(!picture.now.contains("G1-0"))
            first.send(SIGTERM)
            #expect(try await first.ended().status == 2)
            try await wall.waits { picture.now.contains("The session of G1 is over.") }
            let second = try start(straps)
            try await wall.waits { picture.now.contains("6 of 6 straps good") }
            second.kill()
            try await wall.waits { picture.now.contains("was interrupted") }
            terminal.type("q")
            let ending = try await wall.ended()
            #expect(ending.status == 0 && terminal.mode == before, "\(ending)")
            #expect(try await SessionList(data: data).states == ["ended", "interrupted"])
        }

        @Test("where the data folder is another's, it follows a session over the bus, and the next one of the group")
        func overTheBus() async throws {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let straps = try await Simulation(straps: 6, speed: 10, in: scratch)
            let wall = try straps.entrain("wall", "--data", scratch.path("nothing"), terminal: terminal)
            var picture = Picture(terminal)
            try await wall.waits { picture.now.contains("No session runs.") }
            let first = try start(straps)
            try await wall.waits { picture.now.contains("G1 · Practice") && picture.now.contains("6 of 6 straps good") }
            try await wall.waits { picture.now.contains("▕███") && picture.now.contains("left") }
            try await wall.waits { picture.now.contains("The group together:") }
            #expect(!picture.now.contains("G1-0") && access(scratch.path("nothing"), F_OK) != 0)
            first.send(SIGTERM)
            #expect(try await first.ended().status == 2)
            try await wall.waits { picture.now.contains("The session of G1 is over.") }
            let second = try start(straps)
            try await wall.waits { picture.now.contains("6 of 6 straps good") }
            terminal.type("q")
            #expect(try await wall.ended().status == 0)
            second.send(SIGTERM)
            _ = try await second.ended()
        }

        @Test(
            "without a terminal it writes lines and never moves the cursor; a session that is not there is told at once"
        )
        func lines() async throws {
            let straps = try await Simulation(straps: 1, speed: 10, in: scratch)
            let session = try straps.entrain(
                "session", "start", "G1", "--size", "1", "--any", "--consent-on-paper", "--minutes", "60", "--screen",
                "plain", "--data", data)
            try await session.waits { try await SessionList(data: data).states == ["running"] }
            let wall = try Program([Program.binary, "wall", "--data", data])
            try await wall.waits { wall.output.contains("1 of 1 straps good\n") }
            wall.send(SIGTERM)
            _ = try await wall.ended()
            #expect(wall.output.contains("Practice, 60 min, pacer 6.0 a minute\n"), "\(wall.output)")
            #expect(!wall.output.contains("\u{1B}") && !wall.output.contains("\r"))
            let unknown = try await Program.entrain("wall", "20200101-G9", "--data", data)
            #expect(unknown.status == 4 && unknown.errors.contains("20200101-G9"), "\(unknown)")
            #expect(!session.output.contains("\u{1B}") && !session.output.contains("\r"))
        }

        @Test("Ctrl-Z gives the terminal back and stands still; when it goes on, so does the picture")
        func suspended() async throws {
            _ = try await Program.entrain("group", "new", "G1", "--size", "1", "--data", data)
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let before = terminal.mode
            let wall = try Program([Program.binary, "wall", "--data", data], terminal: terminal)
            var picture = Picture(terminal)
            try await wall.waits { picture.now.contains("No session runs.") }
            let raw = terminal.mode
            terminal.type("\u{1A}")
            try await wall.waits { wall.isStopped }
            #expect(terminal.mode == before && raw != before)
            picture.wipe()
            wall.send(SIGCONT)
            try await wall.waits { picture.now.contains("No session runs.") && terminal.mode == raw }
            terminal.type("q")
            #expect(try await wall.ended().status == 0)
            #expect(terminal.mode == before)
        }

        private func start(_ straps: Simulation) throws -> Program {
            try straps.entrain(
                "session", "start", "G1", "--size", "6", "--any", "--consent-on-paper", "--minutes", "60", "--screen",
                "off", "--data", data)
        }
    }
}
