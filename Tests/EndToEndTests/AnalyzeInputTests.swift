import FoundationEssentials
import Glibc
import Testing

extension EndToEnd {
    @Suite("analyze reads what it is given") struct AnalyzeInputTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        /// A file, how many beats it has, and what must be said of it.
        struct Odd: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var bytes: [UInt8]
            var beats: Int
            var remarks: [String] = []

            init(_ name: String, _ text: String, beats: Int, _ remarks: String...) {
                (testDescription, bytes, self.beats, self.remarks) = (name, Array(text.utf8), beats, remarks)
            }
        }

        static let odd: [Odd] = [
            Odd("three beats", "812\n790\n805\n", beats: 3), Odd("one beat", "812", beats: 1),
            Odd("seconds", "0.812\n0.790\n", beats: 2), Odd("CRLF", "812\r\n790\r\n805\r\n", beats: 3),
            Odd("CR", "812\r790\r805\r", beats: 3),
            Odd("a byte order mark", "\u{FEFF}812\n790\n", beats: 2),
            Odd("a heading in UTF-8", "Schläge\n812\n790\n", beats: 2, "heading 'Schläge' passed over"),
            Odd("mixed units", "812\n0.790\n805\n830\n", beats: 3, "1 line in another unit", "line 2"),
            Odd("zeros", "812\n0\n790\n0\n805\n", beats: 3, "left out 2 lines with an interval of 0 (lines 2, 4)"),
            Odd("negatives", "812\n-790\n805\n", beats: 2, "left out 1 line with an interval below 0 (line 2)"),
            Odd("NaN", "812\nNaN\n805\ninf\n", beats: 2, "left out 2 lines with NaN or infinity (lines 2, 4)"),
            Odd("words between", "812\nlost\n805\n", beats: 2, "left out 1 line without an interval (line 2)"),
            Odd("out of range", "812\n99\n10001\n805\n790\n", beats: 3, "outside 100 to 10000 ms (lines 2, 3)"),
        ]

        @Test("what is odd is counted with its lines, and the rest is measured", arguments: odd)
        func counted(_ file: Odd) async throws {
            try Data(file.bytes).write(to: URL(filePath: scratch.path("odd.txt")))
            let ending = try await Program.entrain("analyze", scratch.path("odd.txt"), "--json")
            #expect(ending.status == 0, "\(ending)")
            #expect(try JSON(ending.output)["beats"]?.number == Double(file.beats), "\(ending)")
            for remark in file.remarks { #expect(ending.errors.contains(remark), "\(ending)") }
            #expect(ending.errors.isEmpty == file.remarks.isEmpty, "\(ending)")
        }

        @Test("Windows-1252 is told from UTF-8") func windows1252() async throws {
            let bytes = [0x53, 0x63, 0x68, 0x6c, 0xe4, 0x67, 0x65, 0x0a] + Array("812\n790\n".utf8)
            try Data(bytes).write(to: URL(filePath: scratch.path("cp1252.txt")))
            let ending = try await Program.entrain("analyze", scratch.path("cp1252.txt"), "--json", "--explain")
            #expect(ending.status == 0 && ending.errors.contains("heading 'Schläge' passed over"), "\(ending)")
            #expect(try JSON(ending.output)["input"]?["encoding"]?.string == "Windows-1252")
        }

        static let hopeless = [
            Mishap("analyze %/garbage.bin", 1, "no text file", "Export the recording as text"),
            Mishap("analyze %/zeros.txt", 1, "no RR interval from 100 to 10000 ms", "line 1"),
            Mishap("analyze %/huge.txt", 1, "no RR interval"), Mishap("analyze %/blank.txt", 1, "is empty"),
            Mishap("analyze %/utf16.txt", 1, "UTF-16", "iconv"), Mishap("analyze %/packed.gz", 1, "gzip", "zcat"),
            Mishap("analyze /dev/null", 1, "/dev/null is a device"), Mishap("analyze /dev/urandom", 1, "is a device"),
            Mishap("analyze /proc/self/mem", 1, "cannot read /proc/self/mem"),
            Mishap("analyze -", 1, "standard input is empty"),
            Mishap("analyze %/three.txt --code G1-01", 1, "has no codes", "Leave out --code"),
            Mishap(
                "analyze %/three.txt --window 300", 6, "no window of 300 s fits", "shorter --window", "not one number"),
            Mishap("analyze", 64, "Missing expected argument"),
            Mishap("analyze %/three.txt --json --csv", 64, "choose --json or --csv"),
            Mishap("analyze %/three.txt --plot --json", 64, "--plot draws for people"),
            Mishap("analyze %/three.txt --step 60", 64, "--step needs --window"),
            Mishap("analyze %/three.txt --window 0", 64, "from 1 to 10000000"),
            Mishap("analyze %/three.txt --window nan", 64, "from 1 to 10000000"),
            Mishap("analyze %/three.txt --window -5", 64, "window"),
            Mishap("analyze %/three.txt --artifacts drop", 64, "drop", "correct"),
            Mishap("analyze - -", 64, "only once"),
        ]

        @Test("what cannot be read is a sentence with what to do, and hangs on no device", arguments: hopeless)
        func refused(_ mishap: Mishap) async throws {
            var noise = [UInt8](repeating: 0, count: 20_000)
            for index in noise.indices { noise[index] = UInt8(truncatingIfNeeded: index &* index &* 31 &+ index >> 3) }
            let files: [(String, [UInt8])] = [
                ("garbage.bin", noise), ("zeros.txt", Array("0\n0\n0\n".utf8)),
                ("huge.txt", Array("1e300\n9e9\n".utf8)),
                ("blank.txt", Array(" \n\r\n\t\n".utf8)),
                ("utf16.txt", [0xff, 0xfe, 0x38, 0, 0x31, 0, 0x32, 0, 0x0a, 0]),
                ("packed.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), ("three.txt", Array("812\n790\n805\n".utf8)),
            ]
            for (name, bytes) in files { try Data(bytes).write(to: URL(filePath: scratch.path(name))) }
            mishap.check(try await mishap.happen(in: scratch), in: scratch)
        }

        @Test("standard input is read, and an endless one of no text is given up")
        func standardInput() async throws {
            let path = try scratch.write("812\n790\n805\n", to: "three.txt")
            let shell = ["sh", "-c", #""$0" analyze - --json < "$1""#, Program.binary]
            let ending = try await Program.run(shell + [path])
            #expect(ending.status == 0 && ending.errors.isEmpty, "\(ending)")
            #expect(try JSON(ending.output)["file"]?.string == "standard input")
            let zeros = try await Program.run(shell + ["/dev/zero"])
            #expect(zeros.status == 1 && zeros.errors.contains("standard input is no text file"), "\(zeros)")
            let folder = try await Program.run(shell + [scratch.folder])
            #expect(folder.status == 1 && folder.errors.contains("standard input is a folder"), "\(folder)")
        }

        @Test("one bad file among several costs its own numbers and says so; all bad is a failure")
        func several() async throws {
            let good = try scratch.write("812\n790\n805\n", to: "good.txt")
            let bad = try scratch.write("hello\n", to: "bad.txt")
            let some = try await Program.entrain("analyze", good, bad, good, scratch.path("none.txt"), "--json")
            #expect(some.status == 5 && some.lines.count == 2, "\(some)")
            #expect(some.errors.contains("2 of 4 files could not be analysed: \(bad), \(scratch.path("none.txt"))"))
            #expect(some.errors.contains("holds no number") && some.errors.contains("Check the name"), "\(some)")
            let none = try await Program.entrain("analyze", bad, bad, "--json")
            #expect(none.status == 1 && none.output.isEmpty, "\(none)")
        }

        @Test("while a pipe has no writer, a terminal says what is waited for; then the line goes and numbers come")
        func pipe() async throws {
            let path = scratch.path("pipe")
            try #require(mkfifo(path, 0o600) == 0)
            let terminal = try PseudoTerminal(columns: 80, rows: 24)
            let shell = #"exec "$0" analyze "$1" --json 2>&1 > "$2""#
            let program = try Program(
                ["sh", "-c", shell, Program.binary, path, scratch.path("numbers")], terminal: terminal)
            var seen = ""
            try await program.waits {
                seen += terminal.shown()
                return seen.contains("reading \(path)".prefix(60))
            }
            let writer = open(path, O_WRONLY | O_CLOEXEC)
            try #require(writer >= 0)
            _ = write(writer, "812\n790\n805\n", 12)
            close(writer)
            let ending = try await program.ended()
            seen += terminal.shown()
            #expect(ending.status == 0, "\(ending)")
            #expect(seen.hasSuffix("\r\u{1B}[K"), "\(seen.debugDescription)")
            #expect(try JSON(scratch.text("numbers"))["beats"]?.number == 3)
        }
    }
}
