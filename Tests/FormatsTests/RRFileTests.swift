import Testing

@testable import Formats

@Suite("Files of RR intervals") struct RRFileTests {
    private func read(_ text: String) throws -> RRFile { try RRFile.read(bytes: Array(text.utf8), name: "x.txt") }

    @Test(
        "intervals are read in ms and s, whatever ends a line or stands around it",
        arguments: [
            "812\n790\n805\n", "812\r\n790\r\n805", "812\r790\r805", "\u{FEFF}812\n790\n805\n", "0.812\n0.790\n0.805\n",
            "0,812\n0,790\n0,805\n", "  812 \n\n790\t\n\n805;\n", "# made by hand\n812\n790\n# note\n805\n",
            "RR-interval [ms]\n812\n790\n805\n", "+812\n790.0\n8.05e2\n", "8.12E-1\n.79\n0.80500000000000000000\n",
            "0.812 0.812\n1.602 0.790\n2.407 0.805\n", "0.812,0.812\n1.602,0.790\n2.407,0.805\n",
            "0,812;0,812\n1,602;0,790\n2,407;0,805\n", "0.000\t812\n0.812\t790\n1.602\t805\n",
            "812\t812\n1602\t790\n2407\t805\n", "time;rr\n0.812;0.812\n1.602;0.790\n2.407;0.805\n",
        ])
    func variants(_ text: String) throws {
        let file = try read(text)
        #expect(file.intervals == [812, 790, 805])
        #expect(file.breaks.isEmpty)
        #expect(file.leftOut.isEmpty)
    }

    @Test("seconds become milliseconds without a trace of binary rounding")
    func exact() throws {
        let lines = (100...2000).reversed().map { "\($0 / 1000).\(String($0 + 10_000).suffix(3))" }
        let file = try read(lines.joined(separator: "\n"))
        #expect(file.intervals == (100...2000).reversed().map(Double.init))
        #expect(file.unit == .seconds)
    }

    @Test("the unit goes by the median")
    func unit() throws {
        #expect(try read("0.8\n0.9\n812\n").unit == .seconds)
        #expect(try read("800\n900\n0.8\n").unit == .milliseconds)
        #expect(try read("800\n0.8\n").unit == .milliseconds)
    }

    @Test("heading, comments and layout are told")
    func notes() throws {
        let file = try read("RR (s)\n# a\n0.000 0.812\n0.812 0.790\n1.602 0.805\n")
        #expect(file.header == "RR (s)")
        #expect(file.commentLines == 1)
        #expect(file.layout == .beginTimes)
        #expect(file.notes.contains { $0.contains("RR (s)") })
        #expect(file.notes.first == "read as seconds")
        #expect(try read("0.812 0.812\n1.602 0.790\n").layout == .endTimes)
    }

    @Test("what is no interval is counted with its lines, and no difference goes across it")
    func leftOut() throws {
        let file = try read(
            "812\nabc\n790\n0\n-5\n805\n830\nNaN\ninf\n99\n10001\n812,790,805\n845\n822\n800\n801\n802\n803\n\n")
        #expect(file.intervals == [812, 790, 805, 830, 845, 822, 800, 801, 802, 803])
        #expect(file.breaks == [1, 2, 4])
        let counts = Dictionary(uniqueKeysWithValues: file.leftOut.map { ($0.reason, $0) })
        #expect(counts.mapValues(\.count) == [.noNumber: 2, .zero: 1, .negative: 1, .notFinite: 2, .outOfRange: 2])
        #expect(counts[.noNumber]?.firstLines == [2, 12])
        #expect(counts[.notFinite]?.firstLines == [8, 9])
        #expect(counts[.outOfRange]?.description.contains("lines 10, 11") == true)
    }

    @Test("intervals at the limits stay")
    func limits() throws {
        #expect(try read("100\n10000\n0.1\n").intervals == [100, 10_000])
        #expect(try read("0.1\n10\n0.0999\n").intervals == [100, 10_000])
    }

    @Test("nothing before the first or after the last interval makes a break")
    func edges() throws {
        let file = try read("heading\n0\n812\n790\n805\n0\n")
        #expect(file.breaks.isEmpty)
        #expect(file.leftOut.first?.firstLines == [2, 6])
    }

    @Test("a jump of the time is a break, and every interval stays")
    func jumps() throws {
        var lines: [String] = []
        var time = 0
        for index in 0..<40 {
            time += index == 20 ? 5800 : 800
            lines.append("\(time)\t800")
        }
        let file = try read(lines.joined(separator: "\n"))
        #expect(file.intervals.count == 40)
        #expect(file.breaks == [20])
        #expect(file.leftOut.map(\.reason) == [.timeJump])
        #expect(file.leftOut.first?.firstLines == [21])
        #expect(file.layout == .endTimes)
    }

    @Test(
        "a file without intervals is an error that names it, the line, and what to do",
        arguments: [
            ("", RRFileError.empty(name: "x.txt")), ("\n\r\n  \n", .empty(name: "x.txt")),
            ("\u{FEFF}# only a comment\n", .empty(name: "x.txt")), ("hello\n", .noNumber(name: "x.txt", line: 1)),
            ("\n\nhello\nworld\n", .noNumber(name: "x.txt", line: 3)), ("50\n\n", .noInterval(name: "x.txt", line: 1)),
            ("0\n0\n0\n", .noInterval(name: "x.txt", line: 1)), ("20000\n30000\n", .noInterval(name: "x.txt", line: 1)),
            ("812\nx\ny\n790\nz\n", .mostlyUnusable(name: "x.txt", unusable: 3, of: 5, line: 2)),
            ("h\n812\n0\n0\n-1\n", .mostlyUnusable(name: "x.txt", unusable: 3, of: 4, line: 3)),
            ("812 72\n790 73\n805 71\n", .unknownColumns(name: "x.txt", line: 1)),
            ("PK\u{3}\u{4}\u{0}\u{1}\n\u{2}\n", .binary(name: "x.txt", line: 1)),
            ("812\n\u{0}\u{1}\n\u{2}\n\u{3}\n", .binary(name: "x.txt", line: 2)),
        ])
    func errors(_ text: String, _ error: RRFileError) {
        #expect(throws: error) { try read(text) }
        #expect(error.description.contains("x.txt"))
    }

    @Test("bytes that are no text end in an error, never in a crash", arguments: 0..<50)
    func garbage(_ seed: Int) throws {
        var state = UInt64(seed) &* 0x9e37_79b9_7f4a_7c15 | 1
        let bytes = (0..<4096).map { _ -> UInt8 in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 24)
        }
        #expect(throws: RRFileError.self) { try RRFile.read(bytes: bytes, name: "x.bin") }
    }

    @Test("a long file keeps its numbers and its line numbers")
    func long() throws {
        var bytes: [UInt8] = []
        for index in 0..<200_000 { bytes += "\(600 + index % 700)\n".utf8 }
        bytes += "oops\n812\n".utf8
        let file = try RRFile.read(bytes: bytes, name: "x.txt")
        #expect(file.intervals.count == 200_001)
        let wanted = (0..<200_000).map { Double(600 + $0 % 700) } + [812]
        #expect(file.intervals == wanted)
        #expect(file.breaks == [200_000])
        #expect(file.leftOut.first?.firstLines == [200_001])
    }
}
