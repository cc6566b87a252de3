import FoundationEssentials
import FuzzEntries
import Testing

/// Every seed and every input that once failed, through the functions that libFuzzer calls.
@Suite("Corpora", .timeLimit(.minutes(2))) struct CorpusTests {
    private static let corpora =
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Fuzz/corpora"

    @Test("every seed is taken", arguments: FuzzEntry.all)
    func replay(_ entry: FuzzEntry) async throws {
        let folder = "\(Self.corpora)/\(entry.name)"
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        #expect(files.count >= 3, "\(entry) has seeds")
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
            do { try await entry.take(bytes) } catch { Issue.record("\(entry) \(file): \(error)") }
        }
        try await entry.take([])
    }

    @Test("every corpus has its reader")
    func readers() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpora).filter { !$0.hasPrefix(".") }
        #expect(Set(folders) == Set(FuzzEntry.all.map(\.name)))
    }
}
