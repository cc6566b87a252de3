import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    /// One's own place in a session that runs in the room: ann has G1-01, ben G1-02, eve nothing.
    @Suite("A reading beside a session", .enabled(if: geteuid() == 0)) struct MeSessionTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        /// A class whose accounts may run the program, wherever it was built.
        private func classroom() async throws -> Classroom {
            let room = try await Classroom(in: scratch)
            try FileManager.default.copyItem(atPath: Program.binary, toPath: scratch.path("entrain"))
            try #require(chmod(scratch.path("entrain"), 0o755) == 0)
            return room
        }

        private func me(
            _ arguments: String..., as account: Account, in room: Classroom, terminal: PseudoTerminal? = nil
        ) throws -> Program {
            var environment = room.straps.environment
            environment["ENTRAIN_SERVICE_BUS"] = room.bus.address
            environment["HOME"] = "/nonexistent"
            return try room.bus.start(
                as: account, [scratch.path("entrain"), "me"] + arguments, environment: environment, terminal: terminal)
        }

        private func ticks(_ ending: Program.Ending) throws -> [Int] {
            try ending.lines.map { try JSON($0) }.filter { $0["type"] == .string("beat") }
                .compactMap { $0["rr_ms"]?.number.map { Int(($0 * 1.024).rounded()) } }
        }

        /// What the session kept of each code.
        private func ticks(_ bundle: Bundle) throws -> [String: [Int]] {
            var ticks: [String: [Int]] = [:]
            for beat in bundle.beats.rows {
                ticks[beat["code"] ?? "", default: []].append(try #require(Int(beat["rr_1024"] ?? "")))
            }
            return ticks
        }

        @Test("the own account is shown its own place on the screen, led by the coach, and leaves with q")
        func screen() async throws {
            let room = try await classroom()
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let reading = try me(as: .ann, in: room, terminal: terminal)
            var picture = Picture(terminal)
            try await reading.waits { picture.now.contains("you and your coach see this · G1-01") }
            try await reading.waits { picture.now.contains("a minute up and down") && picture.now.contains("Breathe ") }
            terminal.type("+")
            try await reading.waits { picture.now.contains("The pacer is the whole group's.") }
            terminal.type(" ")
            try await reading.waits { picture.now.contains("Your coach leads the session") }
            try await reading.waits { picture.now.contains("compared after a second full minute") }
            terminal.type("q")
            let ending = try await reading.ended()
            #expect(ending.status == 2, "\(ending)")
            #expect(picture.now.contains("Not saved."))
            let bundle = try await room.end()
            #expect(!bundle.text("markers.csv").contains("refused"))
        }

        @Test("two students at one time each get their own beats and nobody else's")
        func apart() async throws {
            let room = try await classroom()
            let readings = [
                try me("--minutes", "1", "--json", as: .ann, in: room),
                try me("--minutes", "1", "--json", as: .ben, in: room),
            ]
            var heard: [[Int]] = []
            for reading in readings {
                let ending = try await reading.ended()
                #expect([0, 6].contains(ending.status), "\(ending)")
                let last = try JSON(ending.lines.last ?? "")
                #expect(last["event"] == .string("end") && last["receipt"] == .null, "\(ending)")
                heard.append(try ticks(ending))
            }
            let bundle = try await room.end()
            let sent = try ticks(bundle)
            for (own, code, other) in [(heard[0], "G1-01", "G1-02"), (heard[1], "G1-02", "G1-01")] {
                try #require(own.count > 30)
                let (mine, theirs) = (sent[code] ?? [], sent[other] ?? [])
                #expect(mine.indices.contains { Array(mine[$0...].prefix(own.count)) == own }, "\(code)")
                #expect(!theirs.indices.contains { Array(theirs[$0...].prefix(10)) == Array(own.prefix(10)) })
            }
        }

        @Test("somebody else's code is refused with a sentence, and the session writes that down")
        func refused() async throws {
            let room = try await classroom()
            for (account, code) in [(Account.ann, "G1-02"), (.eve, "G1-01")] {
                let ending = try await me("--code", code, as: account, in: room).ended()
                #expect(ending.status == 7 && ending.output.isEmpty, "\(ending)")
                #expect(ending.errors.contains("\(code) is not yours"), "\(ending)")
                #expect(ending.errors.contains("has written down"), "\(ending)")
            }
            let own = try await me("--code", "G1-01", "--minutes", "1", as: .ann, in: room).ended()
            #expect([0, 6].contains(own.status) && own.output.contains("beats come from"), "\(own)")
            // Who has no place there is asked for a strap.
            let stranger = try await me(as: .eve, in: room).ended()
            #expect(stranger.status == 64 && stranger.errors.contains("entrain me --strap"), "\(stranger)")
            for (code, phrase) in [("G1-09", "has no G1-09"), ("G7-01", "no session of G7 runs here")] {
                let ending = try await me("--code", code, as: .coach, in: room).ended()
                #expect(ending.status == 4 && ending.errors.contains(phrase), "\(ending)")
            }
            let bundle = try await room.end()
            let markers = bundle.text("markers.csv")
            #expect(markers.contains("G1-02,notice,the account of G1-01 asked for this code and was refused"))
            #expect(markers.contains("G1-01,notice,an account that no code is tied to asked for this code and was"))
            #expect(!markers.contains("ann") && !markers.contains("eve"))
        }

        @Test("what was seen beside a session can be kept under a receipt, and ends with the session")
        func kept() async throws {
            let room = try await classroom()
            let folder = scratch.path("own")
            let reading = try me("--code", "G1-01", "--keep", "--json", "--data", folder, as: .root, in: room)
            try await reading.waits { reading.output.split(separator: "\n").count > 80 }
            let bundle = try await room.end()
            let ending = try await reading.ended()
            let receipt = try #require(try JSON(ending.lines.last ?? "")["receipt"]?.string, "\(ending)")
            let opened = try await Program.entrain("me", "open", receipt, "--json", "--data", folder)
            let own = try JSON(opened.output)["intervals"]?.elements.compactMap { beat in
                beat["rr_1024"]?.number.map { Int($0) }
            }
            let mine = try ticks(bundle)["G1-01"] ?? []
            let kept = try #require(own)
            #expect(kept.count > 30 && mine.indices.contains { Array(mine[$0...].prefix(kept.count)) == kept })
        }
    }
}
