import Glibc
import Testing

extension EndToEnd {
    @Suite("How a session ends") struct EndingTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test("a killed session is interrupted, exportable, and lacks at most the last second")
        func killed() async throws {
            let data = scratch.path("data")
            let straps = try await Simulation(straps: 4, speed: 10, in: scratch)
            let session = try start(straps, data)
            try await session.waits { try straps.truth().notifications.count > 150 }
            let before = try straps.truth()
            // A second of the machine is ten of the straps.
            try await session.waits { try straps.truth().newest >= before.newest + 10 }
            session.kill()
            let after = try straps.truth()

            var list = try await SessionList(data: data)
            #expect(list.states == ["interrupted"])
            let name = try #require(list.only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            #expect(list.beats == [bundle.beats.rows.count])
            let kept = try bundle.intervalsByStrap()
            let ticks = try bundle.ticksByStrap()
            #expect(before.byStrap.count == 4)
            for (strap, sent) in after.byStrap {
                let packets = kept[strap] ?? []
                #expect(packets.count >= before.byStrap[strap]?.count ?? 0, "\(strap): more than a second is lost")
                #expect(packets == sent.prefix(packets.count).map(\.rr_1024), "\(strap): something is lost in between")
                #expect(ticks[strap] ?? [] == packets.flatMap { $0 }, "\(strap)")
            }
            #expect(try JSON(bundle.text("session.json"))["session"]?.string == name)

            let second = try start(straps, data)
            try await second.waits {
                let beats = try await SessionList(data: data).beats
                return beats.count == 2 && beats[1] > 0
            }
            list = try await SessionList(data: data)
            #expect(list.states == ["interrupted", "running"])
            #expect(list.sessions.last?["session"]?.string == "\(name)-2")
        }

        @Test(
            "a signal stops a session at once, keeps everything and leaves the radio idle",
            arguments: [SIGTERM, SIGINT])
        func signalled(signal: Int32) async throws {
            let data = scratch.path("data")
            let straps = try await Simulation(straps: 3, speed: 10, in: scratch)
            let session = try start(straps, data)
            try await session.waits { try straps.truth().byStrap.count == 3 && straps.truth().notifications.count > 60 }
            session.send(signal)
            let ending = try await session.ended()
            #expect(ending.status == 2, "\(ending)")
            #expect(ending.output.contains("session stopped, data kept"), "\(ending)")
            let list = try await SessionList(data: data)
            let name = try #require(list.only)
            #expect(ending.errors.contains("stopped; everything until now is kept as \(name)"), "\(ending)")
            #expect(!ending.output.contains("\u{1B}") && !ending.errors.contains("\u{1B}"))
            #expect(list.states == ["ended"])
            #expect(try await straps.whatGoesOn() == [])
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let kept = try bundle.intervalsByStrap()
            for (strap, sent) in try straps.truth().byStrap { #expect(kept[strap] == sent.map(\.rr_1024), "\(strap)") }
            #expect(bundle.text("markers.csv").contains("stopped by the user"))
            #expect(try await straps.stop().status == 0)
        }

        @Test(
            "a key stops the full screen, the terminal is given back as it was, and everything is kept",
            arguments: ["qy", "\u{3}"])
        func key(key: String) async throws {
            let data = scratch.path("data")
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let before = terminal.mode
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let session = try straps.entrain(
                "session", "start", "G1", "--size", "2", "--any", "--consent-on-paper", "--minutes", "60", "--data",
                data, terminal: terminal)
            var shown = ""
            try await session.waits {
                shown += terminal.shown()
                return try shown.contains("G1-02") && straps.truth().notifications.count > 40
            }
            #expect(terminal.mode != before, "keys are to come one by one")
            terminal.type(key)
            let ending = try await session.ended()
            shown += terminal.shown()
            #expect(ending.status == 2, "\(ending)")
            #expect(terminal.mode == before)
            let screens = shown.split(separator: "\u{1B}[?1049h", omittingEmptySubsequences: false)
            try #require(screens.count == 2, "one alternate screen")
            let parts = screens[1].split(separator: "\u{1B}[?1049l", omittingEmptySubsequences: false)
            try #require(parts.count == 2, "left once")
            for text in ["G1-01", "G1-02", "Coherence", "REC"] { #expect(parts[0].contains(text), "\(text)") }
            #expect(parts[1].contains("G1-01") && !parts[1].contains("\u{1B}[?"), "the summary comes after it")
            #expect(!shown.contains("\u{1B}[?25l") || parts[1].contains("\u{1B}[?25h"))
            #expect(try await SessionList(data: data).states == ["ended"])
        }

        @Test("Ctrl-C ends a scan at once, and nobody looks for straps any more")
        func scan() async throws {
            let straps = try await Simulation(straps: 1, speed: 1, in: scratch)
            let scan = try straps.entrain("strap", "scan", "--seconds", "600", "--data", scratch.path("data"))
            try await scan.waits { try await !straps.whatGoesOn().isEmpty }
            scan.send(SIGINT)
            #expect(try await scan.ended().status == -SIGINT)
            #expect(try await straps.whatGoesOn() == [])
        }

        @Test("a bus that goes away ends the session, which says so and keeps everything")
        func busGone() async throws {
            let data = scratch.path("data")
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let session = try start(straps, data)
            try await session.waits { try straps.truth().notifications.count > 40 }
            straps.kill()
            let ending = try await session.ended()
            #expect(ending.status == 3, "\(ending)")
            #expect(ending.errors.contains("the message bus went away; everything until then is kept"), "\(ending)")
            let list = try await SessionList(data: data)
            #expect(list.states == ["ended"])
            let bundle = try await Bundle(of: try #require(list.only), data: data, in: scratch)
            let kept = try bundle.intervalsByStrap()
            for (strap, sent) in try straps.truth().byStrap {
                let packets = kept[strap] ?? []
                #expect(packets == sent.prefix(packets.count).map(\.rr_1024), "\(strap)")
            }
            #expect(!bundle.beats.rows.isEmpty)
        }

        @Test("who ends a simulation ends its command")
        func simulation() async throws {
            let program = try Program([
                Program.binary, "sim", "--straps", "1", "--", "sh", "-c", "echo here; exec sleep 1000",
            ])
            try await program.waits { program.output == "here\n" }
            program.send(SIGTERM)
            let ending = try await program.ended()
            #expect(ending.status == 128 + SIGTERM, "\(ending)")
        }

        private func start(_ straps: Simulation, _ data: String) throws -> Program {
            try straps.entrain(
                "session", "start", "G1", "--size", "4", "--any", "--consent-on-paper", "--minutes", "60", "--screen",
                "plain", "--data", data)
        }
    }
}
