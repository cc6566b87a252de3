import Practice
import Testing

@testable import Formats

/// Answers out of other people's files.
@Suite("Survey imports") struct SurveyImportTests {
    private static let instrument: Instrument = Instrument(
        name: "own", title: "Own",
        items: ["pre", "post"].map {
            item("calm", "I can calm myself before an exam.", wave: $0)
        } + [
            item("goals", "My goals were met.", wave: "post"),
            SurveyItem(wave: "post", name: "next", kind: .text, label: "Next", text: "What will you try?"),
        ], text: "")

    private static func item(_ name: String, _ text: String, wave: String) -> SurveyItem {
        SurveyItem(
            wave: wave, name: name, kind: .likert, label: name, text: text,
            levels: [
                .init(code: "1", label: "disagree"), .init(code: "2", label: "neither"),
                .init(code: "3", label: "agree"),
            ],
            missingCodes: ["99"])
    }

    private func read(
        _ text: String, _ origin: SurveyImport.Origin, _ change: (inout SurveyImport.Options) -> Void = { _ in }
    ) throws -> SurveyImport {
        var options = SurveyImport.Options(origin: origin)
        change(&options)
        return try SurveyImport(Array(text.utf8), to: Self.instrument, options: options)
    }

    @Test("REDCap: events are waves, records with codes are linked, raw codes and labels are the same answers")
    func redcap() throws {
        let found = try read(
            """
            record_id,redcap_event_name,redcap_survey_identifier,email,pal_timestamp,calm,goals,next
            G1-01,pre_arm_1,,a@b.de,2026-08-04 16:02,1,,
            G1-01,post_arm_1,x17,a@b.de,2026-08-04 17:02,agree,3,"breathe, slowly"
            G1-02,post_arm_1,,,,99,,
            G1-03,post_arm_1,,,,Neither,7,

            """, .redcap)
        #expect(found.responses.map(\.wave) == ["pre", "post", "post"])
        #expect(found.responses.map { $0.code?.description } == ["G1-01", "G1-01", "G1-03"])
        #expect(found.responses[0].answers == ["calm": "1"])
        #expect(found.responses[1].answers == ["calm": "3", "goals": "3", "next": "breathe, slowly"])
        #expect(found.emptyRows == 1 && found.codeColumn == "record_id")
        #expect(found.unreadable == [.init(line: 5, item: "goals", text: "7")])
        #expect(found.dropped.map(\.column) == ["redcap_survey_identifier", "email", "pal_timestamp"])
        #expect(found.dropped.allSatisfy { $0.reason != nil })
        #expect(found.absent.isEmpty)
    }

    @Test("REDCap with labels: events have their arms behind them, and questions are the headers")
    func redcapLabels() throws {
        let found = try read(
            """
            Record ID,Event Name,Survey Timestamp,I can calm myself before an exam.,My goals were met.,calm
            G1-01,Pre (Arm 1: Arm 1),,disagree,,
            G1-01,Post,[not completed],agree,neither,1

            """, .redcap)
        #expect(found.responses.map(\.wave) == ["pre", "post"])
        #expect(found.responses.map(\.answers) == [["calm": "1"], ["calm": "3", "goals": "2"]])
        #expect(found.dropped.map(\.reason) == ["when somebody answered", "another column is calm already"])
    }

    private static let qualtrics = """
        StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,\
        RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,\
        DistributionChannel,UserLanguage,Q1,goals,Q3,Q4,Q5
        Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,\
        Recipient Last Name,Recipient First Name,Recipient Email,External Data Reference,Location Latitude,\
        Location Longitude,Distribution Channel,User Language,"I can calm myself, before an exam",My goals were met.,\
        What will you try?,Your code,Your name?
        "{""ImportId"":""startDate"",""timeZone"":""America/Denver""}","{""ImportId"":""endDate""}",\
        "{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""progress""}",\
        "{""ImportId"":""duration""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate""}",\
        "{""ImportId"":""_recordId""}","{""ImportId"":""recipientLastName""}","{""ImportId"":""recipientFirstName""}",\
        "{""ImportId"":""recipientEmail""}","{""ImportId"":""externalDataReference""}",\
        "{""ImportId"":""locationLatitude""}","{""ImportId"":""locationLongitude""}",\
        "{""ImportId"":""distributionChannel""}","{""ImportId"":""userLanguage""}","{""ImportId"":""QID1""}",\
        "{""ImportId"":""QID2""}","{""ImportId"":""QID3_TEXT""}","{""ImportId"":""QID4_TEXT""}",\
        "{""ImportId"":""QID5_TEXT""}"
        2026-08-04 15:02:41,2026-08-04 15:05:41,Survey Preview,198.51.100.8,100,180,True,2026-08-04 15:05:42,R_0,,,,,,,\
        preview,EN,agree,2,try,G1-05,Jo
        2026-08-04 16:02:41,2026-08-04 16:05:41,IP Address,198.51.100.7,100,180,True,2026-08-04 16:05:42,R_1a2B3c,\
        Doe,Jo,jo@example.org,,48.1,11.5,email,EN,agree,2,"walk
        first",G1-04,Jo Doe

        """

    @Test("Qualtrics: three rows of headers, questions are known by their words, and personal columns are dropped")
    func qualtrics() throws {
        let found = try read(Self.qualtrics, .qualtrics) { $0.wave = "post" }
        #expect(found.responses.count == 1)
        #expect(found.responses[0].answers == ["calm": "3", "goals": "2", "next": "walk first"])
        #expect(found.responses[0].code?.description == "G1-04" && found.codeColumn == "Q4")
        let telling = Set(found.dropped.filter { $0.reason != nil }.map(\.column))
        #expect(
            telling.isSuperset(of: [
                "StartDate", "EndDate", "IPAddress", "RecordedDate", "ResponseId", "RecipientLastName",
                "RecipientFirstName", "RecipientEmail", "ExternalReference", "LocationLatitude", "LocationLongitude",
                "Q5",
            ]))
        #expect(found.dropped.count == 18 && found.trials == 1)
        let kept = "\(found.responses)"
        for personal in ["198.51", "Doe", "jo@", "R_1a2B3c", "48.1", "2026"] { #expect(!kept.contains(personal)) }
    }

    @Test("Google Forms: the questions are the headers, and the time stamp goes")
    func forms() throws {
        let found = try read(
            """
            Timestamp,Email Address,I can calm myself before an exam.,My goals were met.,Which tram?
            8/4/2026 16:02:41,a@b.de,Agree,Neither,17

            """, .forms
        ) { $0.wave = "post" }
        #expect(found.responses.map(\.answers) == [["calm": "3", "goals": "2"]])
        #expect(found.responses[0].code == nil && found.codeColumn == nil)
        #expect(found.dropped.map(\.reason) == ["when somebody answered", "an e-mail address", nil])
        #expect(found.absent == ["post: next"])
    }

    @Test("any table: semicolons, a byte order mark, CR LF, Windows' letters, and a column of waves")
    func table() throws {
        var bytes: [UInt8] = [0xef, 0xbb, 0xbf] + Array("code;wave;next;calm\r\nG1-01;post;".utf8)
        bytes += [0xfc, 0x62, 0x65, 0x6e] + Array(";\"3\"\r\n;pre;;1".utf8)
        let found = try SurveyImport(bytes, to: Self.instrument, options: .init(origin: .csv))
        #expect(found.responses.map(\.answers) == [["next": "üben", "calm": "3"], ["calm": "1"]])
        #expect(found.responses.map { $0.code?.description } == ["G1-01", nil])
    }

    @Test("a cell that was guarded against formulas is the text it was")
    func guarded() throws {
        let found = try read("wave,next,calm\npost,\"'=1+1, really\",2\n", .csv)
        #expect(found.responses[0].answers["next"] == "=1+1, really")
    }

    @Test("answers that look like an address are refused, unless the column is left out; other columns are dropped")
    func personal() throws {
        let text = "wave,calm,next,notes\npost,3,ask me: jo@example.org,\npost,2,,10.0.0.7\n"
        #expect(throws: SurveyImportError.personal(item: "next", what: "an e-mail address", lines: [2])) {
            try read(text, .csv)
        }
        let found = try read(text, .csv) { $0.drop = ["next"] }
        #expect(found.responses.map(\.answers) == [["calm": "3"], ["calm": "2"]])
        #expect(found.dropped.map(\.reason) == ["left out with --drop", "its contents look like a network address"])
    }

    @Test(
        "what cannot be taken is refused with the reason",
        arguments: [
            ("", .csv, SurveyImportError.empty), ("wave,calm\n", .csv, .empty),
            ("a,b\n1,2\n", .csv, .noItems(instrument: "own", headers: ["a", "b"])),
            ("calm\n3\n", .csv, .noWave(waves: ["pre", "post"])),
            ("wave,calm\npost,3\npost,\"3\npost,4\n", .csv, .openQuote(line: 3)),
            ("wave,calm\npost,3,,\npost,3,4\n", .csv, .tooManyCells(3, headers: 2, line: 3)),
            ("wave,calm\nafter,3\n", .csv, .strangeWave("after", line: 2, waves: ["pre", "post"])),
            ("code,wave,calm\nAda,post,3\n", .csv, .badCode("Ada", line: 2)),
            ("code,wave,calm\nG1-01,post,3\nG1-1,post,2\n", .csv, .twice("G1-01", wave: "post", line: "3")),
            (
                "calm,goals\n3,2\n", .redcap,
                .notOfOrigin(.redcap, missing: "it has no column record_id or redcap_event_name")
            ),
            (
                "calm,goals\n3,2\n", .qualtrics,
                .notOfOrigin(.qualtrics, missing: "it has no column ResponseId or StartDate")
            ),
            (
                "StartDate,calm\nStart Date,Calm\n2026,3\n", .qualtrics,
                .notOfOrigin(.qualtrics, missing: "its third row has no ImportId")
            ),
        ] as [(String, SurveyImport.Origin, SurveyImportError)])
    func refusals(_ text: String, _ origin: SurveyImport.Origin, _ error: SurveyImportError) {
        #expect(throws: error) { try read(text, origin) }
        #expect(!error.description.isEmpty)
    }

    @Test("an answer to what the row's wave does not ask is listed, not taken")
    func otherWave() throws {
        let found = try read("wave,calm,goals\npre,1,3\npost,2,3\n", .csv)
        #expect(found.responses.map(\.answers) == [["calm": "1"], ["calm": "2", "goals": "3"]])
        #expect(found.unreadable == [.init(line: 2, item: "goals", text: "3")])
    }

    @Test("a column of codes that was named must be there, and codes can be left out")
    func codeColumn() throws {
        let text = "who,wave,calm\nG1-01,post,3\n"
        #expect(throws: SurveyImportError.noColumn("whose")) { try read(text, .csv) { $0.codeColumn = "whose" } }
        #expect(try read(text, .csv) { $0.codeColumn = "Who" }.responses[0].code?.description == "G1-01")
        #expect(try read(text, .csv) { $0.codeColumn = "" }.responses[0].code == nil)
    }

    @Test("whatever stands in a file, it is read or refused, and nothing but answers to items comes out")
    func anything() {
        let whole = Array(Self.qualtrics.utf8)
        var state: UInt64 = 7
        func random(_ below: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % below
        }
        var taken = 0
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<(1 + random(6)) {
                switch random(3) {
                case 0: bytes[random(bytes.count)] = UInt8(random(256))
                case 1: bytes.remove(at: random(bytes.count))
                default: bytes.insert([0x22, 0x2c, 0x0a, 0x0d, 0xff][random(5)], at: random(bytes.count))
                }
            }
            for origin in SurveyImport.Origin.allCases {
                var options = SurveyImport.Options(origin: origin)
                options.wave = "post"
                do throws(SurveyImportError) {
                    let found = try SurveyImport(bytes, to: Self.instrument, options: options)
                    let names = Set(found.responses.flatMap(\.answers.keys))
                    #expect(names.isSubset(of: ["calm", "goals", "next"]))
                    taken += 1
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
        #expect(taken > 100)
    }

    @Test("codings go out and come back, and a sheet has the answers beside empty themes")
    func codings() throws {
        let codings = [
            SurveyCoding(response: "post-001", item: "next", rater: "R1", theme: "breath, slow"),
            SurveyCoding(response: "post-002", item: "next", rater: "R1", theme: "=none"),
        ]
        let bytes = CodingFile.csv(codings)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "response_id,item,rater,theme\npost-001,next,R1,\"breath, slow\"\npost-002,next,R1,'=none\n")
        #expect(try CodingFile.read(bytes) == codings)
        let answers = SurveyAnswers(
            instrument: Self.instrument,
            responses: [SurveyResponse(id: "post-001", wave: "post", code: nil, answers: ["next": "-walk"])])
        let sheet = CodingFile.sheet(answers, wave: "post", item: "next", rater: "R2")
        #expect(
            String(decoding: sheet, as: UTF8.self)
                == "response_id,item,rater,theme,text\npost-001,next,R2,,'-walk\n")
        #expect(throws: CodingFileError.nothingRated) { try CodingFile.read(sheet) }
        #expect(throws: CodingFileError.noHeader) { try CodingFile.read(Array("a,b\n".utf8)) }
        #expect(throws: CodingFileError.incomplete(line: 2)) {
            try CodingFile.read(Array("response_id,item,rater,theme\npost-001,next,,breath\n".utf8))
        }
        let several = try CodingFile.read(Array("response_id,item,rater,theme\np,n,R1,Breath; view ;\n".utf8))
        #expect(several.map(\.theme) == ["breath", "view"])
    }
}
