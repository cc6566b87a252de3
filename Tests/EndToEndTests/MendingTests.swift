import Glibc
import Testing

extension EndToEnd {
    @Suite("What is mended afterwards") struct MendingTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        private static let room = """
            seed: 3
            straps:
              - {name: Polar H10 AAAA0001, address: "A0:9E:1A:00:00:01", rssi: -48, heart: {ectopic: 0}}
              - {name: Polar H10 AAAA0002, address: "A0:9E:1A:00:00:02", rssi: -55, heart: {ectopic: 0}}
              - {name: Polar H10 AAAA0003, address: "A0:9E:1A:00:00:03", rssi: -62, heart: {ectopic: 0}}
            """

        private func entrain(_ words: String, in straps: Simulation? = nil) async throws -> Program.Ending {
            try await Program.run(
                [Program.binary] + words.split(separator: " ").map(String.init) + ["--data", data],
                environment: straps?.environment ?? [:])
        }

        private func start(_ straps: Simulation, _ words: String) throws -> Program {
            try Program(
                [Program.binary, "session", "start", "G1", "--screen", "plain", "--minutes", "60"]
                    + words.split(separator: " ").map(String.init) + ["--data", data], environment: straps.environment)
        }

        private func simulation() async throws -> Simulation {
            try await Simulation(scenario: scratch.write(Self.room, to: "room.yaml"), speed: 10, in: scratch)
        }

        /// A minute of G1-01 and G1-02; G1-03 has agreed, but took no part.
        private func recordTwo(of straps: Simulation) async throws {
            let session = try start(straps, "--size 3 --any --consent-on-paper --without G1-03")
            try await session.waits { try straps.truth().byStrap.count == 2 && straps.truth().newest > 60 }
            session.send(SIGINT)
            #expect(try await session.ended().status == 2)
            #expect(try await entrain("privacy consent G1-03 --yes-on-paper").status == 0)
        }

        @Test("a session whose program was killed is recovered with all it had, once")
        func recovery() async throws {
            let straps = try await simulation()
            let session = try start(straps, "--size 3 --any --consent-on-paper")
            try await session.waits { try straps.truth().byStrap.count == 3 && straps.truth().newest > 30 }
            let name = try #require(try await SessionList(data: data).only)
            let running = try await entrain("session recover \(name)")
            #expect(running.status == 1 && running.errors.contains("still running"), "\(running)")
            session.kill()
            let before = try await SessionList(data: data)
            #expect(before.states == ["interrupted"])
            let recovered = try await entrain("session recover \(name)")
            #expect(recovered.status == 0, "\(recovered)")
            #expect(recovered.output.contains("Recovered \(name)"), "\(recovered)")
            #expect(recovered.output.contains("broken off in Practice"), "\(recovered)")
            let after = try await SessionList(data: data)
            #expect(after.states == ["ended"] && after.beats == before.beats)
            let again = try await entrain("session recover \(name)")
            #expect(again.status == 0 && again.output.contains("nothing to recover"), "\(again)")
            #expect(try await entrain("session recover 20200101-G1").status == 4)
        }

        @Test("what was recorded as one code's is given to another, a stretch of it, and back; exports follow")
        func reassign() async throws {
            let straps = try await simulation()
            try await recordTwo(of: straps)
            let name = try #require(try await SessionList(data: data).only)
            let before = try await Bundle(of: name, data: data, in: scratch)
            let mixed = try await entrain("session reassign \(name) --from G1-01 --to G1-02")
            #expect(mixed.status == 7 && mixed.errors.contains("beats of its own"), "\(mixed)")
            let done = try await entrain("session reassign \(name) --from G1-01 --to G1-03 --t 30..45")
            #expect(done.status == 0, "\(done)")
            let after = try await Bundle(of: name, data: data, in: scratch)
            let moved = after.packets.rows.filter { $0["code"] == "G1-03" }
            #expect(moved.count > 10 && moved.allSatisfy { (30..<45).contains(Double($0["t_s"] ?? "") ?? 0) })
            #expect(after.beats.rows.count == before.beats.rows.count)
            for (code, beats) in after.beats.rows(by: "code") {
                #expect(beats.compactMap { Int($0["seq"] ?? "") } == Array(1...beats.count), "\(code)")
            }
            #expect(try JSON(after.text("session.json"))["corrections"]?.elements.count == 1)
            let show = try await entrain("session show \(name)")
            #expect(
                show.output.contains("what was recorded of G1-01 from 30.0 s to 45.0 s belongs to G1-03"), "\(show)")
            let code = try await entrain("session show \(name) --code G1-03")
            #expect(code.status == 0 && code.output.contains("G1-03 in \(name)"), "\(code)")
            #expect(try await entrain("session reassign \(name) --from G1-03 --to G1-01 --t 30..45").status == 0)
            let back = try await Bundle(of: name, data: data, in: scratch)
            #expect(back.packets.rows == before.packets.rows)
            for bad in ["45..30", "x..", "30"] {
                #expect(try await entrain("session reassign \(name) --from G1-01 --to G1-02 --t \(bad)").status == 64)
            }
        }

        @Test("a strap that is given while a session runs goes on with a new segment of the same code")
        func swap() async throws {
            #expect(try await entrain("group new G1 --size 2").status == 0)
            let straps = try await simulation()
            #expect(try await entrain("assign G1-01 AAAA0001", in: straps).status == 0)
            #expect(try await entrain("assign G1-02 AAAA0002", in: straps).status == 0)
            let session = try start(straps, "--consent-on-paper")
            try await session.waits { try straps.truth().byStrap.count == 2 && straps.truth().newest > 30 }
            let taken = try await entrain("assign G1-01 AAAA0002", in: straps)
            #expect(taken.status == 7 && taken.errors.contains("belongs to G1-02"), "\(taken)")
            #expect(try await entrain("assign G1-01 AAAA0003", in: straps).status == 0)
            try await session.waits { session.output.contains("G1-01 strap Polar H10 AAAA0003 connected") }
            let more = try straps.truth().newest + 20
            try await session.waits { try straps.truth().newest > more }
            session.send(SIGINT)
            #expect(try await session.ended().status == 2)
            let name = try #require(try await SessionList(data: data).only)
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let packets = try #require(bundle.packets.rows(by: "code")["G1-01"])
            let worn = packets.compactMap { $0["strap"] }
            let first = worn.prefix { $0 == "Polar H10 AAAA0001" }
            #expect(!first.isEmpty && worn.dropFirst(first.count).allSatisfy { $0 == "Polar H10 AAAA0003" })
            #expect(worn.count > first.count)
            let beats = try #require(bundle.beats.rows(by: "code")["G1-01"])
            let segments = Set(
                beats.map { beat in
                    "\(beat["segment"] ?? "") \(packets[(Int(beat["packet"] ?? "") ?? 1) - 1]["strap"] ?? "")"
                })
            #expect(segments.count == 2, "one segment a strap: \(segments)")
            #expect(
                Set(bundle.packets.rows(by: "code")["G1-02"]?.compactMap { $0["strap"] } ?? []) == [
                    "Polar H10 AAAA0002"
                ])
        }

        @Test("two straps that were mixed up are put right while the session runs: no beat is lost, none is mixed")
        func mixedUp() async throws {
            #expect(try await entrain("group new G1 --size 2").status == 0)
            let straps = try await simulation()
            #expect(try await entrain("assign G1-01 AAAA0001", in: straps).status == 0)
            #expect(try await entrain("assign G1-02 AAAA0002", in: straps).status == 0)
            let session = try start(straps, "--consent-on-paper")
            try await session.waits { try straps.truth().byStrap.count == 2 && straps.truth().newest > 30 }
            let name = try #require(try await SessionList(data: data).only)
            #expect(try await entrain("assign G1-02 -").status == 0)
            try await session.waits { session.output.contains("G1-02 has no strap now") }
            #expect(try await entrain("assign G1-01 AAAA0002", in: straps).status == 0)
            try await session.waits { session.output.contains("G1-01 wears Polar H10 AAAA0002 from now on") }
            #expect(try await entrain("assign G1-02 AAAA0001", in: straps).status == 0)
            try await session.waits {
                session.output.contains("G1-02 strap Polar H10 AAAA0001 connected")
                    && session.output.contains("G1-01 strap Polar H10 AAAA0002 connected")
            }
            let more = try straps.truth().newest + 20
            try await session.waits { try straps.truth().newest > more }
            session.send(SIGINT)
            #expect(try await session.ended().status == 2)
            // Before it was put right each code had the other's strap: the time before is exchanged.
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let first = bundle.packets.rows.filter { $0["strap"] == "Polar H10 AAAA0001" && $0["code"] == "G1-01" }
            let until = (first.compactMap { Double($0["t_s"] ?? "") }.max() ?? 0) + 0.001
            let put = try await entrain("session reassign \(name) --from G1-01 --to G1-02 --t ..\(until) --swap")
            #expect(put.status == 0, "\(put)")
            let right = try await Bundle(of: name, data: data, in: scratch)
            for (code, strap) in [("G1-01", "Polar H10 AAAA0002"), ("G1-02", "Polar H10 AAAA0001")] {
                let worn = right.packets.rows(by: "code")[code]?.compactMap { $0["strap"] } ?? []
                #expect(Set(worn) == [strap], "\(code)")
            }
            #expect(right.packets.rows.count == bundle.packets.rows.count)
        }

        @Test("a group is renamed with its sessions, and removed only when that is meant")
        func groups() async throws {
            #expect(try await entrain("group new G1 --size 2").status == 0)
            #expect(try await entrain("privacy consent G1-01 --yes-on-paper").status == 0)
            #expect(try await entrain("group rename G1 A1").output == "G1 is called A1 now.\n")
            let show = try await entrain("group show A1")
            #expect(show.output.contains("A1-01") && show.output.contains("agreed"), "\(show)")
            let held = try await entrain("group remove A1")
            #expect(held.status == 7 && held.errors.contains("--yes"), "\(held)")
            #expect(try await entrain("group remove A1 --yes").status == 0)
            #expect(try await entrain("group show A1").status == 4)
        }

        @Test("what a strap sent since a time of day becomes the code's that wore it")
        func assignAt() async throws {
            let straps = try await simulation()
            try await recordTwo(of: straps)
            let list = try await SessionList(data: data)
            let name = try #require(list.only)
            let started = try #require(list.sessions[0]["started"]?.string)
            // 2026-08-04T16:02:41.852Z
            let clock = started.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int($0) }
            try #require(clock.count == 3)
            let hour = (clock[0] - Program.hoursBehindUniversalTime + 24) % 24
            let since = hour * 3600 + clock[1] * 60 + clock[2] + 30
            let time = [since / 3600, since / 60 % 60, since % 60].map { "\($0)" }.joined(separator: ":")
            let early = try await entrain("assign G1-03 AAAA0001 --at 3:00", in: straps)
            #expect(early.status == 64 && early.errors.contains("is not in \(name)"), "\(early)")
            let given = try await entrain("assign G1-03 AAAA0001 --at \(time)", in: straps)
            #expect(given.status == 0 && given.output.contains("belongs to G1-03"), "\(given)")
            let bundle = try await Bundle(of: name, data: data, in: scratch)
            let worn = bundle.packets.rows.filter { $0["strap"] == "Polar H10 AAAA0001" }
            #expect(!worn.isEmpty)
            for packet in worn {
                let t = try #require(Double(packet["t_s"] ?? ""))
                // The list gives the start to the millisecond, the time of day to the second.
                guard abs(t - 30) > 1 else { continue }
                #expect(packet["code"] == (t > 30 ? "G1-03" : "G1-01"), "\(packet)")
            }
        }
    }
}
