import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    /// Readings that are kept, and the sound.
    @Suite("A kept reading, and the sound") struct MeKeepTests {
        let scratch: Scratch
        let data: String

        init() throws {
            scratch = try Scratch()
            data = scratch.path("data")
        }

        private func room(speed: Int = 20) async throws -> Simulation {
            let file = try scratch.write(MeTests.room, to: "room.yaml")
            return try await Simulation(scenario: file, speed: speed, in: scratch)
        }

        private func entrain(_ arguments: String..., more: [String: String] = [:]) async throws -> Program.Ending {
            try await Program.run([Program.binary] + arguments + ["--data", data], environment: more)
        }

        /// Keeps a reading and returns its receipt.
        private func keep(strap: String, minutes: String, in straps: Simulation) async throws -> String {
            let ending = try await entrain(
                "me", "--strap", strap, "--minutes", minutes, "--keep", "--json", more: straps.environment)
            try #require(ending.status == 0, "\(ending)")
            return try #require(try JSON(ending.lines.last ?? "")["receipt"]?.string)
        }

        @Test("a receipt opens one's own reading, nobody else's, and destroys it")
        func receipts() async throws {
            let straps = try await room()
            let mine = try await keep(strap: "C3D4", minutes: "2.5", in: straps)
            let yours = try await keep(strap: "7E31", minutes: "1.5", in: straps)
            #expect(mine != yours)
            let database = try Data(contentsOf: URL(filePath: data + "/entrain.sqlite"))
            for secret in [mine, yours, "rr_1024", "A1B2C3D4"] {
                #expect(database.firstRange(of: Data(secret.utf8)) == nil)
            }

            let opened = try await entrain("me", "open", mine)
            #expect(opened.status == 0 && opened.output.contains("2 min 30 s"), "\(opened)")
            #expect(opened.output.contains("Tachogram, ms") && opened.output.contains("Coherence, dotted"), "\(opened)")
            #expect(opened.lines.allSatisfy { $0.count <= 80 }, "\(opened)")
            let json = try JSON(try await entrain("me", "open", mine.uppercased(), "--json").output)
            let other = try JSON(try await entrain("me", "open", yours, "--json").output)
            let sent = try straps.truth().byStrap
            for (document, strap) in [(json, "Polar H10 A1B2C3D4"), (other, "Polar H10 55AA7E31")] {
                let ticks = document["intervals"]?.elements.compactMap { $0["rr_1024"]?.number.map { Int($0) } } ?? []
                let truth = sent[strap]?.flatMap(\.rr_1024) ?? []
                #expect(ticks.count > 60)
                #expect(truth.indices.contains { Array(truth[$0...].prefix(ticks.count)) == ticks }, "\(strap)")
            }
            #expect(json["coherence"]?.elements.contains { $0["score"]?.number != nil } == true)

            let listed = try await entrain("session", "list")
            #expect(!listed.output.contains("Polar") && listed.lines.count <= 1, "\(listed)")
            let deleted = try await entrain("me", "delete", mine)
            #expect(deleted.status == 0 && deleted.output.contains("overwritten"), "\(deleted)")
            let gone = try await entrain("me", "open", mine)
            #expect(gone.status == 4 && gone.output.isEmpty && gone.errors.contains("Nothing else is told"), "\(gone)")
            #expect(try await entrain("me", "open", yours).status == 0)
        }

        @Test("a wrong receipt learns nothing, a mistyped word is met with the nearest, and no folder is made")
        func wrong() async throws {
            let unknown = try await entrain("me", "open", "melon-harbor-42-tide")
            #expect(unknown.status == 4 && unknown.errors.contains("no reading is kept here"), "\(unknown)")
            let mistyped = try await entrain("me", "delete", "melon-harbr-42-tide")
            #expect(mistyped.status == 64 && mistyped.errors.contains("Did you mean 'harbor'?"), "\(mistyped)")
            let shapeless = try await entrain("me", "open", "hello")
            #expect(shapeless.status == 64 && shapeless.errors.contains("three words and a number"), "\(shapeless)")
            #expect(access(data, F_OK) != 0)
        }

        @Test("the receipt is printed on the terminal; a window that is closed keeps nothing")
        func printed() async throws {
            let straps = try await room()
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let reading = try straps.entrain(
                "me", "--strap", "C3D4", "--minutes", "60", "--keep", "--data", data, terminal: terminal)
            var picture = Picture(terminal)
            try await reading.waits {
                picture.now.contains("kept under a receipt") && picture.now.contains("a minute up and down")
            }
            picture.wipe()
            terminal.type("q")
            let first = try await reading.ended()
            #expect(first.status == 2 && picture.now.contains("Destroy it:     entrain me delete "), "\(first)")
            let command = picture.now.split(separator: "\n").first { $0.contains("See it again:") } ?? ""
            let receipt = String(command.split(separator: " ").last ?? "")
            #expect(try await entrain("me", "open", receipt).status == 0)

            let second = try PseudoTerminal(columns: 80, rows: 24)
            let lost = try straps.entrain(
                "me", "--strap", "C3D4", "--minutes", "60", "--keep", "--data", data, terminal: second)
            var other = Picture(second)
            try await lost.waits { other.now.contains("a minute up and down") }
            second.hangUp()
            let ending = try await lost.ended()
            #expect(ending.status == 1 && ending.errors.contains("nothing was kept"), "\(ending)")
        }

        // MARK: - Sound

        /// A player of our own on PATH that keeps what it is given to play.
        private func fakePlayer(_ script: String) throws -> [String: String] {
            let folder = scratch.path("bin")
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let file = try scratch.write("#!/bin/sh\n\(script)\n", to: "bin/aplay")
            try #require(chmod(file, 0o755) == 0)
            return ["PATH": folder + ":/usr/bin:/bin"]
        }

        @Test("--sound plays two tones in turn, each a whole one, to the player on PATH")
        func sound() async throws {
            let straps = try await room(speed: 5)
            let path = try fakePlayer("cat > \(scratch.folder)/tone.$$; echo \"$@\" >> '\(scratch.folder)/arguments'")
            let reading = try Program(
                [Program.binary, "me", "--strap", "C3D4", "--minutes", "60", "--sound", "--data", data],
                environment: straps.environment.merging(path) { $1 })
            func tones() throws -> [Data] {
                try scratch.files(in: "").filter { $0.hasPrefix("tone.") }
                    .compactMap { FileManager.default.contents(atPath: scratch.path($0)) }.filter { !$0.isEmpty }
            }
            try await reading.waits { try tones().count >= 4 }
            reading.send(SIGINT)
            let ending = try await reading.ended()
            #expect(ending.status == 2 && !ending.output.contains("No sound"), "\(ending)")
            let played = Set(try tones())
            #expect(played.count == 2 && played.allSatisfy { $0.count == 2 * Int(0.6 * 22_050) })
            #expect(scratch.text("arguments").hasPrefix("-q -t raw -f S16_LE -c 1 -r 22050 -\n"))
        }

        @Test(
            "a missing player and one that cannot play are told once, and the reading goes on",
            arguments: [true, false])
        func silent(isMissing: Bool) async throws {
            let straps = try await room()
            let path = isMissing ? ["PATH": scratch.path("empty")] : try fakePlayer("cat > /dev/null; exit 1")
            let ending = try await Program(
                [Program.binary, "me", "--strap", "C3D4", "--minutes", "2", "--sound", "--data", data],
                environment: straps.environment.merging(path) { $1 }
            ).ended()
            #expect(ending.status == 0, "\(ending)")
            #expect(ending.lines.count { $0.contains("No sound: aplay") } == 1, "\(ending)")
            #expect(ending.output.contains("apt-get install alsa-utils") == isMissing, "\(ending)")
        }
    }
}
