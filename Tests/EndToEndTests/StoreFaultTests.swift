import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    @Suite("Faults of what is kept") struct StoreFaultTests {
        let scratch: Scratch
        private var data: String { scratch.path("data") }

        init() throws { scratch = try Scratch() }

        /// Records a minute of a group at thirty times the speed of life.
        private func record(_ group: String) async throws {
            let ending = try await Program.entrain(
                "sim", "--straps", "2", "--speed", "30", "--", "entrain", "session", "start", group, "--size", "2",
                "--any", "--consent-on-paper", "--minutes", "1", "--screen", "off", "--data", data)
            try #require(ending.status == 0, "\(ending)")
        }

        private func session(of group: String) async throws -> String {
            let sessions = try await SessionList(data: data).sessions
            return try #require(sessions.first { $0["group"]?.string == group }?["session"]?.string)
        }

        private func isSame(_ left: String, _ right: String) async throws -> Bool {
            try await Program.run(["diff", "-r", scratch.path(left), scratch.path(right)]).status == 0
        }

        @Test("a read-only disk can be listed and exported; nothing starts on it", .enabled(if: TinyDisk.isPossible))
        func readOnlyDisk() async throws {
            try await record("G1")
            let name = try await session(of: "G1")
            let straps = try await Simulation(straps: 1, speed: 30, in: scratch)
            let broken = try straps.entrain(
                "session", "start", "G2", "--size", "1", "--any", "--consent-on-paper", "--minutes", "60", "--screen",
                "off", "--data", data)
            try await broken.waits { try straps.truth().notifications.count > 60 }
            broken.kill()
            let disk = try #require(TinyDisk(in: scratch, kilobytes: 8192))
            mkdir(scratch.path("disk/data"), 0o700)
            for file in ["entrain.sqlite", "entrain.sqlite-wal"] {
                try FileManager.default.copyItem(atPath: "\(data)/\(file)", toPath: scratch.path("disk/data/\(file)"))
            }
            try #require(disk.makeReadOnly())
            let before = try await SessionList(data: data)
            try #require(before.states == ["ended", "interrupted"])
            let there = try await SessionList(data: scratch.path("disk/data"))
            #expect(there.sessions == before.sessions)
            for (folder, place) in [("first", data), ("second", scratch.path("disk/data"))] {
                let export = try await Program.entrain("export", name, "--to", scratch.path(folder), "--data", place)
                #expect(export.status == 0, "\(export)")
            }
            #expect(try await isSame("first", "second"))
            let report = Mishap("report \(name) --out %/disk/report.html --data %/disk/data", 1, "%/disk/report.html")
            report.check(try await report.happen(in: scratch), in: scratch)
            let mishaps = [
                Mishap("session start G1 --data %/disk/data", 1, "%/disk/data cannot be written", "--data DIR"),
                Mishap("session recover \(name) --data %/disk/data", 1, "%/disk/data cannot be written"),
                Mishap("group new G3 --size 2 --data %/disk/data", 1, "%/disk/data cannot be written"),
            ]
            for mishap in mishaps { mishap.check(try await mishap.happen(in: scratch), in: scratch) }
        }

        @Test("whoever may only read can list and export, and starts nothing") func readOnlyRights() async throws {
            try await record("G1")
            let name = try await session(of: "G1")
            chmod("\(data)/entrain.sqlite", 0o400)
            chmod(data, 0o500)
            defer { chmod(data, 0o700) }
            // The rights of files bind root too once it has no capabilities (capabilities(7)).
            let bound = (geteuid() == 0 ? ["setpriv", "--bounding-set=-all", "--"] : []) + [Program.binary]
            let list = try await Program.run(bound + ["session", "list", "--data", data])
            #expect(list.status == 0 && list.output.contains(name), "\(list)")
            let export = try await Program.run(bound + ["export", name, "--to", scratch.path("out"), "--data", data])
            #expect(export.status == 0, "\(export)")
            let start = try await Program.run(bound + ["session", "start", "G1", "--data", data])
            #expect(start.status == 1, "\(start)")
            #expect(start.errors.contains("\(data) cannot be written") && start.errors.contains("--data DIR"))
        }

        @Test("of a damaged store the sound session is exported, the other named, and what can be read rescued")
        func damagedPage() async throws {
            try await record("G1")
            try await record("G2")
            let (first, second) = (try await session(of: "G1"), try await session(of: "G2"))
            for name in [first, second] {
                let export = try await Program.entrain(
                    "export", name, "--to", scratch.path("was-\(name)"), "--data", data)
                #expect(export.status == 0, "\(export)")
            }
            let sound = try await Program.entrain("store", "check", "--data", data)
            #expect(sound.status == 0 && sound.output.contains("Everything can be read; sessions: 2"), "\(sound)")
            let check = try await damage(second)
            #expect(check.status == 1, "\(check)")
            #expect(check.errors.contains("entrain store rescue"), "\(check)")

            let good = try await Program.entrain("export", first, "--to", scratch.path("is"), "--data", data)
            #expect(good.status == 0, "\(good)")
            #expect(try await isSame("was-\(first)", "is"))
            let bad = Mishap(
                "export \(second) --to %/out --data %/data", 1, "session \(second) cannot be read",
                "entrain store rescue --to DIR")
            bad.check(try await bad.happen(in: scratch), in: scratch)
            #expect(try await SessionList(data: data).states == ["ended", "ended"])

            let rescue = try await Program.entrain("store", "rescue", "--to", scratch.path("new"), "--data", data)
            #expect(rescue.status == 5, "\(rescue)")
            #expect(rescue.output.contains("\(second): rows of ") && rescue.output.contains("are missing"), "\(rescue)")
            let new = scratch.path("new")
            let whole = try await Program.entrain("export", first, "--to", scratch.path("again"), "--data", new)
            #expect(whole.status == 0, "\(whole)")
            #expect(try await isSame("was-\(first)", "again"))
            let part = try await Program.entrain("export", second, "--to", scratch.path("part"), "--data", new)
            #expect(part.status == 0, "\(part)")
            let kept = try Table(scratch.text("part/packets.csv")).rows.count
            let were = try Table(scratch.text("was-\(second)/packets.csv")).rows.count
            #expect(kept > 0 && kept < were, "\(kept) of \(were)")
            let again = Mishap("store rescue --to %/new --data %/data", 1, "%/new holds sessions already")
            again.check(try await again.happen(in: scratch), in: scratch)
        }

        /// Overwrites a page of packets of that session and of no other, and answers what a check says.
        private func damage(_ session: String) async throws -> Program.Ending {
            let file = scratch.path("data/entrain.sqlite")
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
            let indexLeaf: UInt8 = 10
            for start in stride(from: bytes.count - 4096, to: 4096, by: -4096) where bytes[start] == indexLeaf {
                var changed = bytes
                for offset in start..<(start + 4096) { changed[offset] = 0xA5 }
                try Data(changed).write(to: URL(filePath: file))
                let check = try await Program.entrain("store", "check", "--json", "--data", data)
                let damaged = try JSON(check.output)["damaged_sessions"]?.elements ?? []
                if damaged.map({ $0["session"]?.string }) == [session],
                    damaged[0]["tables"]?.elements.map(\.string) == ["packet"]
                {
                    return check
                }
            }
            Issue.record("no page of \(session) alone")
            return try await Program.entrain("store", "check", "--data", data)
        }

        @Test("a newer version's store is refused by every command, and stays as it is")
        func newerVersion() async throws {
            try await record("G1")
            let change = """
                import sqlite3, sys
                database = sqlite3.connect(sys.argv[1])
                database.execute("INSERT INTO grdb_migrations (identifier) VALUES ('999 from the future')")
                database.commit()
                """
            let changed = try await Program.run(["python3", "-c", change, "\(data)/entrain.sqlite"])
            try #require(changed.status == 0, "\(changed)")
            let before = try await Program.run(["sha256sum", "\(data)/entrain.sqlite"]).output
            for command in [
                "session list", "session start G1", "group list", "export 20260804-G1 --to %/out", "store check",
            ] {
                let mishap = Mishap("\(command) --data %/data", 1, "newer version of entrain", "was not touched")
                mishap.check(try await mishap.happen(in: scratch), in: scratch)
            }
            #expect(try await Program.run(["sha256sum", "\(data)/entrain.sqlite"]).output == before)
        }

        @Test("two programs record two groups in one folder; a second session of one group is refused")
        func twoPrograms() async throws {
            let straps = try await Simulation(straps: 4, speed: 10, in: scratch)
            func start(_ group: String) throws -> Program {
                try straps.entrain(
                    "session", "start", group, "--size", "2", "--any", "--consent-on-paper", "--minutes", "2",
                    "--screen", "off", "--data", data)
            }
            let first = try start("G1")
            try await first.waits {
                let sent = try straps.truth()
                return sent.byStrap.count == 2 && sent.notifications.count > 20
            }
            let second = try start("G2")
            try await second.waits { try await SessionList(data: data).states == ["running", "running"] }
            let again = try await start("G1").ended()
            #expect(again.status == 1, "\(again)")
            #expect(again.errors.contains("a session of G1 is running already"), "\(again)")
            for program in [first, second] {
                let ending = try await program.ended()
                #expect(ending.status == 0, "\(ending)")
            }
            let list = try await SessionList(data: data)
            #expect(list.states == ["ended", "ended"])
            var kept: [String: [[Int]]] = [:]
            for session in list.sessions {
                let bundle = try await Bundle(of: try #require(session["session"]?.string), data: data, in: scratch)
                for (strap, intervals) in try bundle.intervalsByStrap() { kept[strap, default: []] += intervals }
            }
            let sent = try straps.truth().byStrap.mapValues { $0.map(\.rr_1024) }
            #expect(kept.count == 4)
            for (strap, intervals) in kept { #expect(intervals == sent[strap], "\(strap)") }
        }
    }
}
