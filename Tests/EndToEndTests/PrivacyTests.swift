import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension EndToEnd {
    @Suite("entrain privacy") struct PrivacyTests {
        let scratch: Scratch
        let data: String
        let key: String

        init() throws {
            scratch = try Scratch()
            (data, key) = (scratch.path("data"), scratch.path("ann"))
        }

        private func entrain(_ words: String, _ more: String...) async throws -> Program.Ending {
            try await Program.run(
                [Program.binary] + words.split(separator: " ").map(String.init) + more + ["--data", data])
        }

        /// A key, and a session of two that was recorded and sealed for it.
        private func sealedSession() async throws -> (truth: Truth, ending: Program.Ending, name: String) {
            #expect(try await entrain("privacy key new --out", key).status == 0)
            let imported = try await entrain("privacy key import", "\(key).pub")
            #expect(imported.status == 0 && imported.errors.contains("One key only"), "\(imported)")
            let straps = try await Simulation(straps: 2, speed: 20, in: scratch)
            let ending = try await straps.entrain(
                "session", "start", "G1", "--size", "2", "--any", "--consent-on-paper", "--minutes", "3", "--screen",
                "off", "--data", data
            ).ended()
            #expect(ending.status == 0, "\(ending)")
            let name = try await SessionList(data: data).only
            return (try straps.truth(), ending, try #require(name))
        }

        private func database() -> Data {
            ["", "-wal", "-shm"].reduce(into: Data()) { bytes, end in
                bytes += FileManager.default.contents(atPath: "\(data)/entrain.sqlite\(end)") ?? Data()
            }
        }

        private func bytes(_ hex: String) -> Data {
            let digits = hex.compactMap(\.hexDigitValue)
            return Data(stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
        }

        @Test("a session is sealed at its end: slips for the students, counts for the coach, the rest for the key")
        func session() async throws {
            let (truth, ending, name) = try await sealedSession()
            let slips = ending.lines.filter { $0.contains("give this to") }
            #expect(slips.count == 2 && slips[0].contains("give this to G1-01:  "), "\(ending)")
            for command in [
                "export \(name) --to \(scratch.path("no"))", "report \(name) --out \(scratch.path("no.html"))",
            ] {
                let refused = try await entrain(command)
                #expect(refused.status == 7 && refused.errors.contains("is sealed for the facilitator"), "\(refused)")
                #expect(refused.errors.contains("--key FILE"), "\(refused)")
            }
            let shown = try await entrain("session show \(name)")
            #expect(shown.status == 5 && shown.output.contains("sealed") && shown.output.contains("%"), "\(shown)")
            #expect(!shown.output.contains("Baseline") && shown.errors.contains("--key FILE"), "\(shown)")

            let exported = try await entrain("export \(name) --to \(scratch.path("out")) --key", key)
            #expect(exported.status == 0, "\(exported)")
            let packets = try Table(scratch.text("out/packets.csv"))
            let stored = database()
            let raw = packets.cells("raw_hex").map(bytes).filter { $0.count >= 6 }
            #expect(raw.count > 50)
            for bytes in raw { #expect(stored.firstRange(of: bytes) == nil) }
            #expect(stored.firstRange(of: Data("Polar".utf8)) == nil)
            let beats = try Table(scratch.text("out/beats.csv"))
            let kept = zip(beats.cells("code"), beats.cells("rr_1024")).filter { $0.0 == "G1-01" }.compactMap {
                Int($0.1)
            }
            #expect(kept.count > 100)
            #expect(
                truth.byStrap.values.contains { sent in
                    let ticks = sent.flatMap(\.rr_1024)
                    return ticks.indices.contains { Array(ticks[$0...].prefix(kept.count)) == kept }
                })
            let whole = try await entrain("session show \(name) --key", key)
            #expect(whole.status == 0, "\(whole)")
            let page = try await entrain("report \(name) --code G1-01 --out \(scratch.path("p.html")) --key", key)
            #expect(page.status == 0 && scratch.text("p.html").contains("<svg"), "\(page)")
            try await ownParts(slips, name, packets)
        }

        /// Each slip opens its own part, and nothing else does.
        private func ownParts(_ slips: [String], _ name: String, _ packets: Table) async throws {
            for (line, code) in zip(slips, ["G1-01", "G1-02"]) {
                let receipt = try #require(line.split(separator: " ").last.map(String.init))
                let own = try await entrain("me open", receipt)
                #expect(own.status == 0 && own.output.contains("\(code) in \(name)"), "\(own)")
                #expect(own.output.contains("Tachogram"), "\(own)")
                #expect(!own.output.contains(code == "G1-01" ? "G1-02" : "G1-01"), "\(own)")
                let kept = try await entrain("me delete", receipt)
                #expect(kept.status == 7 && kept.errors.contains("entrain privacy erase \(code)"), "\(kept)")
            }
            #expect(packets.cells("code").contains("G1-02"))
            #expect(try await entrain("privacy withdraw G1-02").status == 0)
            let receipt = try #require(slips[1].split(separator: " ").last.map(String.init))
            let own = try await entrain("me open", receipt)
            #expect(own.status == 0 && own.output.contains("Tachogram"), "\(own)")
            #expect(own.errors.contains("G1-02 has withdrawn") && !own.output.contains("Phase"), "\(own)")
        }

        @Test("who is erased is gone from the files; exports count the withdrawal; the log says it")
        func erased() async throws {
            let (_, ending, name) = try await sealedSession()
            let slip = try #require(
                ending.lines.first { $0.contains("give this to G1-02") }?.split(separator: " ").last.map(String.init))
            let dry = try await entrain("privacy erase G1-02 --dry-run")
            #expect(dry.status == 0 && dry.output == "G1-02: 1 session would be destroyed: \(name).\n", "\(dry)")
            let unasked = try await entrain("privacy erase G1-02")
            #expect(unasked.status == 7 && unasked.errors.contains("--yes"), "\(unasked)")
            #expect(try await entrain("me open", slip).status == 0)
            let gone = try await entrain("privacy erase G1-02 --yes")
            #expect(gone.status == 0 && gone.output.contains("is destroyed: \(name)"), "\(gone)")
            #expect(try await entrain("me open", slip).status == 4)
            #expect(try await entrain("export \(name) --to \(scratch.path("out")) --key", key).status == 0)
            #expect(scratch.text("out/README.txt").contains("1 participant withdrawn"))
            #expect(try Set(Table(scratch.text("out/beats.csv")).cells("code")) == ["G1-01"])
            let log = try await entrain("privacy log --json")
            let actions = try log.lines.map { try JSON($0)["action"]?.string }
            #expect(actions == ["key imported", "sealed", "erased"], "\(log)")
            #expect(log.output.contains("\"about\":\"G1-02: \(name)\""), "\(log)")
        }

        @Test("sessions from before the key are sealed in one go, each with its slips, and the file is cleared once")
        func fromBefore() async throws {
            #expect(try await entrain("group new G1 --size 1").status == 0)
            #expect(try await entrain("privacy consent G1-01 --yes-on-paper").status == 0)
            let none = try await entrain("privacy seal")
            #expect(none.status == 1 && none.errors.contains("privacy key import FILE.pub"), "\(none)")
            let names = ["20260804-G1", "20260805-G1", "20260806-G1"]
            for day in 4...6 {
                let intervals = (0..<180).map { "\(850 + ($0 * (30 + day)) % 61 - 30)\n" }.joined()
                let file = try scratch.write("\(intervals)\(1500 + day)\n", to: "2026-08-0\(day) 16-02-41.txt")
                #expect(try await entrain("import --code G1-01", file).status == 0)
            }
            #expect(try await entrain("privacy key new --out", key).status == 0)
            #expect(try await entrain("privacy key import", "\(key).pub").status == 0)

            let some = try await entrain("privacy seal \(names[2]) nothere \(names[0]) --json")
            #expect(some.status == 4 && some.errors.contains("no session nothere"), "\(some)")
            #expect(
                try some.lines.map { try JSON($0)["type"]?.string } == ["sealed", "slip", "tidied"],
                "what was sealed before the mistake is told, and the file is cleared of it: \(some)")
            let rest = try await entrain("privacy seal")
            #expect(rest.status == 0, "\(rest)")
            let told = rest.lines.filter { $0.contains("is sealed for the facilitator") }
            #expect(told.map { String($0.prefix(11)) } == Array(names.prefix(2)), "\(rest)")
            #expect(rest.lines.filter { $0.contains("give this to G1-01:  ") }.count == 2, "\(rest)")
            #expect(try await entrain("privacy seal").output == "Nothing stands in the clear.\n")
            let again = try await entrain("privacy seal \(names[1])")
            #expect(again.output == "\(names[1]) is sealed already, or has nothing to seal.\n", "\(again)")
            for name in names {
                #expect(try await entrain("export \(name) --to \(scratch.path("no"))").status == 7)
                let out = scratch.path(name)
                #expect(try await entrain("export \(name) --to \(out) --key", key).status == 0)
                #expect(try Table(scratch.text("\(name)/beats.csv")).cells("rr_ms").count == 181)
            }
        }

        @Test("a whole export is sealed for one key in one file; study IDs are sealed for the folder's keys")
        func sealedExport() async throws {
            let (_, _, name) = try await sealedSession()
            let other = scratch.path("ben")
            #expect(try await entrain("privacy key new --out", other).status == 0)
            let sealed = try await entrain(
                "export \(name) --recode --to \(scratch.path("out")) --seal-to \(other).pub --key", key)
            #expect(sealed.status == 0 && sealed.output.contains("out.sealed, sealed"), "\(sealed)")
            #expect(try scratch.rights(of: "out.sealed") == "600" && scratch.rights(of: "out.codes.sealed") == "600")
            #expect(access(scratch.path("out"), F_OK) != 0 && access(scratch.path("out.codes.csv"), F_OK) != 0)
            #expect(!scratch.text("out.codes.sealed").contains("G1-01"))
            let wrong = try await entrain(
                "privacy open \(scratch.path("out.sealed")) --to \(scratch.path("x")) --key", key)
            #expect(wrong.status == 7 && wrong.errors.contains("sealed for another key"), "\(wrong)")
            #expect(access(scratch.path("x"), F_OK) != 0)
            let open = try await entrain(
                "privacy open \(scratch.path("out.sealed")) --to \(scratch.path("study")) --key", other)
            #expect(open.status == 0, "\(open)")
            let sums = try await Program.run([
                "sh", "-c", "cd \(scratch.path("study")) && sha256sum --quiet -c SHA256SUMS",
            ])
            #expect(sums.status == 0, "\(sums)")
            #expect(scratch.text("study/session.json").contains("1900"), "dates are relative in what is shared")
            let locked = try await entrain("collect \(data) --to \(scratch.path("desk"))")
            #expect(locked.status == 5 && locked.errors.contains("--key FILE"), "\(locked)")
            let collected = try await entrain("collect \(data) --to \(scratch.path("desk")) --key", key)
            #expect(collected.status == 0 && collected.output.contains("new  \(name)"), "\(collected)")
            let list = try await entrain(
                "privacy open \(scratch.path("out.codes.sealed")) --to \(scratch.path("who")) --key", key)
            #expect(list.status == 0 && scratch.text("who/codes.csv").contains("G1-01,"), "\(list)")
        }

        @Test("keys are made once, never over another, and shut to others")
        func keys() async throws {
            let made = try await entrain("privacy key new --json --out", key)
            let fingerprint = try #require(try JSON(made.output)["fingerprint"]?.string)
            #expect(try scratch.rights(of: "ann") == "600" && scratch.rights(of: "ann.pub") == "600")
            let secret = scratch.text("ann")
            let again = try await entrain("privacy key new --out", key)
            #expect(again.status == 1 && again.errors.contains("it stays"), "\(again)")
            #expect(scratch.text("ann") == secret)
            for (file, kind) in [(key, "private"), ("\(key).pub", "public")] {
                #expect(try await entrain("privacy key show", file).output == "\(fingerprint)  \(kind) key\n")
            }
            let swapped = try await entrain("privacy key import", key)
            #expect(swapped.status == 7 && swapped.errors.contains("Name the public one"), "\(swapped)")
            #expect(try await entrain("privacy key remove", fingerprint).status == 4)
        }

        @Test("days are put on record; what must be kept is not deleted, and the rest is when it is over")
        func days() async throws {
            #expect(try await entrain("privacy keep").output.contains("Nobody has said"))
            #expect(try await entrain("privacy keep --until 2027-02-30").status == 64)
            #expect(try await entrain("privacy keep nothing --until 2027-02-28").status == 4)
            let straps = try await Simulation(straps: 1, speed: 20, in: scratch)
            let ending = try await straps.entrain(
                "session", "start", "G1", "--size", "1", "--any", "--consent-on-paper", "--minutes", "0.5", "--screen",
                "off", "--data", data
            ).ended()
            #expect(ending.status == 0, "\(ending)")
            let name = try #require(try await SessionList(data: data).only)
            #expect(try await entrain("privacy keep \(name) --until 2999-12-31 --required").status == 0)
            let refused = try await entrain("privacy purge \(name) --yes")
            #expect(refused.status == 7 && refused.errors.contains("must be kept until 2999-12-31"), "\(refused)")
            #expect(try await entrain("privacy erase G1-01 --yes").status == 7)
            #expect(try await entrain("privacy keep \(name) --until 2020-01-01").status == 0)
            #expect(try await entrain("privacy purge --dry-run").output == "\(name) would go.\n")
            #expect(try await entrain("privacy purge").output == "\(name) is deleted.\n")
            #expect(try await SessionList(data: data).sessions.isEmpty)
        }

        @Test("nothing is written in the clear into a synced folder, unless it is meant so")
        func places() async throws {
            #expect(try await entrain("group new G1 --size 1").status == 0)
            for folder in ["Dropbox", "shared"] { #expect(mkdir(scratch.path(folder), 0o700) == 0) }
            #expect(mkdir(scratch.path("shared/.stfolder"), 0o700) == 0)
            #expect(mkdir(scratch.path("elsewhere"), 0o700) == 0)
            #expect(symlink(scratch.path("elsewhere"), scratch.path("OneDrive")) == 0)
            for (folder, service) in [("Dropbox", "Dropbox"), ("shared", "Syncthing"), ("OneDrive", "OneDrive")] {
                let refused = try await entrain("export 20260804-G1 --to \(scratch.path(folder))/deep/out")
                #expect(refused.status == 7 && refused.errors.contains(service), "\(refused)")
                #expect(refused.errors.contains("--unsealed-anyway"), "\(refused)")
                let meant = try await entrain("export 20260804-G1 --unsealed-anyway --to \(scratch.path(folder))/out")
                #expect(meant.status == 4, "it comes as far as the missing session: \(meant)")
                let doctor = try await Program.entrain("doctor", "--data", "\(scratch.path(folder))/data")
                for command in ["session start G1 --any --consent-on-paper", "import x.csv --code G1-01"] {
                    let words = command.split(separator: " ").map(String.init)
                    let store = try await Program.run(
                        [Program.binary] + words + ["--data", "\(scratch.path(folder))/data"])
                    #expect(store.status == 7 && store.errors.contains("--data FOLDER"), "\(store)")
                }
                let study = try await entrain("collect \(data) --to \(scratch.path(folder))/study")
                #expect(study.status == 7 && study.errors.contains("--unsealed-anyway"), "\(study)")
                #expect(access("\(scratch.path(folder))/study", F_OK) != 0)
                let words = doctor.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                #expect(words.contains("copied to other computers by \(service)"), "\(doctor)")
            }
        }

        @Test("the process leaves no core, shuts its files, cannot be looked into and logs no value")
        func hygiene() async throws {
            let straps = try await Simulation(straps: 1, speed: 1, in: scratch)
            let session = try straps.entrain(
                "session", "start", "G1", "--size", "1", "--any", "--consent-on-paper", "--screen", "off", "--data",
                data)
            try await session.waits { try straps.truth().notifications.count > 3 }
            let folder = "/proc/\(session.identifier)"
            let limits = try #require(FileText.read("\(folder)/limits"))
            let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") } ?? ""
            #expect(core.split(whereSeparator: \.isWhitespace).dropFirst(4).prefix(2) == ["0", "0"], "\(core)")
            let status = try #require(FileText.read("\(folder)/status"))
            #expect(status.contains("Umask:\t0077"), "\(status)")
            // What is not dumpable belongs to root (proc(5)); root's processes do so anyway.
            var information = stat()
            #expect(stat("\(folder)/mem", &information) == 0 && information.st_uid == 0)
            #expect(try scratch.rights(of: "data/entrain.sqlite-wal") == "600")
            session.send(SIGINT)
            let ending = try await session.ended()
            #expect(ending.status == 2, "\(ending)")
            let name = try #require(try await SessionList(data: data).only)
            // All that reaches the journal of a service: which session was kept, and no value of anybody.
            #expect(
                ending.output.isEmpty
                    && ending.errors == """
                        Kept as \(name). Export it with:
                          entrain export \(name) --to \(name)
                        entrain: stopped; everything until now is kept as \(name).

                        """,
                "\(ending)")
        }
    }
}
