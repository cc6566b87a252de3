import HeartRate
import Practice
import Testing

@testable import Formats

@Suite("Parts of an export") struct ExportPartsTests {
    @Test(
        "SHA-256 is that of FIPS 180-4",
        arguments: [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (3, "9834876dcfb05cb167a5c24953eba58c4ac89b1adf57f28f2f9d09af107ee8f0"),
            (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
            (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
            (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
            (1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
        ])
    func digest(count: Int, expected: String) {
        let bytes = [UInt8](repeating: 0x61, count: count)
        #expect(Checksum.hexadecimal(of: bytes) == expected)
        var pieces = Checksum()
        for byte in bytes { pieces.add([byte]) }
        #expect(pieces.hexadecimal == expected)
    }

    @Test("gzip has no name and no time in its header, and equal contents give equal files")
    func gzip() {
        func pack() -> [UInt8] {
            var stream = GzipStream()
            var bytes: [UInt8] = []
            for number in 0..<40_000 { bytes += stream.packed(Array("\(number)\n".utf8)) }
            return bytes + stream.finished()
        }
        let packed = pack()
        #expect(Array(packed.prefix(8)) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
        #expect(packed.count > 1000 && packed.count < 150_000)
        #expect(packed == pack())
    }

    @Test("the tachogram is linear between beats, empty in a gap and begins on the grid")
    func tachogram() {
        let beats = [
            Beat(sequence: 1, ticks: 1024, end: 1.1, contact: .yes, flag: .ok, segment: 1, packet: 1),
            Beat(sequence: 2, ticks: 512, end: 1.6, contact: .yes, flag: .ok, segment: 1, packet: 1),
            Beat(sequence: 3, ticks: 1024, end: 9.2, contact: .yes, flag: .gapBefore, segment: 2, packet: 2),
            Beat(sequence: 4, ticks: 512, end: 9.7, contact: .yes, flag: .ok, segment: 2, packet: 2),
        ]
        let grid = Tachogram(beats, rate: 4)
        #expect(grid.start == 1.25 && grid.time(1) == 1.5 && grid.count == 34)
        #expect(abs((grid.value(0) ?? 0) - 850) < 1e-6 && abs((grid.value(1) ?? 0) - 600) < 1e-6)
        #expect((2..<32).allSatisfy { grid.value($0) == nil })
        #expect(abs((grid.value(32) ?? 0) - 950) < 1e-6 && abs((grid.value(33) ?? 0) - 700) < 1e-6)
        #expect(Tachogram([], rate: 4).count == 0)
    }

    @Test("BIDS has the files, columns and labels of the design")
    func bids() throws {
        let export = SessionExport.all(of: [try Samples.evening()], ExportOptions(formats: [.bids]))
        let paths = BIDSDataset.files(of: export).map(\.path)
        let stem = "bids/sub-G1S01/beh/sub-G1S01_task-coherence"
        for name in [
            "bids/dataset_description.json", "bids/participants.tsv", "\(stem)_events.tsv",
            "\(stem)_recording-rr4hz_physio.tsv.gz", "\(stem)_recording-rr4hz_physio.json",
            "\(stem)_recording-rr4hz_physioevents.tsv.gz", "\(stem)_recording-rr4hz_physioevents.json",
        ] { #expect(paths.contains(name), "\(name)") }
        #expect(!paths.contains { $0.contains("ses-") })
        let twice = BIDSDataset.files(of: export + export).map(\.path)
        #expect(twice.contains { $0.hasPrefix("bids/sub-G1S01/ses-20260804G1/beh/") })
    }

    @Test("METHODS.md tells the protocol from the script and says what nobody wrote down")
    func methods() throws {
        let export = try #require(SessionExport.all(of: [try Samples.evening()], ExportOptions()).first)
        let text = MethodsText.text(of: export)
        for row in [
            "| Biological sex | not recorded: fill in |",
            "| Inhalation, holding and exhalation in each cycle | practice-1: in 4.7 s, hold 0 s, out 4.7 s (in : out = 1 : 1) |",
            "| Preset pace (optional) | 6.4 breaths a minute |", "| Body position | not recorded: fill in |",
            "| Duration | 3.3 min in all, of which 2 min with a pacer |", "| Final sample | 2 codes with beats; ",
            "| practice-1 | 80 | 120 | own | 6.4 | 4.7 | 0 | 4.7 | not recorded: fill in | response modulation |",
        ] { #expect(text.contains(row), "\(row)\n\(text)") }
        #expect(text.contains("gaps of connection inside phases: 1, kept as gaps"))
    }

    @Test("REDCap gets the 18 columns of a dictionary and a row a code and phase")
    func redcap() throws {
        let files = try ExportTests.files(try Samples.evening(), ExportOptions(formats: [.redcap]))
        let dictionary = ExportTests.text(files["redcap/redcap_dictionary.csv"]).split(separator: "\n")
        #expect(dictionary[0].hasPrefix("Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"))
        #expect(REDCapField.table.entries.count == 18)
        let data = ExportTests.text(files["redcap/redcap_data.csv"]).split(separator: "\n")
        #expect(data.count == 5)
        #expect(data[1].hasPrefix("G1-01,baseline_arm_1,20260804-G1,"))
        let header = data[0].split(separator: ",").map(String.init)
        let fields = Set(dictionary.dropFirst().map { String($0.prefix { $0 != "," }) })
        #expect(Set(header).subtracting(["redcap_event_name", "hrv_session_complete"]) == fields)
    }

    @Test("measures have one line an analysed phase, a hyphen where there is no number")
    func measures() throws {
        let files = try ExportTests.files(try Samples.evening(), ExportOptions(formats: [.measures]))
        let lines = ExportTests.text(files["measures/G1-01_measures.csv"]).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0] == "timestamp_measurement,HR,AVNN,SDNN,rMSSD,pNN50,LF,HF,HRV4T_Recovery_Points")
        #expect(lines[1].hasPrefix("2026-08-04T16:04:01,") && lines[1].hasSuffix(",-"))
        #expect(lines[1].split(separator: ",").count == 9)
    }

    @Test("study IDs are random, look like codes and are never given twice")
    func studyCodes() throws {
        var generator = SystemRandomNumberGenerator()
        let group = try GroupName("G1")
        let codes = try (1...99).map { try Code(group: group, place: $0) }
        let first = try StudyCodes(for: codes, using: &generator)
        let second = try StudyCodes(for: codes, using: &generator)
        #expect(Set(first.map.values).count == 99 && Set(first.map.keys) == Set(codes))
        #expect(first != second)
        #expect(first.map.values.allSatisfy { (try? Code($0.description)) == $0 })
    }

    @Test(
        "a strap is told by its make alone",
        arguments: [
            ("Polar H10 A1B2C3D4", "Polar H10"), ("Polar Sense 01234567", "Polar Sense"),
            ("A0:9E:1A:B2:C3:D4", "strap"),
            ("TICKR 1A2B", "TICKR"), ("HRM-Dual:123456", "HRM-Dual"),
        ])
    func make(label: String, expected: String) { #expect(StrapLabel.make(of: label) == expected) }
}
