import GRDB
import Glibc
import Practice
import TestSupport
import Testing
import Timekeeping

@testable import Store

@Suite("Surveys", .timeLimit(.minutes(2))) struct SurveyTests {
    let folder: TemporaryFolder
    let store: Store

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(folder: folder.path)
    }

    private static let instrument = Instrument(
        name: "own", title: "Own",
        items: [
            SurveyItem(wave: "pre", name: "calm", kind: .number, label: "Calm", text: "Calm?", range: 0...10),
            SurveyItem(wave: "post", name: "calm", kind: .number, label: "Calm", text: "Calm?", range: 0...10),
            SurveyItem(wave: "post", name: "next", kind: .text, label: "Next", text: "Next?"),
        ], text: "instrument: own\n")

    private static func response(_ wave: String, _ code: String?, _ answers: [String: String]) throws -> SurveyResponse
    {
        SurveyResponse(id: "", wave: wave, code: try code.map { try Code($0) }, answers: answers)
    }

    @discardableResult
    private func keep(
        _ responses: [SurveyResponse], _ merging: Store.SurveyMerging = .refuse
    ) async throws -> Result<[String], SurveyError> {
        try await store.keep(
            responses, of: Self.instrument, merging: merging, source: "test", at: UTC(nanosecondsSince1970: 1))
    }

    @Test("answers come back as they were kept, by wave and number, also in another process")
    func roundTrip() async throws {
        let names = try await keep([
            try Self.response("post", "G1-02", ["calm": "7", "next": "walk, \"slowly\"\nhome"]),
            try Self.response("pre", "G1-02", ["calm": "3"]), try Self.response("post", nil, ["calm": "5"]),
        ]).get()
        #expect(names == ["post-001", "pre-001", "post-002"])
        let answers = try await Store(folder: folder.path).answers(to: Self.instrument)
        #expect(answers.responses.map(\.id) == ["post-001", "post-002", "pre-001"])
        #expect(answers.responses[0].answers["next"] == "walk, \"slowly\"\nhome")
        #expect(answers.responses.map { $0.code?.description } == ["G1-02", nil, "G1-02"])
        #expect(try await store.instrumentTexts() == ["own": "instrument: own\n"])
        #expect(try await store.answeredItems(of: "own") == ["post": ["calm", "next"], "pre": ["calm"]])
    }

    @Test("a code answers once; new answers take the place of the old ones only when asked to, and history stays")
    func again() async throws {
        let code = try Code("G1-02")
        try await keep([try Self.response("post", "G1-02", ["calm": "7"])])
        let refused = try await keep([
            try Self.response("post", "G1-03", ["calm": "1"]), try Self.response("post", "G1-02", ["calm": "8"]),
        ])
        #expect(refused == .failure(.answeredAlready([code], wave: "post")))
        #expect(try await store.answers(to: Self.instrument).responses.map(\.answers) == [["calm": "7"]])
        #expect(try await keep([try Self.response("post", "G1-02", ["calm": "8"])], .replace) == .success(["post-002"]))
        let answers = try await store.answers(to: Self.instrument)
        #expect(answers.responses.map(\.id) == ["post-002"] && answers.responses[0].answers == ["calm": "8"])
        #expect(try await store.replacedResponses(of: code, instrument: "own", wave: "post") == 1)
    }

    @Test("answers without codes are not counted twice by mistake")
    func unlinked() async throws {
        let two = [try Self.response("post", nil, ["calm": "1"]), try Self.response("post", nil, ["calm": "2"])]
        try await keep(two)
        #expect(try await keep(two) == .failure(.unlinkedThere(2, wave: "post")))
        #expect(try await keep([try Self.response("pre", nil, ["calm": "2"])]) == .success(["pre-001"]))
        #expect(try await keep(two, .add) == .success(["post-003", "post-004"]))
        #expect(try await keep([two[0]], .replace) == .success(["post-005"]))
        let answers = try await store.answers(to: Self.instrument)
        #expect(answers.responses.map(\.id) == ["post-005", "pre-001"])
    }

    @Test("a code that its group does not have is a mistake; a group that is not here may have any")
    func strangers() async throws {
        try await store.createGroup(try Roster(group: try GroupName("G1"), size: 2))
        let stranger = try Code("G1-03")
        #expect(
            try await keep([try Self.response("post", "G1-03", ["calm": "1"])]) == .failure(.unknownCodes([stranger])))
        #expect(try await keep([try Self.response("post", "H1-03", ["calm": "1"])]) == .success(["post-001"]))
    }

    @Test("who withdraws is left out from then on, and nothing more is kept")
    func withdrawn() async throws {
        let code = try Code("G1-02")
        try await store.createGroup(try Roster(group: try GroupName("G1"), size: 2))
        try await keep([
            try Self.response("post", "G1-02", ["calm": "1"]), try Self.response("post", "G1-01", ["calm": "2"]),
        ])
        _ = try await store.withdraw(code)
        let answers = try await store.answers(to: Self.instrument)
        #expect(answers.responses.map { $0.code?.description } == ["G1-01"] && answers.withdrawn == 1)
        #expect(try await keep([try Self.response("pre", "G1-02", ["calm": "1"])]) == .failure(.withdrawn([code])))
        try await store.removeGroup(try GroupName("G1"))
        #expect(try await store.answers(to: Self.instrument).withdrawn == 1)
    }

    @Test("a group that gets another name takes its answers along")
    func renamed() async throws {
        try await store.createGroup(try Roster(group: try GroupName("G1"), size: 2))
        try await keep([
            try Self.response("post", "G1-02", ["calm": "1"]), try Self.response("post", "H1-02", ["calm": "1"]),
        ])
        try await store.renameGroup(try GroupName("G1"), to: try GroupName("G7"))
        let codes = try await store.answers(to: Self.instrument).responses.map { $0.code?.description }
        #expect(codes == ["G7-02", "H1-02"])
        // A name that answers of others have would mix them up.
        let (old, taken) = (try GroupName("G7"), try GroupName("H1"))
        await #expect(throws: StoreError(.groupExists, "H1")) { try await store.renameGroup(old, to: taken) }
    }

    @Test("what a rater finds anew takes the place of what the same rater found before")
    func codings() async throws {
        try await keep([
            try Self.response("post", nil, ["next": "walk"]), try Self.response("post", nil, ["next": "sleep"]),
        ])
        func coding(_ response: String, _ rater: String, _ theme: String) -> SurveyCoding {
            SurveyCoding(response: response, item: "next", rater: rater, theme: theme)
        }
        let first = [coding("post-001", "A", "body"), coding("post-001", "A", "time"), coding("post-001", "B", "body")]
        #expect(try await store.keep(first, of: "own") == [])
        #expect(try await store.answers(to: Self.instrument).codings == first)
        #expect(try await store.keep([coding("post-001", "A", "none")], of: "own") == [])
        let answers = try await store.answers(to: Self.instrument)
        #expect(answers.codings == [coding("post-001", "A", "none"), coding("post-001", "B", "body")])
        let strange = [coding("post-002", "A", "rest"), coding("post-009", "A", "rest")]
        #expect(try await store.keep(strange, of: "own") == ["post-009"])
        #expect(try await store.answers(to: Self.instrument).codings == answers.codings)
    }

    @Test("a file of the version before surveys is brought up to date and keeps what it has")
    func migration() async throws {
        try await store.createGroup(try Roster(group: try GroupName("G1"), size: 2))
        try await store.write { database in
            for table in ["survey_coding", "survey_answer", "survey_response", "instrument"] {
                try database.execute(sql: "DROP TABLE \(table)")
            }
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '8 surveys'")
        }
        let later = try Store(folder: folder.path)
        #expect(try await later.rosters().map(\.group.text) == ["G1"])
        #expect(try await later.answers(to: Self.instrument).responses.isEmpty)
    }

    @Test("what was kept before a kill is there, and half an import is not")
    func killed() async throws {
        let path = folder.path
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try Store(folder: path)
            let response = try SurveyTests.response("post", "G1-01", ["calm": "4"])
            _ = try await store.keep(
                [response], of: SurveyTests.instrument, merging: .refuse, source: "test",
                at: UTC(nanosecondsSince1970: 1))
            try await store.write { database in
                _ = try Store.insert(
                    SurveyTests.response("post", "G1-02", ["calm": "5"]), "own", source: "test",
                    at: UTC(nanosecondsSince1970: 1), into: database)
                kill(getpid(), SIGKILL)
            }
        }
        let answers = try await Store(folder: path).answers(to: Self.instrument)
        #expect(answers.responses.map { $0.code?.description } == ["G1-01"])
        #expect(answers.responses.map(\.answers) == [["calm": "4"]])
    }
}
