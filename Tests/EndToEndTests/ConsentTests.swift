import Glibc
import Testing

extension EndToEnd {
    @Suite("Consent") struct ConsentTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        private func entrain(_ words: String) async throws -> Program.Ending {
            try await Program.run(
                [Program.binary] + words.split(separator: " ").map(String.init) + ["--data", data])
        }

        private func start(_ straps: Simulation, _ words: String = "") throws -> Program {
            try Program(
                [Program.binary, "session", "start", "G1", "--any", "--screen", "plain", "--minutes", "60"]
                    + words.split(separator: " ").map(String.init) + ["--data", data], environment: straps.environment)
        }

        @Test("who was not asked is named, with how to go on; each of the ways is taken")
        func journey() async throws {
            #expect(try await entrain("group new G1 --size 3").status == 0)
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            #expect(try await entrain("privacy consent G1-01 --yes-on-paper").output == "G1-01: agreed.\n")
            let refused = try await start(straps).ended()
            #expect(refused.status == 7, "\(refused)")
            #expect(
                refused.errors == """
                    entrain: 2 of 3 students have no consent on record: G1-02, G1-03.
                      Record it:        entrain privacy consent G1-02 --yes-on-paper
                      Start without:    entrain session start G1 --any --without G1-02,G1-03
                      All have signed:  entrain session start G1 --any --consent-on-paper

                    """)
            #expect(try await SessionList(data: data).sessions.isEmpty, "nothing was begun")
            #expect(try await entrain("privacy consent G1-02 --no").status == 0)
            let session = try start(straps, "--without G1-03")
            try await session.waits { try straps.truth().notifications.count > 40 }
            session.send(SIGINT)
            let ending = try await session.ended()
            #expect(ending.status == 2, "\(ending)")
            #expect(ending.errors.contains("Not recorded: G1-02 (said no), G1-03 (left out)."), "\(ending)")
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            #expect(Set(bundle.packets.cells("code")) == ["G1-01"])
        }

        @Test("a no stays a no when everybody else has signed, and an unknown code is named")
        func noStays() async throws {
            #expect(try await entrain("group new G1 --size 2").status == 0)
            #expect(try await entrain("privacy consent G1-02 --no").status == 0)
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let session = try start(straps, "--consent-on-paper")
            try await session.waits { session.output.contains("connected") }
            session.send(SIGINT)
            #expect(try await session.ended().status == 2)
            let show = try JSON(try await entrain("group show G1 --json").output)
            #expect(show["members"]?.elements.compactMap { $0["consent"]?.string } == ["study", "no"])
            let unknown = try await entrain("privacy consent G1-02,G1-09 --yes-on-paper")
            #expect(unknown.status == 4 && unknown.errors.contains("no code G1-09"), "\(unknown)")
            let after = try JSON(try await entrain("group show G1 --json").output)
            #expect(after == show, "nothing is changed for the others then")
            #expect(try await entrain("privacy consent G1-02").status == 64)
            #expect(try await entrain("privacy consent G1-02 --no --session-only").status == 64)
        }

        @Test("a withdrawal in the middle of a session ends recording at once and deletes what it had")
        func withdrawal() async throws {
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let session = try start(straps, "--size 2 --consent-on-paper")
            try await session.waits { try straps.truth().byStrap.count == 2 && straps.truth().newest > 20 }
            let withdrawn = try await entrain("privacy withdraw G1-02")
            #expect(withdrawn.status == 0 && withdrawn.output.contains("G1-02 has withdrawn"), "\(withdrawn)")
            try await session.waits { session.output.contains("G1-02 takes part no more") }
            #expect(try await entrain("privacy consent G1-02 --yes-on-paper").status == 0, "for the next session")
            let goneOn = try straps.truth().notifications.count + 30
            try await session.waits { try straps.truth().notifications.count > goneOn }
            #expect(try await straps.whatGoesOn().count { $0.contains("/dev_") } == 1, "its strap is let go")
            session.send(SIGINT)
            let ending = try await session.ended()
            #expect(ending.status == 2 && ending.output.contains("1 withdrawn"), "\(ending)")
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            #expect(Set(bundle.packets.cells("code")) == ["G1-01"])
            #expect(!bundle.text("session.json").contains("G1-02"))
            #expect(!bundle.text("markers.csv").contains("G1-02") && !bundle.text("links.csv").contains("G1-02"))
            #expect(try JSON(bundle.text("session.json"))["withdrawn"]?.number == 1)
        }

        @Test(
            "what was agreed to for the session only is gone after it, also when that was said in its middle",
            arguments: [false, true])
        func sessionOnly(inSession: Bool) async throws {
            #expect(try await entrain("group new G1 --size 2").status == 0)
            let later = inSession ? "yes-on-paper" : "session-only"
            #expect(try await entrain("privacy consent G1-01 --yes-on-paper").status == 0)
            #expect(try await entrain("privacy consent G1-02 --\(later)").status == 0)
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let session = try start(straps)
            try await session.waits { try straps.truth().byStrap.count == 2 && straps.truth().newest > 20 }
            if inSession {
                #expect(try await entrain("privacy consent G1-02 --session-only").status == 0)
                try await session.waits { session.output.contains("G1-02 agreed to the session only") }
            }
            session.send(SIGINT)
            #expect(try await session.ended().status == 2)
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            #expect(Set(bundle.packets.cells("code")) == ["G1-01"])
            let show = try await entrain("session show \(name)")
            #expect(show.output.contains("agreed to the session only: deleted at its end"), "\(show)")
        }

        @Test("a late joiner is taken in when consent comes, with a strap of the room")
        func lateJoiner() async throws {
            #expect(try await entrain("group new G1 --size 2").status == 0)
            #expect(try await entrain("privacy consent G1-01 --yes-on-paper").status == 0)
            #expect(try await entrain("privacy consent G1-02 --no").status == 0)
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let session = try start(straps)
            try await session.waits { session.output.contains("connected") }
            #expect(try await entrain("privacy consent G1-02 --yes-on-paper").status == 0)
            try await session.waits { session.output.contains("G1-02 strap ") }
            let more = try straps.truth().notifications.count + 30
            try await session.waits { try straps.truth().notifications.count > more }
            session.send(SIGINT)
            #expect(try await session.ended().status == 2)
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            #expect(Set(bundle.packets.cells("code")) == ["G1-01", "G1-02"])
        }
    }
}
