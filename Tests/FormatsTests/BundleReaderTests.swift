import HeartRate
import Practice
import Testing

@testable import Formats

@Suite("A bundle read back") struct BundleReaderTests {
    /// The files of an export with their sums, as a folder has them.
    private func folder(_ record: SessionRecord, excel: Bool = false) throws -> [String: [UInt8]] {
        var options = ExportOptions()
        options.isForExcel = excel
        var files = try ExportTests.files(record, options)
        let sums = files.map { "\(Checksum.hexadecimal(of: $0.value))  \($0.key)\n" }.joined()
        files["SHA256SUMS"] = Array(sums.utf8)
        return files
    }

    private func read(_ files: [String: [UInt8]]) throws -> SessionRecord {
        try BundleReader(name: "x") { files[$0] }.record()
    }

    @Test("the session is the one that was exported", arguments: [false, true])
    func again(excel: Bool) throws {
        var record = try Samples.evening()
        record.markers = [
            MarkerRecord(t: 2, code: nil, kind: "mark", text: "=cmd, \"door\"\nagain"),
            MarkerRecord(t: 4, code: try Code("G1-02"), kind: "notice", text: "-3; °C"),
        ]
        record.imports = [
            ImportRecord(
                code: try Code("G1-02"), digest: "abc", format: "HRV Logger", start: 1, beats: 2, remarks: ["x"],
                made: Samples.started)
        ]
        record.beats[5].beat.importedMilliseconds = 812.3
        record.beats[5].beat.ticks = 832
        let files = try folder(record, excel: excel)
        let found = try read(files)
        #expect(found.info == record.info && found.markers == record.markers && found.imports == record.imports)
        #expect(found.phases == record.phases && found.links.map(\.event) == record.links.map(\.event))
        #expect(Fingerprint(found) == Fingerprint(record))
        #expect(Fingerprint(found).difference(from: Fingerprint(record)) == nil)
        let again = try ExportTests.files(found, ExportOptions())
        let first = try ExportTests.files(record, ExportOptions())
        for name in ["packets.csv", "beats.csv", "phases.csv", "markers.csv", "coherence.csv"] {
            #expect(again[name] == first[name], "\(name)")
        }
    }

    @Test("what differs is told: phases, or whose beats")
    func differences() throws {
        let record = try Samples.evening()
        var other = record
        other.beats[10].beat.ticks += 1
        #expect(Fingerprint(record).difference(from: Fingerprint(other)) == "other beats of G1-01")
        other.phases[0].end = 81
        #expect(Fingerprint(record).difference(from: Fingerprint(other)) == "its phases are others")
        var fewer = record
        fewer.info.codes = [try Code("G1-02"): .study]
        #expect(Fingerprint(record).difference(from: Fingerprint(fewer)) == nil)
    }

    @Test("files that are missing, changed or broken are named")
    func damage() throws {
        let files = try folder(try Samples.evening())
        for name in ["SHA256SUMS", "session.json", "beats.csv", "packets.csv", "links.csv"] {
            var fewer = files
            fewer[name] = nil
            #expect(throws: BundleError.missing(bundle: "x", file: name)) { try read(fewer) }
        }
        var changed = files
        changed["beats.csv"]?[200] ^= 1
        #expect(throws: BundleError.changed(bundle: "x", file: "beats.csv")) { try read(changed) }
        var broken = files
        broken["session.json"] = Array("{}".utf8)
        broken["SHA256SUMS"] = []
        #expect(throws: BundleError.self) { try read(broken) }
    }

    @Test(
        "a moment that no clock of ours can hold is no moment",
        arguments: ["2999-01-01T00:00:00Z", "0001-01-01T00:00:00Z"])
    func farMoment(_ text: String) { #expect(SessionDocument.moment(text) == nil) }

    @Test(
        "a time that no session has makes a file that cannot be understood",
        arguments: [
            ("session.json", "\"seconds\": 20.5", "\"seconds\": 1e300"),
            ("session.json", "\"offset_s\": -14400", "\"offset_s\": 9000000000000000"),
            ("packets.csv", ",2.400,", ",1e300,"), ("beats.csv", ",0.812,", ",inf,"), ("links.csv", ",0.062,", ",nan,"),
        ])
    func absurdTimes(_ file: String, _ old: String, _ new: String) throws {
        var files = try folder(try Samples.record())
        let text = String(decoding: try #require(files[file]), as: UTF8.self)
        try #require(text.contains(old), "\(text)")
        files[file] = Array(text.replacing(old, with: new, maxReplacements: 1).utf8)
        files["SHA256SUMS"] = []
        let error = try #require(throws: BundleError.self) { try read(files) }
        guard case .damaged(_, file, _) = error else {
            Issue.record("\(error)")
            return
        }
    }

    @Test("a recoded bundle is refused")
    func recoded() throws {
        let record = try Samples.evening()
        var generator = SystemRandomNumberGenerator()
        let study = try StudyCodes(for: record.info.codes.keys, using: &generator)
        var files = try ExportTests.files(record, ExportOptions(isRecoded: true), study: study)
        files["SHA256SUMS"] = []
        #expect(throws: BundleError.recoded(bundle: "x")) { try read(files) }
    }
}
