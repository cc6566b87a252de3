import Testing

@testable import Practice

@Suite("Items of several levels") struct SurveySeveralTests {
    private static func item(rule: MetRule? = nil) -> SurveyItem {
        SurveyItem(
            wave: "post", name: "used", kind: .multiple, label: "Used", text: "Which did you use?",
            levels: [
                .init(code: "breathe", label: "breathe, slowly"), .init(code: "walk", label: "take a walk"),
                .init(code: "talk", label: "talk; or write"),
            ], metRule: rule, missingCodes: ["99"])
    }

    @Test(
        "are read from codes and words, parted by semicolons or commas, which words may hold themselves",
        arguments: [
            ("walk", "walk"), ("talk;breathe", "breathe;talk"), ("Breathe, Slowly,take a walk", "breathe;walk"),
            ("take a walk;breathe, slowly", "breathe;walk"), ("talk; or write, walk", "walk;talk"),
            (" walk ; ; walk ", "walk"),
        ])
    func reading(text: String, value: String) { #expect(Self.item().read(text) == .value(value)) }

    @Test("have no answer when nothing was chosen, and none that can be read when a part is strange")
    func others() {
        #expect(Self.item().read("") == .missing && Self.item().read("99") == .missing)
        #expect(Self.item().read(";,") == .missing)
        #expect(Self.item().read("walk;swim") == .unreadable)
        #expect(Self.item().words(of: "breathe;talk") == "breathe, slowly; talk; or write")
    }

    @Test("give a row a level, each of all who answered; yes is whoever chose one that the rule names")
    func table() throws {
        let values: [String?] = ["breathe;walk", "breathe", "talk", "walk;talk", nil]
        let answers = SurveyAnswers(
            instrument: SurveySamples.instrument([Self.item(rule: .oneOf(["breathe", "walk"]))]),
            responses: try SurveySamples.responses("used", values))
        let table = SurveyTable(answers, wave: "post", options: .init())
        #expect(table.rows.map { $0.option?.code } == [nil, "breathe", "walk", "talk"])
        #expect(table.rows.map(\.yes) == [3, 2, 2, 2])
        #expect(table.rows.allSatisfy { $0.valid == 4 && $0.missing == 1 })
        #expect(table.rows[1].share == 0.5)
        let distribution = try #require(SurveyDistribution.all(answers, wave: "post").first)
        #expect(distribution.isMultiple && distribution.valid == 4)
        #expect(distribution.levels.map(\.count) == [2, 2, 2])
    }

    @Test("hide a level that few chose, or few did not choose")
    func hiding() throws {
        let values = Array(repeating: "breathe;walk", count: 9) + Array(repeating: "breathe", count: 6) + ["walk"]
        let answers = SurveyAnswers(
            instrument: SurveySamples.instrument([Self.item()]), responses: try SurveySamples.responses("used", values))
        var options = SurveyTable.Options()
        options.leastCell = 5
        #expect(SurveyTable(answers, wave: "post", options: options).rows.map(\.yes) == [nil, 10, nil])
        let levels = try #require(SurveyDistribution.all(answers, wave: "post", leastCell: 5).first).levels
        #expect(levels.map(\.count) == [nil, 10, nil])
    }
}
