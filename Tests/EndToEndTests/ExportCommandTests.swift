import Glibc
import Testing

extension EndToEnd.RecordingTests {
    private func export(_ arguments: String...) async throws -> Program.Ending {
        try await Program.run(
            [Program.binary, "export", recording.session, "--data", recording.data] + arguments)
    }

    private static let all = "csv,kubios,elite,hrvlogger,polar,hrvas,openhrv,bids,redcap,measures"

    @Test("readers of other people accept every format: BIDS validator, frictionless, neurokit2, pyhrv, hrv-analysis")
    func outsideReaders() async throws {
        let scratch = try Scratch()
        let ending = try await export("--format", Self.all, "--to", scratch.path("out"))
        try #require(ending.status == 0, "\(ending)")
        let root = #filePath.dropLast("Tests/EndToEndTests/ExportCommandTests.swift".count)
        let readers = try await Program(["\(root)Tests/Outside/run", scratch.path("out")])
            .ended(within: .seconds(600))
        #expect(
            readers.status != 77,
            "PyPI cannot be reached, so no reader of other people could be asked: run this again with a network")
        #expect(readers.status == 0 && readers.lines.last == "all readers accept it", "\(readers)")
    }

    @Test("nothing is written over: the second export into a folder is refused, and --force allows it")
    func writingOver() async throws {
        let scratch = try Scratch()
        let first = try await export("--to", scratch.path("out"))
        #expect(first.status == 0, "\(first)")
        let before = scratch.text("out/beats.csv")
        #expect(truncate(scratch.path("out/beats.csv"), 10) == 0)
        let second = try await export("--to", scratch.path("out"))
        #expect(second.status == 1 && second.errors.contains("--force"), "\(second)")
        #expect(scratch.text("out/beats.csv").utf8.count == 10)
        let other = try await export("--format", "kubios", "--to", scratch.path("out"))
        #expect(other.status == 1 && other.errors.contains("SHA256SUMS"), "\(other)")
        #expect(try !scratch.files(in: "out").contains("kubios"))
        let forced = try await export("--to", scratch.path("out"), "--force")
        #expect(forced.status == 0 && scratch.text("out/beats.csv") == before, "\(forced)")
        #expect(try scratch.files(in: "") == ["out"])
    }

    @Test("an export that breaks leaves nothing", .enabled(if: TinyDisk.isPossible))
    func broken() async throws {
        let scratch = try Scratch()
        let disk = try #require(TinyDisk(in: scratch, kilobytes: 256))
        let ending = try await export("--format", Self.all, "--to", scratch.path("disk/out"))
        #expect(ending.status == 1 && ending.errors.contains("No space left on device"), "\(ending)")
        #expect(try scratch.files(in: "disk") == [])
        withExtendedLifetime(disk) {}
    }

    @Test(
        "Ctrl-C in the middle of an export leaves nothing, nor does a terminal that goes away",
        arguments: [SIGINT, SIGHUP])
    func interrupted(signal: Int32) async throws {
        let scratch = try Scratch()
        let folder = scratch.path("out")
        let arguments = ["--format", Self.all, "--recode", "--to", folder]
        let export = try Program(
            [Program.binary, "export", recording.session, "--data", recording.data] + arguments)
        try await export.waits { try scratch.files(in: "").contains("out.partial-\(export.identifier)") }
        export.send(signal)
        let ending = try await export.ended()
        #expect(ending.status == 2 && ending.errors.contains("nothing was written"), "\(ending)")
        #expect(try scratch.files(in: "") == [])
    }

    @Test("what a killed export left is taken away by the next one")
    func leftovers() async throws {
        let scratch = try Scratch()
        let dead = try await Program.run(["true"])
        #expect(dead.status == 0)
        #expect(mkdir(scratch.path("out.partial-999999999"), 0o700) == 0)
        _ = try scratch.write("half", to: "out.partial-999999999/beats.csv")
        #expect(try await export("--to", scratch.path("out")).status == 0)
        #expect(try scratch.files(in: "") == ["out"])
    }

    @Test("one file goes to standard output; several are refused with their names")
    func standardOutput() async throws {
        let one = try await export("--only", "beats.csv", "--to", "-")
        #expect(one.status == 0 && one.output == recording.bundle.text("beats.csv"))
        let code = try #require(recording.bundle.beats.rows.first?["code"])
        let intervals = try await export(
            "--format", "kubios", "--code", code, "--only", "kubios/\(code)_rr.txt", "--to", "-")
        let own = recording.bundle.beats.rows.filter { $0["code"] == code && $0["t_s"] != "" }
        #expect(intervals.lines.count == own.count, "\(intervals)")
        let read = "\(Program.binary) export \(recording.session) --only packets.csv --to - --data '\(recording.data)'"
        let enough = try await Program.run(["bash", "-c", "\(read) | head -n 1"])
        #expect(enough.lines.count == 1 && enough.errors == "", "\(enough)")
        let several = try await export("--to", "-")
        #expect(several.status == 64 && several.errors.contains("--only") && several.output.isEmpty)
        let none = try await export("--only", "nothing.csv", "--to", "-")
        #expect(none.status == 4 && none.errors.contains("beats.csv"), "\(none)")
    }

    @Test("a shared export has study IDs, shifted days and no strap; who is who lies beside it, for the owner only")
    func shared() async throws {
        let scratch = try Scratch()
        let ending = try await export("--recode", "--format", "csv,bids", "--to", scratch.path("out"))
        #expect(ending.status == 0 && ending.output.contains("out.codes.csv"), "\(ending)")
        #expect(try scratch.rights(of: "out.codes.csv") == "600")
        let list = try Table(scratch.text("out.codes.csv"))
        #expect(list.rows.count == 8)
        let beats = try Table(scratch.text("out/beats.csv"))
        let known = Set(list.cells("study_id"))
        #expect(Set(beats.cells("code")).isSubset(of: known) && !beats.rows.isEmpty)
        for file in try scratch.files(in: "out") where file != "bids" {
            let text = scratch.text("out/\(file)")
            for code in list.cells("code") { #expect(!text.contains(code), "\(code) in \(file)") }
            for strap in recording.truth.byStrap.keys {
                #expect(
                    !text.contains(strap.suffix(4)) || strap.suffix(4).allSatisfy(\.isNumber), "\(strap) in \(file)")
            }
        }
        let again = try await export("--recode", "--to", scratch.path("out2"))
        #expect(again.status == 0)
        #expect(try Set(Table(scratch.text("out2.codes.csv")).cells("study_id")) != known)
    }

    @Test("tables for a spreadsheet hold the same cells")
    func excel() async throws {
        let scratch = try Scratch()
        let ending = try await export("--excel", "--to", scratch.path("out"))
        #expect(ending.status == 0, "\(ending)")
        let text = scratch.text("out/beats.csv")
        #expect(text.hasPrefix("\u{FEFF}schema;session;code;seq;"))
        let plain = recording.bundle.text("beats.csv")
        #expect(text.dropFirst().replacing(";", with: ",") == plain)
        #expect(scratch.text("out/README.txt").contains("semicolons"))
    }

    @Test(
        "mistakes are told with what to write instead",
        arguments: [
            (["--format", "kubius", "--to", "x"], Int32(64), "kubios"), (["--code", "G-99", "--to", "x"], 4, "G-99"),
            (["--recode", "--to", "-"], 64, "--recode"), (["--min-cell", "-1", "--to", "x"], 64, "--min-cell"),
        ])
    func mistakes(arguments: [String], status: Int32, word: String) async throws {
        let ending = try await Program.run(
            [Program.binary, "export", recording.session, "--data", recording.data] + arguments)
        #expect(ending.status == status && ending.errors.contains(word), "\(ending)")
    }
}
