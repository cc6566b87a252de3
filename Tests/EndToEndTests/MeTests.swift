import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    /// A person reads their own heart.
    @Suite("A reading of one's own") struct MeTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        /// Two straps, the first clearly the nearer.
        static let room = """
            seed: 3
            straps:
              - {name: Polar H10 A1B2C3D4, address: "A0:9E:1A:B2:C3:D4", rssi: -48, battery: 82, contact: yes,
                 heart: {ectopic: 0, missed: 0, extra: 0}}
              - {name: Polar H10 55AA7E31, address: "F0:00:00:00:00:02", rssi: -75,
                 heart: {ectopic: 0, missed: 0, extra: 0}}
            """

        private func room(_ text: String = room, speed: Int = 20) async throws -> Simulation {
            let file = try scratch.write(text, to: "room.yaml")
            return try await Simulation(scenario: file, speed: speed, in: scratch)
        }

        private func me(_ arguments: String..., in straps: Simulation, terminal: PseudoTerminal? = nil) throws
            -> Program
        {
            try me(arguments, in: straps.environment, terminal: terminal)
        }

        private func me(
            _ arguments: [String], in environment: [String: String], terminal: PseudoTerminal? = nil
        ) throws -> Program {
            let home = ["HOME": scratch.path("home"), "XDG_DATA_HOME": scratch.path("home/data")]
            return try Program(
                [Program.binary, "me"] + arguments + ["--data", data],
                environment: environment.merging(home) { $1 }, terminal: terminal)
        }

        /// Nothing was ever written down.
        private func expectNothingKept() {
            #expect(access(data, F_OK) != 0 && access(scratch.path("home"), F_OK) != 0)
        }

        @Test("the nearest strap is asked about, then the screen: keys, the measure, the comparison, the end")
        func journey() async throws {
            let straps = try await room(speed: 8)
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let reading = try me("--minutes", "3", in: straps, terminal: terminal)
            var picture = Picture(terminal)
            try await reading.waits { picture.now.contains("Last four on your pod: C3D4?") }
            terminal.type("\n")
            try await reading.waits { picture.now.contains("only you see this · not saved") }
            try await reading.waits { picture.now.contains("needs ") && picture.now.contains("a minute up and down") }
            terminal.type("h")
            try await reading.waits { picture.now.contains("Heart rate now       hidden") }
            terminal.type("h+")
            try await reading.waits { picture.now.contains("6.5 a minute (change with - and +)") }
            terminal.type("--")
            try await reading.waits { picture.now.contains("5.5 a minute") }
            try await reading.waits { picture.now.contains("compared after a second full minute") }
            try await reading.waits {
                picture.now.contains("than your first minute") || picture.now.contains("about as")
            }
            let ending = try await reading.ended()
            #expect(ending.status == 0 && ending.errors.contains("not a medical device"), "\(ending)")
            let left = picture.now
            #expect(left.contains("Not saved.") && left.contains("first minute"), "\(left)")
            #expect(try await straps.whatGoesOn().isEmpty)
            expectNothingKept()
        }

        @Test("a pause stops the breath and the time; space goes on")
        func pause() async throws {
            let straps = try await room()
            let terminal = try PseudoTerminal(columns: 60, rows: 16)
            let reading = try me("--strap", "C3D4", "--minutes", "30", in: straps, terminal: terminal)
            var picture = Picture(terminal)
            try await reading.waits { picture.now.contains("a minute up and down") }
            terminal.type(" ")
            try await reading.waits {
                picture.now.contains("paused, space goes on") && picture.now.contains("–  paused")
            }
            let sent = try straps.truth().notifications.count
            try await reading.waits { try straps.truth().notifications.count > sent + 20 }
            #expect(picture.now.contains("paused, space goes on"))
            terminal.type(" ")
            try await reading.waits { picture.now.contains(" left") && picture.now.contains("needs ") }
            terminal.type("q")
            #expect(try await reading.ended().status == 2)
            #expect(try await straps.whatGoesOn().isEmpty)
        }

        @Test("where two are about as near, the ID that is typed says which; it is not asked about again")
        func typed() async throws {
            let straps = try await room(Self.room.replacing("rssi: -75", with: "rssi: -48"))
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let reading = try me("--minutes", "30", in: straps, terminal: terminal)
            var picture = Picture(terminal)
            try await reading.waits { picture.now.contains("come closer, or type the ID on your pod") }
            terminal.type("9999\r")
            try await reading.waits { picture.now.contains("No strap '9999' is heard") }
            terminal.type("7E31\r")
            try await reading.waits { picture.now.contains("Clean beats") }
            #expect(!picture.now.contains("Last four"))
            let sender = try straps.truth().notifications.last?.address
            #expect(sender == "F0:00:00:00:00:02")
            terminal.type("q")
            #expect(try await reading.ended().status != 0)
            _ = try await straps.stop()
        }

        @Test("n means another strap, and the far one is offered then")
        func another() async throws {
            let straps = try await room()
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let reading = try me(in: straps, terminal: terminal)
            var picture = Picture(terminal)
            try await reading.waits { picture.now.contains("pod: C3D4?") }
            terminal.type("n\n")
            try await reading.waits { picture.now.contains("pod: 7E31?") }
            #expect(try straps.truth().byStrap.count <= 2)
            terminal.type("7e31\n")
            try await reading.waits { picture.now.contains("only you see this") }
            terminal.type("\u{3}")
            let ending = try await reading.ended()
            #expect(ending.status == 2, "\(ending)")
            #expect(try await straps.whatGoesOn().isEmpty)
            expectNothingKept()
        }

        @Test("without a terminal nothing is asked: a named strap, line by line")
        func plain() async throws {
            let straps = try await room()
            let ending = try await me("--strap", "C3D4", "--pacer", "off", in: straps).ended()
            #expect(ending.status == 0, "\(ending)")
            #expect(ending.lines.first?.contains("beats come from Polar H10 A1B2C3D4") == true, "\(ending)")
            #expect(ending.lines.contains { $0.contains("smooth ") && $0.contains("heart rate ") }, "\(ending)")
            #expect(ending.lines.last == "Not saved.", "\(ending)")
            #expect(!ending.output.contains("\u{1B}"), "\(ending)")
            expectNothingKept()
        }

        @Test("--no-numbers says it in words alone; --ascii in ASCII alone")
        func words() async throws {
            let straps = try await room()
            let ending = try await me("--strap", "C3D4", "--minutes", "2.5", "--no-numbers", "--ascii", in: straps)
                .ended()
            #expect(ending.status == 0 && ending.output.contains("than your first minute"), "\(ending)")
            for word in ["heart rate", "Heart rate", "clean", "Clean", " of 10"] {
                #expect(!ending.output.contains(word), "\(word): \(ending)")
            }
            #expect(ending.output.utf8.allSatisfy { $0 < 128 }, "\(ending)")
        }

        @Test("--json is a line of JSON for each thing that happens, the sum of it last")
        func json() async throws {
            let straps = try await room()
            let ending = try await me("--strap", "C3D4", "--json", in: straps).ended()
            #expect(ending.status == 0, "\(ending)")
            let lines = try ending.lines.map { try JSON($0) }
            #expect(lines.allSatisfy { $0["v"] == .number(1) && $0["type"]?.string != nil })
            #expect(lines.first?["event"] == .string("start") && lines.first?["strap"] == .string("Polar H10 A1B2C3D4"))
            let beats = lines.filter { $0["type"] == .string("beat") }.compactMap { $0["rr_ms"]?.number }
            let sent = try straps.truth().byStrap["Polar H10 A1B2C3D4"]?.flatMap(\.rr_1024) ?? []
            let kept = beats.map { Int(($0 * 1.024).rounded()) }
            #expect(kept.count > 150 && sent.indices.contains { Array(sent[$0...].prefix(kept.count)) == kept })
            let scores = lines.filter { $0["type"] == .string("coherence") && $0["score"]?.number != nil }
            let first = try #require(scores.first?["t"]?.number)
            #expect(scores.first?["compared"] == .null)
            for line in scores where line["compared"]?.string != nil {
                #expect(try #require(line["t"]?.number) >= first + 64)
            }
            let last = try #require(lines.last)
            #expect(last["event"] == .string("end") && last["receipt"] == .null && last["first"]?.number != nil)
            #expect(try (179.0...190).contains(#require(last["seconds"]?.number)))
        }

        @Test("a minute is too short for a measure: exit status 6, and the reason")
        func short() async throws {
            let straps = try await room()
            let ending = try await me("--strap", "C3D4", "--minutes", "1", in: straps).ended()
            #expect(ending.status == 6 && ending.errors.contains("after 69 s without a gap"), "\(ending)")
        }

        @Test("a strap that sends no beats ends with a reason, not with a number")
        func noBeats() async throws {
            let straps = try await room(
                """
                straps:
                  - {name: Watch 55AA55AA, address: "F0:00:00:00:00:02", rssi: -50, rr: false}
                """)
            let ending = try await me("--strap", "55AA55AA", "--minutes", "1", in: straps).ended()
            #expect(ending.status == 6 && ending.errors.contains("no beats came"), "\(ending)")
            #expect(ending.output.contains("sends heart rate but no beats"), "\(ending)")
        }

        @Test("what cannot be done is said plainly, before anything is done")
        func refusals() async throws {
            let straps = try await room()
            let unasked = try await me(in: straps).ended()
            #expect(unasked.status == 64 && unasked.errors.contains("entrain me --strap C3D4"), "\(unasked)")
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let silent = try await me("--no-input", in: straps, terminal: terminal).ended()
            #expect(silent.status == 64 && silent.errors.contains("nobody to be asked"), "\(silent)")
            let missing = try await me("--strap", "FFFF", in: straps).ended()
            #expect(missing.status == 4 && missing.errors.contains("entrain strap scan"), "\(missing)")
            for (arguments, phrase) in [
                (["--minutes", "0.5"], "1 to 60 minutes"), (["--pacer", "30"], "4 to 12 breaths"),
                (["--pacer", "slow"], "or is off"), (["--json", "--no-numbers"], "--json is numbers"),
                (["--strap", "C3D4", "--code", "G1-03"], "do not go together"), (["opn", "x"], "Did you mean 'open'?"),
            ] {
                let ending = try await me(arguments, in: straps.environment).ended()
                #expect(ending.status == 64 && ending.errors.contains(phrase), "\(ending)")
            }
            expectNothingKept()
        }

        @Test("a strap of a code, and one that a session holds, are not read past their owners")
        func taken() async throws {
            let straps = try await room()
            let made = try await Program.run(
                [Program.binary, "group", "new", "G1", "--size", "2", "--data", data], environment: straps.environment)
            let assigned = try await Program.run(
                [Program.binary, "assign", "G1-02", "A0:9E:1A:B2:C3:D4", "--data", data],
                environment: straps.environment)
            try #require(made.status == 0 && assigned.status == 0, "\(assigned)")
            let owned = try await me("--strap", "C3D4", in: straps).ended()
            #expect(owned.status == 7 && owned.errors.contains("belongs to G1-02"), "\(owned)")
            #expect(owned.errors.contains("entrain me --code G1-02"), "\(owned)")
            let session = try straps.entrain(
                "session", "start", "G2", "--size", "1", "--any", "--consent-on-paper", "--minutes", "60", "--screen",
                "off", "--data", scratch.path("other"))
            try await session.waits { try straps.truth().notifications.count > 20 }
            let worn = try #require(try straps.truth().notifications.last?.address)
            let held = try await Program.run(
                [Program.binary, "me", "--strap", worn, "--data", scratch.path("none")], environment: straps.environment
            )
            #expect(held.status == 7 && held.errors.contains("connected already"), "\(held)")
            #expect(held.errors.contains("entrain me --code"), "\(held)")
            // One strap is worn and the other one is somebody's, so nobody is asked about either.
            let other = try await Program.run(
                [Program.binary, "assign", "G1-01", "F0:00:00:00:00:02", "--data", data],
                environment: straps.environment)
            #expect(other.status == 0, "\(other)")
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let nearest = try await me(in: straps, terminal: terminal).ended()
            #expect(nearest.status == 4 && nearest.errors.contains("no strap came near"), "\(nearest)")
            #expect(nearest.errors.contains("belong to a session or to somebody"), "\(nearest)")
            let shown = terminal.shown()
            #expect(!shown.contains("Last four") && shown.contains("The 2 straps near belong to a session"), "\(shown)")
            let before = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > before + 5 }
            session.send(SIGINT)
            #expect(try await session.ended().status == 2)
        }

        @Test("a terminal that nobody reads does not hold the end up")
        func unread() async throws {
            let straps = try await room()
            let terminal = try PseudoTerminal(columns: 132, rows: 40)
            let reading = try me("--strap", "C3D4", "--minutes", "2", in: straps, terminal: terminal)
            let ending = try await reading.ended()
            #expect(ending.status == 0, "\(ending)")
            #expect(try await straps.whatGoesOn().isEmpty)
        }

        @Test(
            "Ctrl-C, a signal and a window that is closed end it at once, and nothing stays connected", arguments: 0..<3
        )
        func endings(way: Int) async throws {
            let straps = try await room()
            let terminal = try PseudoTerminal(columns: 132, rows: 40)
            let reading = try me("--strap", "C3D4", "--minutes", "60", in: straps, terminal: terminal)
            var picture = Picture(terminal)
            try await reading.waits { picture.now.contains("a minute up and down") }
            switch way {
            case 0: terminal.type("\u{3}")
            case 1: reading.send(SIGTERM)
            default: terminal.hangUp()
            }
            let ending = try await reading.ended()
            #expect(ending.status == 2, "\(ending)")
            #expect(try await straps.whatGoesOn().isEmpty)
            expectNothingKept()
        }
    }
}
