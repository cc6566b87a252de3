import FoundationEssentials
import Glibc
import Practice
import TestSupport
import Testing
import Timekeeping
import VirtualStraps

@testable import Gateway

@Suite("What the doctor looks at") struct ExaminationTests {
    let scratch: TemporaryFolder

    init() throws { scratch = try TemporaryFolder() }

    private func folder(_ name: String, rights: mode_t = 0o700) -> String {
        let path = "\(scratch.path)/\(name)"
        mkdir(path, 0o700)
        chmod(path, rights)
        return path
    }

    @Test("a folder is seen as it is, and nothing is made or changed by looking")
    func rights() throws {
        let open = folder("open", rights: 0o755)
        let facts = Examination.folder(open + "/", home: scratch.path)
        #expect(facts.path == "~/open" && facts.rights == 0o755 && facts.isWritable && facts.linkTarget == nil)
        #expect((facts.freeBytes ?? 0) > 0)
        #expect(Examination.folder(open, home: nil).rights == 0o755)
        let missing = Examination.folder("\(open)/a/b", home: nil)
        #expect(missing.rights == nil && missing.isWritable)
        #expect(try FileManager.default.contentsOfDirectory(atPath: open).isEmpty)
    }

    @Test("a link is followed and named, also into a synced folder")
    func link() throws {
        _ = folder("Dropbox")
        let target = folder("Dropbox/entrain")
        let link = "\(scratch.path)/link"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
        let facts = Examination.folder(link, home: nil)
        #expect(facts.linkTarget?.hasSuffix("/Dropbox/entrain") == true)
        #expect(facts.syncedBy == "Dropbox")
    }

    @Test("files that others may read are named; other people's files are not ours to judge")
    func files() {
        let place = folder("data")
        for (name, rights) in [("entrain.sqlite", mode_t(0o640)), ("entrain.sqlite-wal", 0o600), ("notes.txt", 0o644)] {
            #expect(FileManager.default.createFile(atPath: "\(place)/\(name)", contents: Data()))
            chmod("\(place)/\(name)", rights)
        }
        #expect(Examination.folder(place, home: nil).looseFiles == ["entrain.sqlite"])
    }

    @Test("a file where the folder should be cannot be written into")
    func file() {
        let path = "\(scratch.path)/file"
        #expect(FileManager.default.createFile(atPath: path, contents: Data()))
        #expect(!Examination.folder(path, home: nil).isWritable)
        #expect(!Examination.folder("\(path)/below", home: nil).isWritable)
    }

    @Test("the running kernel and clock tell something")
    func machine() {
        let kernel = Examination.kernel()
        #expect(!kernel.release.isEmpty && kernel.version != nil)
        #expect(Examination.clock(zoneOffsetSeconds: 3600).zoneOffsetSeconds == 3600)
    }

    @Test(
        "a version is found in what BlueZ's programs say",
        arguments: [
            ("5.66\n", "5.66"), ("bluetoothctl: 5.66\n", "5.66"), ("bluetoothctl: error\n", nil), ("", nil),
        ])
    func version(text: String, expected: String?) {
        #expect(Examination.version(in: text) == expected)
    }

    @Test("a program is asked and answers; one that fails or is not there gives nothing")
    func program() async {
        #expect(await ProgramOutput.of(["/bin/echo", "5.66"], within: .seconds(60)) == "5.66\n")
        #expect(await ProgramOutput.of(["/bin/false"], within: .seconds(60)) == nil)
        #expect(await ProgramOutput.of(["/no/such/program"], within: .seconds(60)) == nil)
    }

    @Test("a program that does not end is ended", .timeLimit(.minutes(1)))
    func endless() async {
        #expect(await ProgramOutput.of(["/bin/sleep", "1000"], within: .milliseconds(50)) == nil)
    }
}
