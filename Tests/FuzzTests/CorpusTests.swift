import FoundationEssentials
import FuzzEntries
import Programs
import TestSupport
import Testing

/// Every seed, every input that once failed and all that long runs found, through the functions that libFuzzer calls.
@Suite("Corpora", .timeLimit(.minutes(2))) struct CorpusTests {
    private static let home = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Fuzz"
    private static let corpora = home + "/corpora"

    @Test("every seed is taken", arguments: FuzzEntry.all)
    func replay(_ entry: FuzzEntry) async throws {
        let folder = "\(Self.corpora)/\(entry.name)"
        #expect(try await take(folder, entry) >= 3, "\(entry) has seeds")
        try await entry.take([])
    }

    @Test(
        "inputs that long runs found are taken, sixty of each kind; `make fuzz` begins with all of them",
        arguments: FuzzEntry.all)
    func found(_ entry: FuzzEntry) async throws {
        let folder = try TemporaryFolder()
        let packed = "\(Self.home)/found/\(entry.name).tar.gz"
        let unpacking = try ChildProgram("tar", ["-C", folder.path, "-xzf", packed]).start()
        try #require(ChildEnding.wait(for: unpacking) == .exited(0), "\(packed) is whole")
        #expect(try await take("\(folder.path)/\(entry.name)", entry, atMost: 60) > 0)
    }

    /// Takes the files of a folder, or so many of them from its beginning to its end, and answers how many there are.
    private func take(_ folder: String, _ entry: FuzzEntry, atMost most: Int = .max) async throws -> Int {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        for file in stride(from: 0, to: files.count, by: 1 + (files.count - 1) / most).map({ files[$0] }) {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
            do { try await entry.take(bytes) } catch { Issue.record("\(entry) \(file): \(error)") }
        }
        return files.count
    }

    @Test("every corpus has its reader")
    func readers() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpora).filter { !$0.hasPrefix(".") }
        #expect(Set(folders) == Set(FuzzEntry.all.map(\.name)))
    }
}
