import Testing

extension EndToEnd {
    @Suite("entrain room") struct RoomTests {
        let scratch: Scratch
        let desk: String
        let coach: String

        init() throws {
            scratch = try Scratch()
            (desk, coach) = (scratch.path("desk"), scratch.path("coach"))
        }

        private func pack(_ name: String, _ codes: String, _ more: String...) async throws -> Program.Ending {
            try await Program.run(
                [Program.binary, "room", "pack", name, "--codes", codes, "--out", scratch.path("\(name).room")]
                    + ["--data", desk] + more)
        }

        private func open(_ name: String) async throws -> Program.Ending {
            try await Program.entrain("room", "open", scratch.path("\(name).room"), "--data", coach)
        }

        @Test("a kit brings groups, straps, script and key; straps of other rooms are refused from then on")
        func kit() async throws {
            let map = try scratch.write(
                "code,strap\nG1-01,A0:9E:1A:00:00:01\nG1-02,A1B2C3D4\nG3-01,A0:9E:1A:00:00:02\n", to: "straps.csv")
            let made = try await Program.entrain(
                "privacy", "key", "new", "--out", scratch.path("facilitator"), "--json")
            let fingerprint = try #require(try JSON(made.output)["fingerprint"]?.string)
            let key = scratch.path("facilitator.pub")
            let packed = try await pack("B204", "G1-01..G1-08,G2-01..G2-08", "--map", map, "--key", key)
            #expect(packed.status == 0 && packed.output.contains("straps of other rooms 1"), "\(packed)")
            #expect(try scratch.rights(of: "B204.room") == "600")
            #expect(!scratch.text("B204.room").contains("1A:00:00:02"))
            let opened = try await open("B204")
            #expect(opened.status == 0 && opened.output.contains("G1 with 8, G2 with 8; script pal-30"), "\(opened)")
            #expect(scratch.text("coach/B204-G1.csv") == "code,strap\nG1-02,A1B2C3D4\n")
            #expect(opened.output.contains("Sessions are sealed for:  \(fingerprint)"), "\(opened)")
            let keys = try await Program.entrain("privacy", "key", "show", "--data", coach)
            #expect(keys.output == "\(fingerprint)  public key\n", "\(keys)")
            let roster = try await Program.entrain("group", "show", "G1", "--data", coach)
            #expect(roster.output.contains("A0:9E:1A:00:00:01"), "\(roster)")
            let straps = try await Simulation(straps: 1, speed: 20, in: scratch)
            let foreign = try await straps.entrain("assign", "G1-03", "A0:9E:1A:00:00:02", "--data", coach).ended()
            #expect(foreign.status == 7 && foreign.errors.contains("belongs to another room"), "\(foreign)")
            let own = try await straps.entrain("assign", "G1-03", "A0:9E:1A:00:00:03", "--data", coach).ended()
            #expect(own.status == 0, "\(own)")
            let check = try await Program.entrain("script", "check", scratch.path("coach/B204.yaml"), "--data", coach)
            #expect(check.status == 0, "\(check)")
            #expect(try await open("B204").status == 0)
        }

        @Test("sessions follow the kit's script where nobody names one")
        func usualScript() async throws {
            #expect(try await pack("B204", "G1-01..G1-02", "--script", "demo").status == 0)
            let opened = try await open("B204")
            #expect(opened.output.contains("script demo, which sessions here follow now"), "\(opened)")
            let session = try await Program.entrain(
                "sim", "--straps", "2", "--speed", "30", "--", "entrain", "session", "start", "G1", "--any",
                "--consent-on-paper", "--screen", "off", "--data", coach)
            #expect(session.status == 0, "\(session)")
            let name = try #require(try await SessionList(data: coach).only)
            let bundle = try await Bundle(of: name, data: coach, in: scratch)
            #expect(try JSON(bundle.text("session.json"))["script"]?["name"]?.string == "demo")
        }

        @Test("a session takes no strap of another room, however near it is")
        func session() async throws {
            let straps = try await Simulation(straps: 2, speed: 20, in: scratch)
            let list = try straps.entrain("strap", "scan", "--seconds", "5", "--json", "--data", coach)
            let found = try await list.ended()
            let addresses = try found.lines.compactMap { try JSON($0)["address"]?.string }
            #expect(addresses.count == 2, "\(found)")
            let map = try scratch.write("G1-01,\(addresses[0])\nG9-01,\(addresses[1])\n", to: "straps.csv")
            #expect(try await pack("B204", "G1-01..G1-02", "--map", map).status == 0)
            let made = try await Program.entrain("group", "new", "G1", "--size", "2", "--data", coach)
            #expect(made.status == 0, "\(made)")
            let early = try await straps.entrain("assign", "G1-02", addresses[1], "--data", coach).ended()
            #expect(early.status == 0, "\(early)")
            let opened = try await open("B204")
            #expect(opened.status == 0 && opened.output.contains("another room: the strap of G1-02"), "\(opened)")
            let session = try straps.entrain(
                "session", "start", "G1", "--any", "--consent-on-paper", "--minutes", "1", "--screen", "off", "--data",
                coach)
            let ending = try await session.ended()
            #expect(ending.status == 5 && ending.errors.contains("G1-02"), "\(ending)")
            let name = try #require(try await SessionList(data: coach).only)
            let bundle = try await Bundle(of: name, data: coach, in: scratch)
            #expect(Set(bundle.packets.cells("code")) == ["G1-01"])
        }

        @Test("no other command takes a strap of another room either, and a scan says whose it is")
        func otherCommands() async throws {
            let straps = try await Simulation(straps: 1, speed: 20, in: scratch)
            let found = try await straps.entrain("strap", "scan", "--seconds", "5", "--json", "--data", coach).ended()
            let line = try #require(found.lines.first, "\(found)")
            let address = try #require(try JSON(line)["address"]?.string)
            let map = try scratch.write("G9-01,\(address)\n", to: "straps.csv")
            #expect(try await pack("B204", "G1-01..G1-02", "--map", map).status == 0)
            #expect(try await open("B204").status == 0)
            for command in [
                ["strap", "test", address, "--seconds", "5"], ["strap", "bond", address], ["me", "--strap", address],
            ] {
                let arguments = [Program.binary] + command + ["--data", coach]
                let ending = try await Program(arguments, environment: straps.environment).ended()
                #expect(ending.status == 7 && ending.errors.contains("belongs to another room"), "\(ending)")
            }
            let list = try await straps.entrain("strap", "scan", "--seconds", "5", "--data", coach).ended()
            #expect(list.output.contains("another room"), "\(list)")
        }

        @Test("a code is in one room; a damaged kit, a private key and a strap given twice are refused")
        func refusals() async throws {
            #expect(try await pack("B204", "G1-01..G1-08").status == 0)
            let shared = try await pack("B205", "G2-01,G1-08")
            #expect(shared.status == 7 && shared.errors.contains("G1-08 is in room B204 already"), "\(shared)")
            let twice = try scratch.write("G2-01,A1B2C3D4\nG3-01,a1b2c3d4\n", to: "twice.csv")
            let given = try await pack("B205", "G2-01", "--map", twice)
            #expect(given.status == 1 && given.errors.contains("was given to G2-01"), "\(given)")
            #expect(try await Program.entrain("privacy", "key", "new", "--out", scratch.path("key")).status == 0)
            let secret = try await pack("B206", "G4-01", "--key", scratch.path("key"))
            #expect(secret.status == 7 && secret.errors.contains("is a private key"), "\(secret)")
            let strange = try scratch.write("ssh-ed25519 AAAA\n", to: "strange.pub")
            #expect(try await pack("B206", "G4-01", "--key", strange).status == 1)
            let text = scratch.text("B204.room").replacing("G1-08", with: "G1-09")
            _ = try scratch.write(text, to: "B204.room")
            let damaged = try await open("B204")
            #expect(damaged.status == 1 && damaged.errors.contains("damaged or changed"), "\(damaged)")
            #expect(try await Program.entrain("group", "list", "--data", coach).output.contains("No groups yet"))
        }

        @Test("who packs a room is told which rooms do not know its straps yet")
        func stale() async throws {
            let one = try scratch.write("G1-01,A1B2C3D4\n", to: "one.csv")
            let two = try scratch.write("G2-01,7F21E0AA\n", to: "two.csv")
            #expect(try await pack("B204", "G1-01", "--map", one).status == 0)
            let second = try await pack("B205", "G2-01", "--map", two)
            #expect(second.status == 0 && second.errors.contains("B204. Pack these again"), "\(second)")
            #expect(scratch.text("B205.room").contains("elsewhere: "))
        }
    }
}
