import Practice
import Testing

@testable import Formats

@Suite("Answers in an export") struct SurveyExportTests {
    private static func instrument() throws -> Instrument {
        try SurveyFile.read(
            """
            instrument: ev-2
            title: Evening
            items:
              - item: used
                wave: post
                type: multiple
                text: Which did you use?
                levels: {breathe-in: "breathe, slowly", walk: take a walk}
              - item: clean
                wave: [pre, post]
                type: yesno
                text: Was it clean?
              - item: next
                wave: post
                type: text
                text: What next?

            """, file: "ev-2")
    }

    private static func answers() throws -> SurveyAnswers {
        func response(_ wave: String, _ place: Int?, _ answers: [String: String]) throws -> SurveyResponse {
            SurveyResponse(
                id: "\(wave)-\(place ?? 0)", wave: wave,
                code: try place.map { try Code(group: GroupName("G1"), place: $0) }, answers: answers)
        }
        return SurveyAnswers(
            instrument: try instrument(),
            responses: [
                try response("post", 2, ["used": "walk", "clean": "0", "next": "=1+1"]),
                try response("post", 1, ["used": "breathe-in;walk", "next": "a\tb"]),
                try response("pre", 1, ["clean": "1"]), try response("post", 7, ["clean": "1"]),
                try response("post", nil, ["clean": "1"]),
            ])
    }

    private static func files(_ options: ExportOptions, study: StudyCodes? = nil) throws -> [String: String] {
        var contents: [String: String] = [:]
        let exports = SessionExport.all(
            of: [try Samples.evening()], options, study: study, surveys: [try answers()])
        for file in exports.flatMap({ $0.files() }) + BIDSDataset.files(of: exports) {
            guard !file.path.hasSuffix(".gz") else { continue }
            var bytes: [UInt8] = []
            try file.write { bytes += $0 }
            contents[file.path] = String(decoding: bytes, as: UTF8.self)
        }
        return contents
    }

    @Test("codes of the session stand in it, closed answers and own words apart, and what was asked beside them")
    func bundle() throws {
        let files = try Self.files(ExportOptions())
        #expect(
            files["answers.csv"] == """
                instrument,wave,code,item,answer,label
                ev-2,post,G1-01,used,breathe-in;walk,"breathe, slowly; take a walk"
                ev-2,pre,G1-01,clean,1,yes
                ev-2,post,G1-02,used,walk,take a walk
                ev-2,post,G1-02,clean,0,no

                """)
        #expect(
            files["answers_text.csv"]
                == "instrument,wave,code,item,text\nev-2,post,G1-01,next,a\tb\nev-2,post,G1-02,next,'=1+1\n")
        #expect(files["survey-ev-2.yaml"] == (try Self.instrument().text))
        #expect(files["survey_items.csv"]?.split(separator: "\n").count == 5)
        #expect(files["codebook.csv"]?.contains("answers.csv,answer,text") == true)
        #expect(files["METHODS.md"]?.contains("ev-2 (Evening): answered post 2, pre 1") == true)
    }

    @Test("a shared export has study IDs in their order and no own words, in any of its formats")
    func shared() throws {
        var generator = SystemRandomNumberGenerator()
        let study = try StudyCodes(for: try Samples.evening().info.presentCodes, using: &generator)
        let files = try Self.files(ExportOptions(formats: [.csv, .redcap, .bids], isRecoded: true), study: study)
        #expect(files["answers_text.csv"] == nil && files["answers.csv"]?.contains("G1-0") == false)
        for (path, text) in files where path != "survey-ev-2.yaml" {
            #expect(!text.contains("=1+1") && !text.contains("a\tb"), "\(path)")
        }
        let codes = files["answers.csv"]?.split(separator: "\n").dropFirst().map { $0.split(separator: ",")[2] } ?? []
        #expect(codes == codes.sorted() && codes.count == 4)
    }

    @Test("REDCap has a row a code and wave and a column a level, which are read back as the same answers")
    func redcap() throws {
        let files = try Self.files(ExportOptions(formats: [.redcap]))
        let text = try #require(files["redcap/redcap_survey.csv"])
        #expect(
            text == """
                record_id,redcap_event_name,used___breathe_in,used___walk,ev_2_clean,next
                G1-01,post_arm_1,1,1,,a\tb
                G1-01,pre_arm_1,,,1,
                G1-02,post_arm_1,0,1,0,'=1+1

                """)
        let back = try SurveyImport(Array(text.utf8), to: Self.instrument(), options: .init(origin: .redcap))
        #expect(
            back.responses.map(\.answers) == [
                ["used": "breathe-in;walk", "next": "a b"], ["clean": "1"],
                ["used": "walk", "clean": "0", "next": "=1+1"],
            ])
        #expect(back.unreadable.isEmpty && back.dropped.isEmpty)
        let dictionary = files["redcap/redcap_dictionary.csv"] ?? ""
        #expect(dictionary.contains("used,ev_2_post,,checkbox,"))
        #expect(dictionary.contains("\"breathe-in, breathe, slowly | walk, take a walk\""))
    }

    @Test("BIDS has a phenotype a survey and wave, with the questions and levels beside it")
    func phenotype() throws {
        let files = try Self.files(ExportOptions(formats: [.bids]))
        #expect(
            files["bids/phenotype/ev_2_post.tsv"] == """
                participant_id\tused___breathe_in\tused___walk\tclean\tnext
                sub-G1S01\t1\t1\tn/a\ta b
                sub-G1S02\t0\t1\t0\t=1+1

                """)
        #expect(files["bids/phenotype/ev_2_pre.tsv"] == "participant_id\tclean\nsub-G1S01\t1\n")
        let sidecar = files["bids/phenotype/ev_2_post.json"] ?? ""
        #expect(sidecar.contains("MeasurementToolMetadata") && sidecar.contains("\"1\": \"chosen\""))
    }

    @Test("a bundle gives its answers back")
    func reading() throws {
        let files = try Self.files(ExportOptions())
        let reader = BundleReader(name: "b") { name in files[name].map { Array($0.utf8) } }
        let surveys = try reader.surveys()
        #expect(surveys.map(\.instrument) == [try Self.instrument()])
        #expect(
            Set(surveys.first?.responses.map(\.answers) ?? []) == [
                ["clean": "1"], ["used": "breathe-in;walk", "next": "a\tb"],
                ["used": "walk", "clean": "0", "next": "=1+1"],
            ])
    }

    @Test(
        "items of several levels are read from what each survey program writes",
        arguments: [
            (
                "record_id,redcap_event_name,used___breathe_in,used___walk\nG1-01,post_arm_1,0,1\n",
                SurveyImport.Origin.redcap
            ),
            (
                """
                Record ID,Event Name,"Which did you use? (choice=breathe, slowly)",Which did you use? (choice=take a walk)
                G1-01,Post,Unchecked,Checked

                """, .redcap
            ),
            ("Code,Which did you use?\nG1-01,take a walk\n", .forms), ("code,used\nG1-01,walk;\n", .csv),
            (
                """
                StartDate,code,Q5_1,Q5_2
                Start,code,"Which did you use? - breathe, slowly",Which did you use? - take a walk
                "{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}","{""ImportId"":""d""}"
                2026-08-04,G1-01,,take a walk

                """, .qualtrics
            ),
        ])
    func several(text: String, origin: SurveyImport.Origin) throws {
        var options = SurveyImport.Options(origin: origin)
        if origin != .redcap { options.wave = "post" }
        let found = try SurveyImport(Array(text.utf8), to: Self.instrument(), options: options)
        #expect(found.responses.map(\.answers) == [["used": "walk"]], "\(found)")
        #expect(found.unreadable.isEmpty)
    }
}
