import HRV
import Testing

@testable import Formats

/// Six intervals as every program writes them.
enum SixBeats {
    static let intervals: [Double] = [812, 790, 805, 830, 845, 822]

    struct Sample: CustomTestStringConvertible, Sendable {
        let program: String
        let text: String
        let format: RRFormat
        let layout: RRFile.Layout
        let unit: RRFile.Unit
        var testDescription: String { program }

        init(_ program: String, _ format: RRFormat, _ layout: RRFile.Layout, _ unit: RRFile.Unit, _ text: String) {
            (self.program, self.format, self.layout, self.unit, self.text) = (program, format, layout, unit, text)
        }
    }

    static let samples: [Sample] = [
        Sample("Kubios type 1", .plain, .intervals, .seconds, "0.812\n0.790\n0.805\n0.830\n0.845\n0.822\n"),
        Sample("Elite HRV", .plain, .intervals, .milliseconds, "812\n790\n805\n830\n845\n822\n"),
        Sample(
            "Kubios type 2", .pairs, .endTimes, .seconds,
            "0.812 0.812\n1.602 0.790\n2.407 0.805\n3.237 0.830\n4.082 0.845\n4.904 0.822\n"),
        Sample(
            "HRVAS", .pairs, .endTimes, .seconds,
            "0.812,0.812\n1.602,0.790\n2.407,0.805\n3.237,0.830\n4.082,0.845\n4.904,0.822\n"),
        Sample(
            "Polar Flow", .pairs, .beginTimes, .milliseconds,
            "0.000\t812\n0.812\t790\n1.602\t805\n2.407\t830\n3.237\t845\n4.082\t822\n"),
        Sample(
            "RHRV", .beatTimes, .beatTimes, .seconds, "0.000\n0.812\n1.602\n2.407\n3.237\n4.082\n4.904\n"),
        Sample(
            "rdann", .annotations, .beatTimes, .seconds,
            """
                0:00.812      812     N    0    0    0
                0:01.602     1602     N    0    0    0
                0:02.407     2407     N    0    0    0
                0:03.237     3237     N    0    0    0
                0:04.082     4082     N    0    0    0
                0:04.904     4904     N    0    0    0
            """),
        Sample(
            "HRV Logger", .hrvLogger, .beginTimes, .milliseconds,
            """
            date,rr,since start
            2026-08-04 16:02:41.000,812,0
            2026-08-04 16:02:41.812,790,812
            2026-08-04 16:02:42.602,805,1602
            2026-08-04 16:02:43.407,830,2407
            2026-08-04 16:02:44.237,845,3237
            2026-08-04 16:02:45.082,822,4082
            """),
        Sample(
            "HRV Logger, newer", .hrvLogger, .beginTimes, .milliseconds,
            """
            timestamp, rr, since_start
            1785859361000, 812, 0
            1785859361812, 790, 812
            1785859362602, 805, 1602
            1785859363407, 830, 2407
            1785859364237, 845, 3237
            1785859365082, 822, 4082
            """),
        Sample(
            "Polar Sensor Logger", .polarSensorLogger, .endTimes, .milliseconds,
            """
            Phone timestamp;RR-interval [ms]
            2026-08-04T16:02:41.852;812
            2026-08-04T16:02:42.642;790
            2026-08-04T16:02:43.447;805
            2026-08-04T16:02:44.277;830
            2026-08-04T16:02:45.122;845
            2026-08-04T16:02:45.944;822
            """),
        Sample(
            "Polar Sensor Logger with commas", .polarSensorLogger, .arrival, .milliseconds,
            """
            Phone timestamp,RR-interval [ms]
            2026-08-04T16:02:41.852,812
            2026-08-04T16:02:42.900,790
            2026-08-04T16:02:43.901,805
            2026-08-04T16:02:44.900,830
            2026-08-04T16:02:45.901,845
            2026-08-04T16:02:45.901,822
            """),
        Sample(
            "Polar Sensor Logger, PPI", .polarSensorLoggerPPI, .endTimes, .milliseconds,
            """
            Phone Data RX timestamp;PP-interval [ms];error estimate [ms];blocker;contact;contact;hr [bpm]
            2026-08-04T16:02:41.812;812;10;0;1;1;74
            2026-08-04T16:02:42.602;790;10;0;1;1;74
            2026-08-04T16:02:43.407;805;10;0;1;1;74
            2026-08-04T16:02:44.237;830;10;0;1;1;74
            2026-08-04T16:02:45.082;845;10;0;1;1;74
            2026-08-04T16:02:45.904;822;10;0;1;1;74
            """),
        Sample(
            "OpenHRV", .openHRV, .endTimes, .milliseconds,
            """
            event,value,timestamp
            Sensors,Polar H10 A1B2C3D4, TICKR 3B90,2026-08-04T16:02:40.000000
            InterBeatInterval,812,2026-08-04T16:02:41.812000
            InterBeatInterval,790,2026-08-04T16:02:42.602000
            PacerRate,6.0,2026-08-04T16:02:42.700000
            InterBeatInterval,805,2026-08-04T16:02:43.407000
            InterBeatInterval,830,2026-08-04T16:02:44.237000
            InterBeatInterval,845,2026-08-04T16:02:45.082000
            InterBeatInterval,822,2026-08-04T16:02:45.904000
            PacerRate,6.0,2026-08-04T16:02:41.000000
            Annotation,baseline,2026-08-04T16:02:41.000000
            """),
        Sample(
            "Empatica", .empatica, .endTimes, .seconds,
            """
            1644844459.000000, IBI
            10.812,0.812
            11.602,0.790
            12.407,0.805
            13.237,0.830
            14.082,0.845
            14.904,0.822
            """),
        Sample(
            "a table of one's own", .table, .endTimes, .milliseconds,
            """
            subject;"RR (ms)";elapsed
            7;812;0,812
            7;790;1,602
            7;805;2,407
            7;830;3,237
            7;845;4,082
            7;822;4,904
            """),
    ]
}

@Suite("Files of other programs") struct RRImportTests {
    private func read(_ text: String, code: String? = nil) throws -> RRFile {
        try RRFile.read(bytes: Array(text.utf8), name: "x.csv", code: code)
    }

    @Test(
        "a heading that only begins with a number tells no moment",
        arguments: [
            "7on,rr\n1,812\n2,790\n3,805\n", "nan, IBI\n0.8,0.812\n1.6,0.790\n",
            "1644844459.0, IBI\nelapsed;rr\nx;812\n7;812\n7;790\n7;805\n",
        ])
    func noMoment(_ text: String) throws {
        let file = try read(text)
        #expect(file.began == nil && file.format != .empatica)
    }

    @Test("every program's file comes out as the same six intervals", arguments: SixBeats.samples)
    func six(_ sample: SixBeats.Sample) throws {
        for text in [sample.text, sample.text.replacing("\n", with: "\r\n"), "\u{FEFF}" + sample.text] {
            let file = try read(text)
            #expect(file.intervals == SixBeats.intervals)
            #expect(file.format == sample.format)
            #expect(file.layout == sample.layout)
            #expect(file.unit == sample.unit)
            #expect(file.gaps.isEmpty)
            #expect(file.leftOut.isEmpty)
        }
    }

    @Test("a file read in pieces of any size is the same as the file read whole", arguments: [1, 2, 3, 7, 64])
    func pieces(_ size: Int) throws {
        for sample in SixBeats.samples {
            let bytes = Array(("\u{FEFF}" + sample.text.replacing("\n", with: "\r\n")).utf8)
            var reader = RRReader(name: "x.csv")
            for start in stride(from: 0, to: bytes.count, by: size) {
                try bytes[start..<min(start + size, bytes.count)].withUnsafeBufferPointer { try reader.read($0) }
            }
            let whole = try RRFile.read(bytes: bytes, name: "x.csv")
            #expect(try reader.finish() == whole)
        }
    }

    static let ownBeats = """
        schema,session,code,seq,t_s,rr_1024,rr_ms,contact,flag,label,phase,segment,packet
        entrain.beats/1,S,G1-01,1,,840,820.313,unknown,flushed,,,1,1
        entrain.beats/1,S,G1-01,2,10.812,831,811.523,unknown,ok,N,baseline,1,1
        entrain.beats/1,S,G1-02,1,10.900,700,683.594,yes,ok,N,baseline,1,1
        entrain.beats/1,S,G1-01,3,11.602,809,790.039,unknown,ok,N,baseline,1,1
        entrain.beats/1,S,G1-01,4,20.406,824,804.688,unknown,gap-before,N,baseline,2,2
        entrain.beats/1,S,G1-02,2,11.600,700,683.594,yes,ok,N,baseline,1,1
        entrain.beats/1,S,G1-01,5,21.236,850,830.078,unknown,ok,N,baseline,2,2

        """

    @Test("the own beats keep the strap's ticks, the session's time, and the gaps of the chosen code")
    func own() throws {
        let file = try read(Self.ownBeats, code: "G1-01")
        #expect(file.intervals == [831, 809, 824, 850].map { $0 * 1000 / 1024 })
        #expect(file.format == .ownBeats)
        #expect(file.layout == .endTimes)
        #expect(file.breaks == [2])
        #expect(abs(file.gaps[0].seconds - 8) < 0.002)
        #expect(abs(file.startSeconds - 10) < 0.001)
        #expect(file.leftOut.map(\.reason) == [.flushed, .markedGap])
        let series = file.series
        #expect(series.segments == [0..<2, 2..<4])
        #expect(abs(series.endTimes[3] - 21.236) < 0.002)
        #expect(try read(Self.ownBeats, code: "G1-02").intervals == [700, 700].map { $0 * 1000 / 1024 })
    }

    @Test("several codes without a choice, and a choice that is not there, name the codes")
    func codes() throws {
        #expect(throws: RRFileError.severalCodes(name: "x.csv", codes: ["G1-01", "G1-02"])) { try read(Self.ownBeats) }
        #expect(throws: RRFileError.unknownCode(name: "x.csv", code: "G9", codes: ["G1-01", "G1-02"])) {
            try read(Self.ownBeats, code: "G9")
        }
        #expect(throws: RRFileError.noCodes(name: "x.csv", code: "G1-01")) { try read("812\n", code: "G1-01") }
    }

    @Test("where the time column runs ahead, a gap of its length is kept")
    func gaps() throws {
        let file = try read("0.8 0.8\n1.6 0.8\n2.4 0.8\n9.9 0.9\n10.8 0.9\n11.7 0.9\n")
        #expect(file.intervals == [800, 800, 800, 900, 900, 900])
        #expect(file.breaks == [3])
        #expect(file.gaps.first?.line == 4)
        #expect(abs((file.gaps.first?.seconds ?? 0) - 6.6) < 1e-9)
        #expect(file.leftOut.map(\.reason) == [.timeJump])
    }

    @Test("a line left out of a timed file leaves a gap of its own length")
    func gapOfLeftOut() throws {
        let file = try read("0.8 0.8\n1.6 0.8\n2.4 NaN\n3.2 0.8\n4.0 0.8\n")
        #expect(file.breaks == [2])
        #expect(abs((file.gaps.first?.seconds ?? 0) - 0.8) < 1e-9)
        #expect(file.leftOut.map(\.reason) == [.notFinite])
    }

    /// Arrivals of a heart at 800 ms, sent once a second, with beats lost from 100 s to 110 s.
    private static func arrivals(unit: Double = 1, lossless: Bool = false) -> String {
        var lines = ["Phone timestamp;RR-interval [ms]"]
        var time = 0.0
        while time < 400 {
            time += 0.8
            let arrival = time.rounded(.up) + 0.05
            guard lossless || !(100..<110).contains(time) else { continue }
            let minute = Int(arrival / 60)
            let second = arrival - Double(minute * 60)
            let text = "\(second < 10 ? "0" : "")\(second)"
            lines.append("2026-08-04T16:\(minute < 10 ? "0" : "")\(minute):\(text.prefix(6));\(800 * unit)")
        }
        return lines.joined(separator: "\n")
    }

    @Test("times of arrival come late and in bursts; only what stays missing is a gap")
    func arrival() throws {
        let file = try read(Self.arrivals())
        #expect(file.layout == .arrival)
        #expect(file.gaps.count == 1)
        let gap = try #require(file.gaps.first)
        #expect(abs(gap.seconds - 9.6) < 1.1)
        #expect(try read(Self.arrivals(lossless: true)).gaps.isEmpty)
    }

    @Test("ticks of 1/1024 s that are called ms are a suspect unit, not a gap, and nothing is converted")
    func drift() throws {
        let file = try read(Self.arrivals(unit: 1024.0 / 1000, lossless: true))
        #expect(file.intervals.allSatisfy { $0 == 819.2 })
        #expect(file.gaps.isEmpty)
        #expect(file.remarks.contains { $0.contains("1/1024") })
        #expect(!(try read(Self.arrivals(lossless: true)).remarks.contains { $0.contains("1/1024") }))
    }

    @Test("what the sensor does not trust is left out and counted")
    func blocker() throws {
        let file = try read(
            "Phone Data RX timestamp;PP-interval [ms];error estimate [ms];blocker;contact;contact;hr [bpm]\n"
                + "2026-08-04T16:02:41.812;812;10;0;1;1;74\n2026-08-04T16:02:42.602;790;10;1;1;1;74\n"
                + "2026-08-04T16:02:43.407;805;10;0;1;1;74\n")
        #expect(file.intervals == [812, 805])
        #expect(file.breaks == [1])
        #expect(file.leftOut.map(\.reason) == [.distrusted])
    }

    @Test("a first column that only counts the rows is no time")
    func numbered() throws {
        let file = try read("1 812\n2 790\n3 805\n4 830\n")
        #expect(file.layout == .numbered)
        #expect(file.intervals == [812, 790, 805, 830])
        #expect(file.gaps.isEmpty)
    }

    @Test("lines in another unit than the rest are called that")
    func mixed() throws {
        let file = try read("812\n790\n0.805\n830\n845\n")
        #expect(file.intervals == [812, 790, 830, 845])
        #expect(file.leftOut.map(\.reason) == [.otherUnit])
        #expect(file.breaks == [2])
    }

    @Test("Windows-1252 in a heading is read as that")
    func windows1252() throws {
        let file = try RRFile.read(bytes: [0x46, 0xfc, 0x72, 0x80, 0x0a] + Array("812\n790\n".utf8), name: "x.txt")
        #expect(file.header == "Für€")
        #expect(file.encoding == .windows1252)
        #expect(file.intervals == [812, 790])
    }

    @Test(
        "a file that holds no intervals says what it is and what to do",
        arguments: [
            (Array("date,timestamp,annotation,manual\n2026-08-04 16:02:41,0,x,false\n".utf8), "events of HRV Logger"),
            (Array("Phone timestamp;Marker start/stop\n2026-08-04T16:02:41.000;MARKER_START\n".utf8), "markers"),
            (Array("Phone timestamp;HR [bpm];HRV [ms];Breathing interval [rpm];\n".utf8), "_RR.txt"),
            (Array("timestamp_measurement,HR,AVNN,SDNN,rMSSD,pNN50\n2026,73,817,19,20,0\n".utf8), "daily measures"),
            (Array("date,rr,since start\n".utf8), "no beats below"),
            (Array("event,value,timestamp\nPacerRate,6.0,2026-08-04T16:02:41\n".utf8), "no beats below"),
            ([0xff, 0xfe, 0x38, 0x00, 0x31, 0x00], "UTF-16"), ([0x38, 0x00, 0x31, 0x00, 0x0a, 0x00], "UTF-16"),
            ([0x1f, 0x8b, 0x08, 0x00, 0x01], "zcat"), ([0x28, 0xb5, 0x2f, 0xfd, 0x01], "zstdcat"),
            ([UInt8](repeating: 0x41, count: 70_000), "no text file"),
        ] as [([UInt8], String)])
    func others(_ bytes: [UInt8], _ words: String) throws {
        let error = #expect(throws: RRFileError.self) { try RRFile.read(bytes: bytes, name: "x.txt") }
        #expect(error?.description.contains(words) == true)
        #expect(error?.description.contains("x.txt") == true)
    }

    @Test("the explanation tells unit, format, time base and gaps")
    func explanation() throws {
        let sample = try #require(SixBeats.samples.first { $0.program == "HRV Logger" })
        let lines = try read(sample.text).explanation
        #expect(lines.contains { $0.contains("the median of the intervals is 817.0") })
        #expect(lines.contains { $0.contains("HRV Logger; interval 'rr', time 'since start'") })
        #expect(lines.contains { $0.contains("BEGINNING") && $0.contains("within 0.0 ms") })
        #expect(lines.contains("6 intervals from 6 rows, gaps: 0"))
    }

    @Test("times that do not belong to the intervals are not used, and that is said")
    func ignored() throws {
        let file = try read("date,rr\n2026-08-04 10:00:00,812\n2026-08-04 09:00:00,790\n2026-08-04 08:00:00,805\n")
        #expect(file.intervals == [812, 790, 805])
        #expect(file.gaps.isEmpty)
        #expect(file.remarks.contains { $0.contains("not used") })
    }
}
