import HRV
import Testing

@testable import Formats

@Suite("What a file makes people read") struct RRTextTests {
    private func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) }
    }

    @Test(
        "nothing in a file reaches the terminal as a command",
        arguments: [
            "    0:00.812      812     \u{1B}    0    0    0\n    0:01.602     1602     N    0    0    0\n"
                + "    0:02.407     2407     N    0    0    0\n",
            "R\u{1B}[31mR\u{7}\u{9B}2J\n812\n790\n",
            "event,value,timestamp\n\u{1B}]0;x\u{7},1,2026-08-04T16:02:40.000000\n"
                + "InterBeatInterval,812,2026-08-04T16:02:41.812000\nInterBeatInterval,790,2026-08-04T16:02:42.602000\n",
        ])
    func control(_ text: String) throws {
        let file = try RRFile.read(bytes: Array(text.utf8), name: "x.txt")
        #expect(!file.intervals.isEmpty)
        #expect(file.notes.contains { $0.contains("?") })
        for line in file.notes { #expect(isPrintable(line), "\(line.debugDescription)") }
    }

    @Test("codes with control characters are named without them") func codes() {
        let heading = "schema,session,code,seq,t_s,rr_1024,rr_ms,contact,flag,label,phase,segment,packet\n"
        let rows = ["G1\u{1B}[2J", "G2"].map { "entrain.beats/1,S,\($0),1,0.8,819,799.805,unknown,ok,N,,1,1\n" }
        #expect(throws: RRFileError.severalCodes(name: "x.csv", codes: ["G1?[2J", "G2"])) {
            try RRFile.read(bytes: Array((heading + rows.joined()).utf8), name: "x.csv")
        }
    }

    @Test("hundreds of kinds or codes are counted, not all listed") func many() throws {
        var text = "event,value,timestamp\n"
        for number in 0..<300 { text += "Kind\(number),1,2026-08-04T16:02:40.000000\n" }
        for second in 1...30 { text += "InterBeatInterval,1000,2026-08-04T16:02:\(second + 10).000000\n" }
        let file = try RRFile.read(bytes: Array(text.utf8), name: "x.csv")
        let remark = try #require(file.remarks.first { $0.contains("no beats") })
        #expect(remark.contains("1 of Kind0,") && remark.contains("281 of others") && !remark.contains("Kind200"))

        let codes = (0..<50).map { "G\($0)" }
        let error = RRFileError.severalCodes(name: "x.csv", codes: codes)
        #expect(error.description.contains("50 codes") && error.description.contains("G19 and 30 more"))
    }

    @Test("a clock that jumps by thousands of years is a gap of unknown length, and no beat is lost")
    func clockJump() throws {
        var text = "timestamp, rr, since_start\n"
        for beat in 0..<60 {
            let since = 800 * beat + (beat < 30 ? 0 : 4_000_000_000_000_000)
            text += "\(1_785_859_360_000 + since), 800, \(since)\n"
        }
        let file = try RRFile.read(bytes: Array(text.utf8), name: "x.csv")
        #expect(file.intervals == [Double](repeating: 800, count: 60))
        #expect(file.gaps.map(\.before) == [30])
        #expect(file.gaps.map(\.seconds) == [0])
        #expect(file.series.rr == file.intervals)
        #expect(file.series.segments == [0..<30, 30..<60])
    }
}
