import Glibc
import Testing

extension EndToEnd {
    /// A coach at a terminal: keys, and what becomes of the terminal.
    @Suite("A coach at the terminal") struct CoachTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        @Test("keys lead the session: pause, marks, blank numbers, help, a withdrawal, another strap, the end")
        func keys() async throws {
            let (straps, terminal, session) = try await start(straps: 4, size: 3)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("3 on") }
            terminal.type("2")
            try await session.waits { picture.now.contains("G1-02   coach: \"mark\"") }
            terminal.type("p")
            try await session.waits { picture.now.contains("PAUSED") }
            terminal.type("p")
            try await session.waits { !picture.now.contains("PAUSED") }
            terminal.type("b")
            try await session.waits { picture.now.contains("numbers are hidden") }
            terminal.type("b?")
            try await session.waits { picture.now.contains("take in a student who comes late") }
            terminal.type("?w3")
            try await session.waits { picture.now.contains("G1-03 withdraws?") }
            terminal.type("y")
            try await session.waits { picture.now.contains("takes part no more") }
            terminal.type("s1")
            try await session.waits { picture.now.contains("G1-01 gets: Enter = nearest, or ID: _") }
            terminal.type("\r")
            try await session.waits { picture.now.contains("is to get another strap") }
            try await session.waits { try straps.truth().byStrap.count == 4 }
            terminal.type("q")
            try await session.waits { picture.now.contains("End the session now?") }
            terminal.type("x")
            try await session.waits { !picture.now.contains("End the session now?") }
            terminal.type("qy")
            let ending = try await session.ended()
            #expect(ending.status == 2, "\(ending)")

            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let phases = bundle.text("phases.csv").split(separator: "\n").dropFirst().map {
                $0.split(separator: ",")[1]
            }
            #expect(phases == ["practice", "pause", "practice"])
            let markers = bundle.text("markers.csv")
            for text in ["code,G1-02,mark,mark", "pause,practice paused by the coach", "resume,practice goes on"] {
                #expect(markers.contains(text), "\(text) in \(markers)")
            }
            let links = bundle.text("links.csv")
            #expect(links.contains("G1-01") && links.contains(",swap,") && !links.contains("G1-03"), "\(links)")
            #expect(!bundle.text("beats.csv").contains("G1-03"))
        }

        @Test("a late joiner is asked for consent at the keys, and recorded from then on")
        func late() async throws {
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let made = try await Program.entrain("group", "new", "G1", "--size", "2", "--data", data)
            let agreed = try await Program.entrain("privacy", "consent", "G1-01", "--yes-on-paper", "--data", data)
            try #require(made.status == 0 && agreed.status == 0)
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let session = try straps.entrain(
                "session", "start", "G1", "--any", "--without", "G1-02", "--minutes", "60", "--data", data,
                terminal: terminal)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("1 on") }
            terminal.type("l")
            try await session.waits { picture.now.contains("G1-02 (not asked yet)") }
            terminal.type("2")
            try await session.waits { picture.now.contains("What has G1-02 agreed to") }
            terminal.type("x")
            try await session.waits { picture.now.contains("No consent, no recording.") }
            terminal.type("l2y")
            try await session.waits { picture.now.contains("G1-02 gets: Enter = nearest, or ID: _") }
            terminal.type("\r")
            try await session.waits { picture.now.contains("2 on") }
            terminal.type("\u{3}")
            #expect(try await session.ended().status == 2)
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            #expect(bundle.text("packets.csv").contains("G1-02"))
        }

        @Test("a strap is given by its printed ID: another one, and to one more than the group has places")
        func named() async throws {
            let (straps, terminal, session) = try await start(straps: 4, size: 2)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("2 on") }
            let worn = Set(try straps.truth().byStrap.keys)
            let scan = try straps.entrain("strap", "scan", "--seconds", "5", "--json", "--data", data)
            let heard = try await scan.ended()
            let free = heard.lines.compactMap { line -> String? in
                guard let strap = try? JSON(line), let name = strap["name"]?.string, !worn.contains(name) else {
                    return nil
                }
                return strap["id"]?.string
            }
            try #require(free.count >= 2, "\(heard)")
            let other = try #require(worn.sorted().last?.split(separator: " ").last)
            terminal.type("s1\(other)\r")
            try await session.waits { picture.now.contains("Choose another") }
            terminal.type("\rs1FFFF9\r")
            try await session.waits { picture.now.contains("No strap 'FFFF9' is heard or known.") }
            terminal.type("\rs1\(free[0])\r")
            try await session.waits { try straps.truth().byStrap.keys.contains { $0.hasSuffix(free[0]) } }
            terminal.type("lny\(free[1])\r")
            try await session.waits { picture.now.contains("3 on") }
            terminal.type("qy")
            #expect(try await session.ended().status == 2)
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let links = bundle.text("links.csv").split(separator: "\n")
            #expect(links.contains { $0.contains("G1-01") && $0.contains(free[0]) && $0.contains(",swap,") })
            #expect(links.contains { $0.contains("G1-03") && $0.contains(free[1]) && $0.contains(",connect,") })
            let group = try await Program.entrain("group", "show", "G1", "--json", "--data", data)
            #expect(try JSON(group.output)["members"]?.elements.last?["consent"]?.string == "study", "\(group)")
        }

        @Test("Ctrl-Z puts the screen away and Enter brings it back; a stopped process goes on; recording never stops")
        func suspended() async throws {
            let (straps, terminal, session) = try await start(straps: 1, size: 1)
            let before = terminal.mode
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("1 on") }
            let raw = terminal.mode
            terminal.type("\u{1A}")
            try await session.waits { picture.now.contains("Enter brings it back") }
            #expect(terminal.mode != raw)
            let sent = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > sent + 10 }
            picture.wipe()
            terminal.type("\n")
            try await session.waits { picture.now.contains("Coherence") }
            #expect(terminal.mode == raw)
            session.send(SIGTSTP)
            try await session.waits { picture.now.contains("Enter brings it back") }
            terminal.type("\n")
            try await session.waits { terminal.mode == raw }
            session.send(SIGSTOP)
            picture.wipe()
            session.send(SIGCONT)
            try await session.waits { picture.now.contains("Coherence") && terminal.mode == raw }
            session.send(SIGTERM)
            #expect(try await session.ended().status == 2)
            #expect(before != raw)
            try await expectEverything(of: straps)
        }

        @Test("a window that is made smaller and larger is drawn anew; below 60 by 16 there is one line")
        func resized() async throws {
            let (straps, terminal, session) = try await start(straps: 1, size: 1)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("Batt") }
            picture.wipe()
            try terminal.resize(columns: 132, rows: 40)
            try await session.waits { picture.now.contains("low/med/high %") }
            picture.wipe()
            try terminal.resize(columns: 52, rows: 20)
            try await session.waits { picture.now.contains("make the window larger (now 52×20, need 60×16)") }
            let sent = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > sent + 10 }
            picture.wipe()
            try terminal.resize(columns: 60, rows: 16)
            try await session.waits { picture.now.contains("Strap") }
            terminal.type("\u{3}")
            #expect(try await session.ended().status == 2)
            try await expectEverything(of: straps)
        }

        @Test("a terminal that goes away stops nothing: the session goes on until it is stopped from elsewhere")
        func hungUp() async throws {
            let (straps, terminal, session) = try await start(straps: 1, size: 1)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("1 on") }
            session.send(SIGHUP)
            try await session.waits { session.errors.contains("the terminal is gone; recording goes on") }
            terminal.hangUp()
            let sent = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > sent + 20 }
            #expect(try await SessionList(data: data).states == ["running"])
            let stop = try await Program.entrain("session", "stop", "--data", data)
            #expect(stop.status == 0 && stop.output.contains("has stopped; everything until now is kept"), "\(stop)")
            #expect(try await session.ended().status == 2)
            try await expectEverything(of: straps)
            let again = try await Program.entrain("session", "stop", "--data", data)
            #expect(again.status == 4 && again.errors.contains("no session runs"), "\(again)")
        }

        @Test("a terminal that vanishes without a word stops nothing either")
        func vanished() async throws {
            let (straps, terminal, session) = try await start(straps: 1, size: 1)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("1 on") }
            terminal.hangUp()
            let sent = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > sent + 20 }
            session.send(SIGTERM)
            #expect(try await session.ended().status == 2)
            try await expectEverything(of: straps)
        }

        @Test(
            "a terminal that nobody reads stops neither the recording nor the session's end",
            arguments: ["full", "plain"])
        func unread(screen: String) async throws {
            let (straps, terminal, session) = try await start(straps: 1, size: 1, screen: screen)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains(screen == "full" ? "1 on" : "connected") }
            try terminal.fill()
            let sent = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > sent + 30 }
            session.send(SIGTERM)
            let ending = try await session.ended()
            #expect(ending.status == 2 && ending.errors.contains("everything until now is kept"), "\(ending)")
            try await expectEverything(of: straps)
        }

        @Test("a screen that nobody read for a while is whole again once somebody does")
        func readAgain() async throws {
            let (straps, terminal, session) = try await start(straps: 1, size: 1)
            var picture = Picture(terminal)
            try await session.waits { picture.now.contains("1 on") }
            try terminal.fill()
            let sent = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > sent + 30 }
            terminal.type("?")
            picture.wipe()
            try terminal.resize(columns: 100, rows: 30)
            try await session.waits { picture.now.contains("take in a student who comes late") }
            terminal.type("\u{3}")
            #expect(try await session.ended().status == 2)
            try await expectEverything(of: straps)
        }

        private func start(straps: Int, size: Int, screen: String = "auto") async throws -> (
            Simulation, PseudoTerminal, Program
        ) {
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let straps = try await Simulation(straps: straps, speed: 10, in: scratch)
            let session = try straps.entrain(
                "session", "start", "G1", "--size", "\(size)", "--any", "--consent-on-paper", "--minutes", "60",
                "--screen", screen, "--data", data, terminal: terminal)
            return (straps, terminal, session)
        }

        private func expectEverything(of straps: Simulation) async throws {
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let kept = try bundle.intervalsByStrap()
            let truth = try straps.truth().byStrap
            #expect(!truth.isEmpty)
            for (strap, sent) in truth { #expect(kept[strap] == sent.map(\.rr_1024), "\(strap)") }
        }
    }
}
