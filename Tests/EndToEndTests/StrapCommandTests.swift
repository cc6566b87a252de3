import Glibc
import Testing

extension EndToEnd {
    @Suite("entrain strap") struct StrapCommandTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        /// Two straps: one without fault, one that sends no beats.
        private static let room = """
            seed: 3
            straps:
              - {name: Polar H10 A1B2C3D4, address: "A0:9E:1A:B2:C3:D4", rssi: -48, battery: 82, contact: yes,
                 heart: {ectopic: 0, missed: 0, extra: 0}}
              - {name: Watch 55AA55AA, address: "F0:00:00:00:00:02", rssi: -70, battery: 15, rr: false}
            """

        private func run(_ arguments: String..., in straps: Simulation) async throws -> Program.Ending {
            try await Program.run(
                [Program.binary] + arguments + ["--data", data], environment: straps.environment)
        }

        private func sim(_ arguments: String...) async throws -> Program.Ending {
            let room = try scratch.write(Self.room, to: "room.yaml")
            return try await Program.run(
                [Program.binary, "sim", "--scenario", room, "--speed", "10", "--", Program.binary, "strap"] + arguments
                    + ["--data", data])
        }

        @Test("a label is given, listed, typed in place of the ID, shown in a scan, and forgotten")
        func journey() async throws {
            let straps = try await Simulation(straps: 3, speed: 10, in: scratch)
            let scanned = try await run("strap", "scan", "--seconds", "3", "--json", in: straps)
            #expect(access(data, F_OK) != 0, "a scan makes no folder")
            let seen = try scanned.lines.map { try JSON($0) }
            try #require(seen.count == 3, "\(scanned)")
            let id = try #require(seen[0]["id"]?.string)
            #expect(seen[0]["label"] == .null && seen[0]["heart_rate"] == .bool(true), "\(scanned)")
            #expect(seen.allSatisfy { ($0["rssi_dbm"]?.number ?? 0) < 0 && $0["rssi_age_s"] != .null }, "\(scanned)")

            let labelled = try await run("strap", "label", id, "S3", in: straps)
            #expect(labelled.status == 0 && labelled.output.contains("carries the label S3 now."), "\(labelled)")
            let group = try await run("group", "new", "G1", "--size", "2", in: straps)
            let assigned = try await run("assign", "G1-02", "s3", in: straps)
            #expect(group.status == 0 && assigned.status == 0, "\(assigned)")
            let listed = try await run("strap", "list", in: straps)
            let row = try #require(listed.lines.last).split(separator: " ").map(String.init)
            #expect(
                listed.lines.count == 2 && row.first == "S3" && row.contains(id) && row.last == "G1-02", "\(listed)")
            let again = try await run("strap", "scan", "--all", "--seconds", "3", in: straps)
            let line = try #require(again.lines.first { $0.contains(id) })
            #expect(line.contains(" S3 ") && line.contains("G1-02") && line.hasSuffix("yes"), "\(again)")

            let forgotten = try await run("strap", "forget", "S3", in: straps)
            #expect(forgotten.status == 0, "\(forgotten)")
            for sentence in ["carries the label S3 no longer.", "belongs to G1-02 no longer.", "has forgotten it."] {
                #expect(forgotten.output.contains(sentence), "\(forgotten)")
            }
            let empty = try await run("strap", "list", "--json", in: straps)
            #expect(empty.status == 0 && empty.output.isEmpty, "\(empty)")
            let unknown = try await run("strap", "forget", "S3", in: straps)
            #expect(unknown.status == 4 && unknown.errors.contains("No strap 'S3' is known"), "\(unknown)")
        }

        @Test("a good strap passes its test, line by line, with exit status 0")
        func good() async throws {
            let ending = try await sim("test", "A1B2C3D4", "--seconds", "30")
            #expect(ending.status == 0, "\(ending)")
            for start in [
                " ok    Connection               first packet after ", " ok    Packets                  ",
                " ok    Skin contact             yes, it says", " ok    Battery                  82 %",
                " ok    Gaps                     none", " ok    Clean                    100 % of beats are sound",
            ] { #expect(ending.lines.contains { $0.hasPrefix(start) }, "\(start): \(ending)") }
            #expect(ending.lines.last == " All is well.  Good for a session.", "\(ending)")
        }

        @Test("a device without beats fails its test with exit status 6, in JSON as well")
        func noBeats() async throws {
            let ending = try await sim("test", "55AA55AA", "--seconds", "10", "--json")
            #expect(ending.status == 6 && ending.errors.isEmpty, "\(ending)")
            let report = try JSON(ending.output)
            #expect(report["good"] == .bool(false) && report["beats"] == .number(0), "\(ending)")
            #expect((report["packets"]?.number ?? 0) >= 9 && report["battery"] == .number(15), "\(ending)")
            let statuses = Dictionary(
                report["findings"]?.elements.map { ($0["subject"]?.string ?? "", $0["status"]?.string ?? "") } ?? []
            ) { first, _ in first }
            #expect(statuses["Beats (RR)"] == "fail" && statuses["Battery"] == "warn", "\(ending)")
            #expect(statuses["Connection"] == "ok", "\(ending)")
        }

        @Test("a strap that is not there is exit status 4", arguments: ["FFFF", "AA:BB:CC:DD:EE:FF"])
        func missing(strap: String) async throws {
            let ending = try await sim("test", strap)
            #expect(ending.status == 4 && ending.errors.contains("heard in 15 s"), "\(ending)")
            #expect(ending.errors.contains("entrain strap scan") && ending.output.isEmpty, "\(ending)")
        }

        @Test(
            "Ctrl-C and a finished test leave nothing connected and no discovery running", arguments: [SIGINT, SIGTERM])
        func letGo(signal: Int32) async throws {
            let straps = try await Simulation(straps: 2, speed: 10, in: scratch)
            let seen = try await run("strap", "scan", "--seconds", "3", "--json", in: straps)
            let address = try #require(try JSON(seen.lines.first ?? "")["address"]?.string)
            let test = try straps.entrain("strap", "test", address, "--seconds", "3600", "--data", data)
            try await test.waits { try straps.truth().notifications.count > 5 }
            #expect(try await straps.whatGoesOn().count == 1)
            test.send(signal)
            let ending = try await test.ended()
            #expect(ending.status == 2 && ending.errors.contains("is let go"), "\(ending)")
            #expect(try await straps.whatGoesOn().isEmpty)
            let whole = try await run("strap", "test", address, "--seconds", "5", in: straps)
            #expect(whole.output.contains("Connection"), "\(whole)")
            #expect(try await straps.whatGoesOn().isEmpty)
        }

        @Test("a strap of a running session is neither tested nor forgotten, and a scan tells its signal of before")
        func held() async throws {
            let straps = try await Simulation(straps: 1, speed: 10, in: scratch)
            let seen = try await run("strap", "scan", "--seconds", "3", "--json", in: straps)
            let address = try #require(try JSON(seen.lines.first ?? "")["address"]?.string)
            _ = try await run("group", "new", "G1", "--size", "1", in: straps)
            _ = try await run("assign", "G1-01", address, in: straps)
            let session = try straps.entrain(
                "session", "start", "G1", "--consent-on-paper", "--minutes", "60", "--screen", "plain", "--data", data)
            try await session.waits { try straps.truth().notifications.count > 30 }
            let tested = try await run("strap", "test", address, in: straps)
            #expect(tested.status == 7 && tested.errors.contains("the session"), "\(tested)")
            let forgotten = try await run("strap", "forget", address, in: straps)
            #expect(forgotten.status == 1 && forgotten.errors.contains("still running"), "\(forgotten)")
            let scanned = try await run("strap", "scan", "--seconds", "1", "--json", in: straps)
            let strap = try JSON(scanned.lines.first ?? "")
            #expect(strap["connected"] == .bool(true) && strap["code"] == .string("G1-01"), "\(scanned)")
            #expect((strap["rssi_dbm"]?.number ?? 0) < 0 && (strap["rssi_age_s"]?.number ?? -1) >= 0, "\(scanned)")
            let before = try straps.truth().notifications.count
            try await session.waits { try straps.truth().notifications.count > before + 5 }
            session.send(SIGINT)
            #expect(try await session.ended().status == 2)
        }

        @Test("--slots holds a session to as many links, and names adapters that are not there")
        func slots() async throws {
            let straps = try await Simulation(straps: 2, speed: 20, in: scratch)
            let ending = try await run(
                "session", "start", "G1", "--size", "2", "--any", "--consent-on-paper", "--minutes", "1", "--screen",
                "off", "--slots", "hci0=1", in: straps)
            #expect(ending.status == 5 && ending.errors.contains("nothing came from G1-0"), "\(ending)")
            let stranger = try await run(
                "session", "start", "G1", "--any", "--slots", "hci0=2,hci4=5", in: straps)
            #expect(stranger.status == 3 && stranger.errors.contains("no adapter hci4"), "\(stranger)")
        }

        @Test(
            "what cannot be meant is refused before anything is done",
            arguments: [
                Mishap("session start G1 --slots hci0", 64, "does not say how many links", "hci0=7"),
                Mishap("session start G1 --slots hci0=0", 64, "'0' is not a number of links for hci0"),
                Mishap("session start G1 --slots hci0=1,hci0=2", 64, "given twice"),
                Mishap("session start G1 --adapters hci0,hci0", 64, "listed twice"),
                Mishap("session start G1 --adapters eth0", 64, "'eth0' is not the name of an adapter"),
                Mishap("strap label A1B2C3D4 S_3 --data %/data", 64, "'S_3' is not a label", "such as S3"),
                Mishap("strap test A1B2C3D4 --seconds 1", 64, "5 to 3600 seconds"),
                Mishap("strap tst A1B2C3D4", 64, "Did you mean 'test'?"),
                Mishap(
                    "strap forget A1B2C3D4 --data %/data", 3, "message bus",
                    environment: ["DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere/bus"]),
            ])
        func mishaps(_ mishap: Mishap) async throws {
            mishap.check(try await mishap.happen(in: scratch), in: scratch)
        }
    }
}
