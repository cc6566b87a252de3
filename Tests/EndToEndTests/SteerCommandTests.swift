import Glibc
import Testing

extension EndToEnd {
    @Suite("A session led from another terminal") struct SteerCommandTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        private func session(_ words: String...) async throws -> Program.Ending {
            try await Program.run([Program.binary, "session"] + words + ["--data", data])
        }

        private func begin(_ straps: Simulation, script: String = "pal-30") async throws -> Program {
            let running = try straps.entrain(
                "session", "start", "G1", "--size", "2", "--any", "--consent-on-paper", "--screen", "plain",
                "--script", script, "--data", data)
            try await running.waits { try await session("note", "the service is there").status == 0 }
            return running
        }

        @Test("next, back, pause, resume, mark, note and stop do it, and say where the session stands")
        func leading() async throws {
            let straps = try await Simulation(straps: 2, speed: 5, in: scratch)
            let running = try await begin(straps)
            let name = try #require(try await SessionList(data: data).only)
            // The first phase ends by itself once the straps are there.
            try await running.waits { running.output.contains("phase baseline started") }
            for (word, output) in [
                ("pause", "\(name): Baseline is interrupted.\n"), ("resume", "\(name): Baseline runs.\n"),
                ("next", "\(name): Select runs.\n"), ("back", "\(name): Baseline runs.\n"),
            ] {
                let ending = try await session(word, "G1")
                #expect(ending.status == 0 && ending.output == output, "\(ending)")
            }
            let json = try JSON(try await session("pause", "--json").output)
            #expect(json["session"]?.string == name && json["did"]?.string == "pause")
            #expect(json["phase"]?.string == "baseline" && json["paused"] == .bool(true))
            #expect(try await session("mark", "window opened").output == "\(name): Marked the group.\n")
            #expect(try await session("mark", "coughs", "--code", "G1-02").output == "\(name): Marked G1-02.\n")
            #expect(try await session("note", "a quiet evening", "--session", name).output == "\(name): Noted.\n")
            let stranger = try await session("mark", "coughs", "--code", "G1-09")
            #expect(stranger.status == 4 && stranger.errors.contains("has no code G1-09"), "\(stranger)")
            let empty = try await session("note", " ")
            #expect(empty.status == 64 && empty.errors.contains("the text is empty"), "\(empty)")
            let stopped = try await session("stop")
            #expect(stopped.output == "\(name) has stopped; everything until now is kept.\n", "\(stopped)")
            #expect(try await running.ended().status == 2)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let markers = bundle.text("markers.csv")
            for line in ["mark,window opened", "code,G1-02,mark,coughs", "note,a quiet evening"] {
                #expect(markers.contains(line), "\(markers)")
            }
            let phases = try Table(bundle.text("phases.csv")).rows.compactMap { $0["phase"] }
            #expect(phases == ["fit", "baseline", "pause", "baseline", "select", "baseline", "pause"])
        }

        @Test("there is nothing to go back to in the first phase, and nothing to lead when nothing runs")
        func nothing() async throws {
            for words in [["next"], ["pause", "G1"], ["mark", "x"], ["note", "x"], ["stop"]] {
                let ending = try await Program.run([Program.binary, "session"] + words + ["--data", data])
                #expect(ending.status == 4 && ending.errors.contains("runs. See:  entrain session list"), "\(ending)")
            }
            let straps = try await Simulation(straps: 2, speed: 5, in: scratch)
            let running = try straps.entrain(
                "session", "start", "G1", "--size", "2", "--any", "--consent-on-paper", "--screen", "plain",
                "--minutes", "60", "--data", data)
            try await running.waits { try await session("note", "the service is there").status == 0 }
            for code in ["G1-01", "G1-02"] {
                try await running.waits { running.output.contains("\(code) strap Polar") }
            }
            let back = try await session("back")
            #expect(back.status == 1 && back.errors.contains("is in its first phase"), "\(back)")
            let other = try await session("next", "G2")
            #expect(other.status == 4 && other.errors.contains("no session G2 runs"), "\(other)")
            let last = try await session("next")
            #expect(last.status == 0 && last.output.contains("the last phase is over"), "\(last)")
            #expect(try await running.ended().status == 0)
        }

        @Test("of two sessions on one machine the one that is named is led, and both are found")
        func two() async throws {
            let straps = try await Simulation(straps: 2, speed: 5, in: scratch)
            let bus = try #require(straps.environment["DBUS_SYSTEM_BUS_ADDRESS"])
            var running: [Program] = []
            for group in ["G1", "G2"] {
                let session = try straps.entrain(
                    "session", "start", group, "--size", "1", "--any", "--consent-on-paper", "--screen", "plain",
                    "--minutes", "60", "--data", data)
                try await session.waits {
                    try await self.session("note", "it is there", "--session", group).status == 0
                }
                running.append(session)
            }
            let list = try await Program.run([
                "busctl", "--address=\(bus)", "call", "org.entrain.Gateway1", "/org/entrain/Gateway1",
                "org.entrain.Gateway1.Manager1", "ListSessions",
            ])
            #expect(list.output.hasPrefix("a(so) 2 ") && list.output.contains("_G1\"") && list.output.contains("_G2\""))
            let unclear = try await session("pause")
            #expect(unclear.status == 64 && unclear.errors.contains("more than one session runs"), "\(unclear)")
            #expect(try await session("pause", "G2").status == 0)
            #expect(try await session("mark", "here", "--session", "G2").status == 0)
            for name in list.output.split(separator: "\"").map(String.init) where name.hasPrefix("org.") {
                let path = "/org/entrain/Gateway1/session/" + name.dropFirst("org.entrain.Gateway1.Session_".count)
                let isPaused = try await Program.run([
                    "busctl", "--address=\(bus)", "get-property", name, path, "org.entrain.Gateway1.Session1",
                    "IsPaused",
                ])
                #expect(isPaused.output == (name.hasSuffix("_G2") ? "b true\n" : "b false\n"), "\(isPaused)")
            }
            for (group, session) in zip(["G2", "G1"], running.reversed()) {
                #expect(try await self.session("stop", group).status == 0)
                #expect(try await session.ended().status == 2)
            }
        }

        @Test("where no bus lets the session be offered it is recorded all the same, said to whoever asks, and stopped")
        func noService() async throws {
            let straps = try await Simulation(straps: 1, speed: 5, in: scratch)
            var environment = straps.environment
            environment["ENTRAIN_SERVICE_BUS"] = "unix:path=\(scratch.path("nobody"))"
            let running = try Program(
                [
                    Program.binary, "session", "start", "G1", "--size", "1", "--any", "--consent-on-paper", "--minutes",
                    "60", "--screen", "plain", "--verbose", "--data", data,
                ], environment: environment)
            try await running.waits { try straps.truth().notifications.count > 5 }
            try await running.waits { running.output.contains("group is led from this terminal alone") }
            let name = try #require(try await SessionList(data: data).only)
            let next = try await session("next")
            #expect(next.status == 1 && next.errors.contains("\(name) runs, but no bus lets"), "\(next)")
            let stopped = try await session("stop")
            #expect(stopped.status == 0 && stopped.output.contains("has stopped"), "\(stopped)")
            #expect(try await running.ended().status == 2)
        }

        @Test("an account that may not lead is told so", .enabled(if: geteuid() == 0))
        func noRight() async throws {
            let room = try await Classroom(in: scratch)
            for words in [["next"], ["mark", "x"], ["stop"]] {
                let ending = try await room.bus.run(
                    as: .ann, [Program.binary, "session"] + words + ["--data", scratch.path("none")])
                #expect(ending.status == 7, "\(ending)")
                #expect(ending.errors.contains("your account may not lead"), "\(ending)")
            }
            let led = try await room.bus.run(
                as: .coach, [Program.binary, "session", "mark", "seen", "--data", scratch.path("none")])
            #expect(led.status == 0 && led.output.contains("Marked the group."), "\(led)")
            _ = try await room.end()
        }
    }
}
