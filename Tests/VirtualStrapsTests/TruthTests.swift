import FoundationEssentials
import Testing

@testable import VirtualStraps

@Suite struct TruthTests {
    private let record = TruthRecord(
        seconds: 12.34, strap: "Polar H10 A1B2C3D4", address: "A0:9E:1A:B2:C3:D4", sequence: 17, heartRate: 72,
        rrTicks: [828, 831])

    @Test func aRecordIsOneLineWithItsKeysInOrder() {
        #expect(
            record.json
                == #"{"t":12.340,"strap":"Polar H10 A1B2C3D4","address":"A0:9E:1A:B2:C3:D4","seq":17,"#
                + #""heart_rate":72,"rr_1024":[828,831]}"#)
    }

    @Test func badBytesStandAtTheEnd() {
        var bad = record
        (bad.heartRate, bad.rrTicks, bad.raw) = (nil, [], [0x10, 0x48, 0x3C])
        #expect(bad.json.hasSuffix(#""seq":17,"heart_rate":null,"rr_1024":[],"raw":"10483C"}"#))
    }

    @Test(arguments: [(0.0, "0.000"), (0.0004, "0.000"), (0.9996, "1.000"), (61.05, "61.050"), (7200.007, "7200.007")])
    func secondsHaveThreeDecimals(seconds: Double, text: String) {
        var timed = record
        timed.seconds = seconds
        #expect(timed.json.hasPrefix("{\"t\":\(text),"))
    }

    @Test func namesAreQuoted() {
        var odd = record
        odd.strap = "a \"b\" \\ \u{7} é"
        #expect(odd.json.contains(#""strap":"a \"b\" \\ \u0007 é","#))
    }

    @Test func aFileHasEachLineAtOnce() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "truth-\(UUID()).ndjson").path
        // A file left behind in the temporary folder does no harm.
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try TruthFile(path: path)
        file.write(record)
        file.write(record)
        let text = try #require(FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) })
        #expect(text == record.json + "\n" + record.json + "\n")
        try file.check()
    }

    @Test func aPlaceThatCannotBeWrittenIsNamed() {
        let error = #expect(throws: TruthFileError.self) { try TruthFile(path: "/nowhere/truth.ndjson") }
        #expect(error?.description.hasPrefix("/nowhere/truth.ndjson cannot be written: No such file") == true)
    }

    @Test func aFullDiskIsSaidAtTheEnd() throws {
        let file = try TruthFile(path: "/dev/full")
        file.write(record)
        #expect(throws: TruthFileError.self) { try file.check() }
    }
}
