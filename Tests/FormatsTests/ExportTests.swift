import HRV
import HeartRate
import Practice
import Testing
import Timekeeping

@testable import Formats

@Suite("An export") struct ExportTests {
    static let readable: [ExportFormat] = [.csv, .kubios, .elite, .hrvlogger, .polar, .hrvas, .openhrv]

    /// The files of one session, by path.
    static func files(_ record: SessionRecord, _ options: ExportOptions, study: StudyCodes? = nil) throws
        -> [String: [UInt8]]
    {
        var contents: [String: [UInt8]] = [:]
        for export in SessionExport.all(of: [record], options, study: study) {
            for file in export.files() + (options.formats.contains(.bids) ? BIDSDataset.files(of: [export]) : []) {
                #expect(contents[file.path] == nil, "twice: \(file.path)")
                var bytes: [UInt8] = []
                try file.write { bytes += $0 }
                contents[file.path] = bytes
            }
        }
        return contents
    }

    static func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

    /// Which file of a format holds the intervals of a code, and how far they may be off, ms.
    static func intervals(of format: ExportFormat, _ code: String) -> [(path: String, tolerance: Double)] {
        let label = code.replacing("-", with: "S")
        return switch format {
        case .csv: [("beats.csv", 0)]
        case .kubios: [("kubios/\(code)_rr.txt", 0.0005), ("kubios/\(code)_time_rr.txt", 0.0005)]
        case .elite: [("elite/\(code)/2026-08-04 16-02-42.txt", 0.5)]
        case .hrvlogger: [("hrvlogger/2026-08-04_RR_\(label).csv", 0.5)]
        case .polar:
            [
                (
                    "polar/\(code == "G1-01" ? "Polar_H10_A1B2C3D4" : "strap_C3D4")_\(label)_20260804_160242_RR.txt",
                    0.5
                )
            ]
        case .hrvas: [("hrvas/\(code).ibi", 0.0005), ("hrvas/\(code)_beats.txt", 0.0015)]
        case .openhrv: [("openhrv/\(code).csv", 0.5)]
        case .bids, .redcap, .measures: []
        }
    }

    @Test("what is written can be read again, interval by interval", arguments: readable)
    func roundTrip(format: ExportFormat) throws {
        let record = try Samples.evening()
        let files = try Self.files(record, ExportOptions(formats: [format]))
        for code in ["G1-01", "G1-02"] {
            let expected = record.beats.filter { $0.code.description == code }.map(\.beat.milliseconds)
            for (path, tolerance) in Self.intervals(of: format, code) {
                let bytes = try #require(files[path], "\(path) of \(files.keys.sorted())")
                let file = try RRFile.read(bytes: bytes, name: path, code: format == .csv ? code : nil)
                // A list of beat times keeps the time across a gap, and that is no interval.
                let hasOnlyTimes = path.hasSuffix("_beats.txt")
                #expect(file.intervals.count == expected.count, "\(path): \(file.notes)")
                for (found, wanted) in zip(file.intervals, expected) where abs(found - wanted) > tolerance {
                    Issue.record("\(path): \(found) for \(wanted)")
                }
                let isTimeless = file.layout == .intervals
                #expect(file.gaps.count == (code == "G1-02" && !isTimeless ? 1 : 0) || hasOnlyTimes, "\(path)")
            }
        }
    }

    @Test("times in files say what they are: end, begin or arrival")
    func times() throws {
        let record = try Samples.evening()
        let expected: [(ExportFormat, RRFile.Layout)] = [
            (.csv, .endTimes), (.hrvlogger, .beginTimes), (.polar, .arrival), (.hrvas, .endTimes),
        ]
        for (format, layout) in expected {
            let files = try Self.files(record, ExportOptions(formats: [format]))
            let path = Self.intervals(of: format, "G1-01")[0].path
            let file = try RRFile.read(
                bytes: try #require(files[path]), name: path, code: format == .csv ? "G1-01" : nil)
            // Where every packet has one beat and comes at once, an arrival looks like an end.
            #expect(file.layout == layout || format == .polar, "\(path): \(file.layout)")
        }
    }

    @Test("corrected intervals stand in columns of their own; every raw cell stays")
    func clean() throws {
        var record = try Samples.evening()
        for (index, ticks) in [(60, UInt16(400)), (61, 1300), (80, 1760)] {
            record.beats[index].beat.ticks = ticks
        }
        var options = ExportOptions()
        let raw = try Self.files(record, options)
        options.isClean = true
        let clean = try Self.files(record, options)
        let rawLines = Self.text(raw["beats.csv"]).split(separator: "\n")
        let cleanLines = Self.text(clean["beats.csv"]).split(separator: "\n")
        #expect(rawLines.count == cleanLines.count)
        #expect(zip(rawLines, cleanLines).allSatisfy { $1.hasPrefix("\($0),") })
        #expect(cleanLines[0].hasSuffix(",packet,clean_count,clean_ms"))
        let cells = cleanLines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let replay = try #require(record.replays()[try Code("G1-01")])
        let corrected = ArtifactCorrection.correct(replay.series, labels: replay.labels).rr
        let own = cells.filter { $0[2] == "G1-01" }
        #expect(own.compactMap { Int($0[13]) }.reduce(0, +) == corrected.count)
        let sum = own.compactMap { Double($0[14]) }.reduce(0, +)
        #expect(abs(sum - corrected.reduce(0, +)) < 0.2)
        #expect(own.contains { $0[13] != "1" || $0[14] != $0[6] })
        #expect(Self.text(clean["codebook.csv"]).contains("beats.csv,clean_ms,number,ms,"))
    }

    @Test("the codebook names every column of every table, in order")
    func codebook() throws {
        var options = ExportOptions()
        options.isClean = true
        let files = try Self.files(try Samples.evening(), options)
        let rows = Self.text(files["codebook.csv"]).split(separator: "\n").dropFirst()
        let byFile = Dictionary(grouping: rows) { $0.prefix { $0 != "," } }
        let tables = files.keys.filter { $0.hasSuffix(".csv") }
        #expect(Set(byFile.keys.map(String.init)) == Set(tables))
        for table in tables {
            let header = Self.text(files[table]).prefix { $0 != "\n" }
            let named = byFile[Substring(table)]?.map { $0.split(separator: ",")[1] } ?? []
            #expect(named.joined(separator: ",") == header, "\(table)")
        }
    }

    @Test("summary_wide.csv has one row a code, every phase side by side")
    func wide() throws {
        let files = try Self.files(try Samples.evening(), ExportOptions())
        let lines = Self.text(files["summary_wide.csv"]).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].hasPrefix("session,code,baseline_beats,baseline_clean,baseline_mean_hr,"))
        #expect(lines[0].contains(",practice_1_coherence_mean,"))
        #expect(lines[1].hasPrefix("20260804-G1,G1-01,") && lines[2].hasPrefix("20260804-G1,G1-02,"))
    }

    @Test("a shared export holds no code, no day, no strap and no text")
    func shared() throws {
        var record = try Samples.evening()
        record.markers.append(MarkerRecord(t: 10, code: try Code("G1-02"), kind: "note", text: "Ann came late"))
        var generator = SystemRandomNumberGenerator()
        let study = try StudyCodes(for: record.info.codes.keys, using: &generator)
        let options = ExportOptions(formats: ExportFormat.allCases, isRecoded: true)
        let files = try Self.files(record, options, study: study)
        for (path, bytes) in files where !path.hasSuffix(".gz") {
            let text = path + "\n" + Self.text(bytes)
            for word in ["G1-0", "G1S0", "2026-08", "20260804", "A1B2C3D4", "C3D4", "Ann came", "A0:9E"] {
                #expect(!text.contains(word), "\(word) in \(path)")
            }
        }
        #expect(Self.text(files["packets.csv"]).contains(",1900-01-01T00:00:01.4"))
        #expect(Self.text(files["packets.csv"]).contains(",Polar H10 #"))
        for (code, id) in study.map {
            #expect(Self.text(files["summary.csv"]).contains(id.description))
            #expect(Self.text(study.table).contains("\(code),\(id)\n"))
        }
        // Seats cannot be read from the order either: everything stands in the order of the IDs.
        let order = Self.text(files["beats.csv"]).split(separator: "\n").dropFirst().map { $0.split(separator: ",")[2] }
        #expect(order == order.sorted())
    }

    @Test("sessions are shifted together: what lay a week apart still does")
    func shifting() throws {
        let first = try Samples.evening()
        var second = first
        second.info.started = first.info.started.advanced(by: .seconds(7 * 86_400))
        second.info.name = "20260811-G1"
        var options = ExportOptions()
        options.dates = .relative
        let exports = SessionExport.all(of: [second, first], options)
        #expect(exports.map(\.record.info.name) == ["19000108-G1", "19000101-G1"])
        #expect(exports[0].record.info.started.rfc3339 == "1900-01-08T00:00:00.000Z")
    }

    @Test("figures of small groups are hidden, with the reason", arguments: [(2, false), (3, true)])
    func minCell(least: Int, isHidden: Bool) {
        let rhythm = GroupRhythm(
            phase: "practice-1", title: "", pacerRate: 6, locking: 0.9, resultant: 0.8, codes: 2, updates: 9,
            reason: nil)
        let shown = rhythm.hidingSmall(least)
        #expect((shown.locking == nil && shown.resultant == nil) == isHidden)
        #expect((shown.reason == "hidden: fewer than 3 codes") == isHidden)
    }

    @Test("group.csv hides what few people stand behind, and what would give it away")
    func effects() throws {
        let codes = try (1...7).map { try Code("G1-0\($0)") }
        func bytes(_ deltas: [Double], least: Int) throws -> [String] {
            var summaries: [PhaseSummary] = []
            for (code, delta) in zip(codes, deltas) {
                for (key, value) in [("baseline", 1.0), ("practice-1", 1 + delta)] {
                    var summary = PhaseSummary(code: code, phase: key, seconds: 300, beats: 300, gaps: 0)
                    summary.clean = 1
                    summary.coherenceMean = value
                    summary.bandCounts = [.medium: 40]
                    summaries.append(summary)
                }
            }
            var info = try Samples.info()
            info.codes = Dictionary(uniqueKeysWithValues: codes.prefix(deltas.count).map { ($0, .study) })
            let summary = SessionSummary(info: info, seconds: 600, phases: summaries)
            return Self.text(HiddenEffects.bytes(summary.effects, least: least)).split(separator: "\n").map(String.init)
        }
        let few = try bytes([0.5, 1, 2, -1], least: 5)
        #expect(few[1] == "coherence_mean,,,,,,,,,,hidden: fewer than 5 codes")
        let split = try bytes([0.5, 1, 2, 1.5, 0.25, 0.75, -1], least: 5)
        #expect(
            split[1].hasPrefix("coherence_mean,7,0.75,,,") && split[1].contains(",,\"hidden: up and down"), "\(split)")
        let open = try bytes([0.5, 1, 2, -1], least: 1)
        #expect(open[1].hasPrefix("coherence_mean,4,0.75,"), "\(open)")
    }

    @Test("a spreadsheet gets semicolons and a byte order mark, and the same cells", arguments: [1, 2, 7, 10_000])
    func excel(piece: Int) {
        let table = "a,b,c\n1.5,\"x,\"\"y\"\"\nz\",p; q\n,'=1,\n"
        var rewriter = SpreadsheetTable()
        var bytes: [UInt8] = []
        let source = Array(table.utf8)
        for start in stride(from: 0, to: source.count, by: piece) {
            bytes += rewriter.rewritten(Array(source[start..<min(start + piece, source.count)]))
        }
        #expect(Self.text(bytes) == "\u{FEFF}a;b;c\n1.5;\"x,\"\"y\"\"\nz\";\"p; q\"\n;'=1;\n")
    }

    @Test("only one code is written where only one is asked for")
    func onlyOne() throws {
        var options = ExportOptions(formats: [.csv, .kubios])
        options.only = try Code("G1-02")
        let files = try Self.files(try Samples.evening(), options)
        #expect(files.keys.contains("kubios/G1-02_rr.txt") && !files.keys.contains("kubios/G1-01_rr.txt"))
        #expect(!Self.text(files["beats.csv"]).contains("G1-01"))
        #expect(!Self.text(files["session.json"]).contains("G1-01"))
    }
}
