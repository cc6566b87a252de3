import Testing

extension EndToEnd {
    @Suite("entrain import") struct ImportTests {
        let scratch: Scratch
        let data: String

        init() async throws {
            scratch = try Scratch()
            data = scratch.path("data")
            #expect(try await Program.entrain("group", "new", "G1", "--size", "3", "--data", data).status == 0)
            let consent = try await Program.entrain(
                "privacy", "consent", "G1-01,G1-02", "--yes-on-paper", "--data", data)
            #expect(consent.status == 0, "\(consent)")
        }

        private func run(_ arguments: String...) async throws -> Program.Ending {
            try await Program.run([Program.binary] + arguments + ["--data", data])
        }

        /// Intervals around 850 ms.
        private static let intervals = (0..<180).map { 850 + ($0 * 37) % 61 - 30 }

        private func plain(_ name: String = "2026-08-04 16-02-41.txt") throws -> String {
            try scratch.write(Self.intervals.map { "\($0)\n" }.joined(), to: name)
        }

        @Test("a file becomes a session of its day; every interval is exported with the digits it had")
        func ownSession() async throws {
            let ending = try await run("import", try plain(), "--code", "G1-01", "--explain", "--json")
            #expect(ending.status == 0, "\(ending)")
            let told = try JSON(try #require(ending.lines.first))
            #expect(told["session"]?.string == "20260804-G1" && told["new"] == .bool(true))
            #expect(told["beats"]?.number == 180 && ending.errors.contains("format: one interval a line"))
            let bundle = try await Bundle(of: "20260804-G1", data: data, in: scratch)
            #expect(bundle.beats.cells("rr_ms") == Self.intervals.map { "\($0).0" })
            #expect(Set(bundle.beats.cells("rr_1024")) == [""] && Set(bundle.beats.cells("packet")) == [""])
            let json = try JSON(bundle.text("session.json"))
            let imported = try #require(json["imports"]?.elements.first)
            #expect(imported["code"]?.string == "G1-01" && imported["beats"]?.number == 180)
            // The name of the file tells local time; a session's start is told in universal time.
            let hour = 16 + Program.hoursBehindUniversalTime
            let clock = hour % 24 < 10 ? "0\(hour % 24)" : "\(hour % 24)"
            #expect(json["started"]?.string?.hasPrefix("2026-08-0\(4 + hour / 24)T\(clock):02:41") == true, "\(json)")
            #expect(bundle.text("coherence.csv").split(separator: "\n").count > 5)
            #expect(!bundle.text("session.json").contains("16-02-41"))
        }

        @Test("the same file is taken once, whatever its name and whoever is named")
        func twice() async throws {
            #expect(try await run("import", try plain(), "--code", "G1-01").status == 0)
            for (name, code) in [("2026-08-04 16-02-41.txt", "G1-01"), ("other.txt", "G1-02")] {
                let again = try await run("import", try plain(name), "--code", code)
                #expect(again.status == 7 && again.errors.contains("20260804-G1 already, as G1-01"), "\(again)")
            }
            #expect(try await SessionList(data: data).sessions.count == 1)
        }

        @Test(
            "a file of the wrong code is given to the right one, and what was is kept; in another group it comes again")
        func wrongCode() async throws {
            #expect(try await run("import", try plain(), "--code", "G1-01").status == 0)
            let moved = try await run("session", "reassign", "20260804-G1", "--from", "G1-01", "--to", "G1-02")
            #expect(moved.status == 0 && moved.output.contains("180 imported beats"), "\(moved)")
            let bundle = try await Bundle(of: "20260804-G1", data: data, in: scratch)
            #expect(Set(bundle.beats.cells("code")) == ["G1-02"])
            let json = try JSON(bundle.text("session.json"))
            #expect(json["imports"]?.elements.first?["code"]?.string == "G1-02")
            #expect(json["corrections"]?.elements.first?["from"]?.string == "G1-01")
            let made = try await run("group", "new", "G2", "--size", "1")
            #expect(made.status == 0)
            #expect(try await run("privacy", "consent", "G2-01", "--yes-on-paper").status == 0)
            let refused = try await run("import", try plain("b.txt"), "--code", "G2-01")
            #expect(refused.status == 7 && refused.errors.contains("session reassign"), "\(refused)")
            let again = try await run("import", try plain("b.txt"), "--code", "G2-01", "--again")
            #expect(again.status == 0, "\(again)")
            #expect(try await run("import", try plain("b.txt"), "--code", "G2-01", "--again").status == 7)
        }

        @Test("a recording joins a session by its own clock; beats over others are refused")
        func joins() async throws {
            #expect(try await run("import", try plain(), "--code", "G1-01").status == 0)
            let rows = Self.intervals.prefix(60).reduce(into: (t: 30_000, text: "")) { rows, interval in
                let (minute, rest) = (rows.t / 60_000, rows.t % 60_000)
                let seconds = "\(rest < 10_000 ? "0" : "")\(Double(rest) / 1000)"
                rows.text +=
                    "2026-08-04 16:\(minute + 2 < 10 ? "0" : "")\(minute + 2):\(seconds),\(interval),\(rows.t)\n"
                rows.t += interval
            }
            let logger = try scratch.write("date,rr,since start\n" + rows.text, to: "2026-08-04_RR_x.csv")
            let joined = try await run("import", logger, "--code", "G1-02", "--session", "20260804-G1")
            #expect(joined.status == 7 || joined.output.contains("By its own clock"), "\(joined)")
            let placed = try await run("import", logger, "--code", "G1-02", "--session", "20260804-G1", "--at", "20")
            #expect((placed.status == 0) == (joined.status == 7), "\(placed)")
            let bundle = try await Bundle(of: "20260804-G1", data: data, in: scratch)
            #expect(bundle.beats.rows(by: "code").mapValues(\.count) == ["G1-01": 180, "G1-02": 60])
            let over = try scratch.write(Self.intervals.map { "\($0 + 1)\n" }.joined(), to: "over.txt")
            let refused = try await run("import", over, "--code", "G1-01", "--session", "20260804-G1")
            #expect(refused.status == 7 && refused.errors.contains("beats of its own"), "\(refused)")
        }

        @Test("what Elite HRV gets is the very text that came, and so is known again")
        func elite() async throws {
            #expect(try await run("import", try plain(), "--code", "G1-01").status == 0)
            let out = try await run("export", "20260804-G1", "--format", "elite", "--to", scratch.path("out"), "--json")
            let files = try JSON(try #require(out.lines.first))["files"]?.elements.compactMap(\.string) ?? []
            let file = try #require(files.first { $0.hasPrefix("elite/") }, "\(out)")
            #expect(scratch.text("out/\(file)") == scratch.text("2026-08-04 16-02-41.txt"))
            let again = try await run("import", scratch.path("out/\(file)"), "--code", "G1-02")
            #expect(again.status == 7 && again.errors.contains("already, as G1-01"), "\(again)")
        }

        @Test("several files of one code follow one another; a file that is none is told, and the others stay")
        func several() async throws {
            let first = try plain()
            let none = try scratch.write("nothing\n", to: "none.txt")
            let ending = try await run("import", first, none, "--code", "G1-01")
            #expect(ending.status == 5 && ending.errors.contains("none.txt holds no number"), "\(ending)")
            #expect(try await SessionList(data: data).beats == [180])
        }

        @Test("without consent nothing is kept; what is left out is counted with its lines")
        func refusals() async throws {
            let ending = try await run("import", try plain(), "--code", "G1-03")
            #expect(ending.status == 7 && ending.errors.contains("entrain privacy consent G1-03"), "\(ending)")
            #expect(try await run("import", try plain(), "--code", "G1-77").status == 4)
            let holes = try scratch.write("812\n0\n790\nNaN\n805\n830\n845\n", to: "holes.txt")
            let told = try await run("import", holes, "--code", "G1-01", "--json")
            #expect(told.status == 0 && told.errors.contains("interval of 0 (line 2)"), "\(told)")
            let remarks = try JSON(try #require(told.lines.first))["remarks"]?.elements.compactMap(\.string) ?? []
            #expect(remarks.contains { $0.contains("line 2") } && remarks.contains("gaps: 2"), "\(remarks)")
        }

        @Test(
            "what was exported in any format that is read can be imported again, beat by beat",
            arguments: [
                ("csv", "beats.csv"), ("kubios", "kubios/G1-01_time_rr.txt"), ("kubios", "kubios/G1-01_rr.txt"),
                ("hrvlogger", "hrvlogger/2026-08-04_RR_G1S01.csv"), ("polar", "_RR.txt"),
                ("hrvas", "hrvas/G1-01.ibi"), ("hrvas", "hrvas/G1-01_beats.txt"), ("openhrv", "openhrv/G1-01.csv"),
            ])
        func roundTrip(format: String, name: String) async throws {
            #expect(try await run("import", try plain(), "--code", "G1-01").status == 0)
            let out = try await run("export", "20260804-G1", "--format", format, "--to", scratch.path("out"), "--json")
            #expect(out.status == 0, "\(out)")
            let files = try JSON(try #require(out.lines.first))["files"]?.elements.compactMap(\.string) ?? []
            let file = try #require(files.first { $0.contains(name) }, "\(files)")
            let ending = try await run("import", scratch.path("out/\(file)"), "--code", "G1-02")
            #expect(ending.status == 0, "\(ending)")
            let session = try #require(try await SessionList(data: data).sessions.last?["session"]?.string)
            let bundle = try await Bundle(of: session, data: data, in: scratch)
            let found = bundle.beats.rows.filter { $0["code"] == "G1-02" }.compactMap { Double($0["rr_ms"] ?? "") }
            #expect(found.count == 180)
            #expect(zip(found, Self.intervals).allSatisfy { abs($0 - Double($1)) < 0.0011 }, "\(found.prefix(5))")
        }
    }
}
