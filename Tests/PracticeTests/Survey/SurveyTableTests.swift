import Testing

@testable import Practice

/// Who said yes.
@Suite struct SurveyTableTests {
    private func table(
        yes: Int, no: Int, missing: Int = 0, _ change: (inout SurveyTable.Options) -> Void = { _ in }
    ) throws -> SurveyTable {
        let values: [String?] =
            Array(repeating: "5", count: yes) + Array(repeating: "2", count: no) + Array(repeating: nil, count: missing)
        var options = SurveyTable.Options()
        change(&options)
        let answers = SurveyAnswers(
            instrument: SurveySamples.instrument([SurveySamples.likert("goals")]),
            responses: try SurveySamples.responses("goals", values))
        return SurveyTable(answers, wave: "post", options: options)
    }

    @Test func eachDenominatorIsToldApart() throws {
        let row = try #require(try table(yes: 44, no: 6, missing: 1) { $0.cohort = 60 }.rows.first)
        #expect(row.yes == 44 && row.valid == 50 && row.missing == 1)
        #expect(row.share == 0.88 && row.ofRespondents == 44.0 / 51 && row.ofCohort == 44.0 / 60)
        #expect(row.interval == Proportion(count: 44, total: 50).interval(.wilson))
    }

    @Test(arguments: [
        (SurveyTable.Denominator.valid, 50), (.respondents, 51), (.cohort, 60),
    ])
    func perCentAreOfTheDenominatorThatWasChosen(_ denominator: SurveyTable.Denominator, _ total: Int) throws {
        let row = try #require(
            try table(yes: 44, no: 6, missing: 1) {
                $0.cohort = 60
                $0.denominator = denominator
                $0.method = .clopper
            }.rows.first)
        #expect(row.share == 44 / Double(total))
        #expect(row.interval == Proportion(count: 44, total: total).interval(.clopper))
    }

    @Test func itemsWithoutARuleHaveNoRowAndEmptyResponsesDoNotCount() throws {
        let items = [SurveySamples.likert("goals", rule: nil), SurveySamples.likert("calm")]
        var responses = try SurveySamples.responses("calm", ["5", "1"])
        responses.append(SurveyResponse(id: "post-3", wave: "post", code: nil, answers: [:]))
        let answers = SurveyAnswers(instrument: SurveySamples.instrument(items), responses: responses)
        let table = SurveyTable(answers, wave: "post", options: .init())
        #expect(table.rows.map(\.item) == ["calm"] && table.respondents == 2)
    }

    @Test func whereNobodyAnsweredTheReasonIsSaid() throws {
        let row = try #require(try table(yes: 0, no: 0, missing: 3).rows.first)
        #expect(row.valid == 0 && row.share == nil && row.interval == nil && row.reason == "nobody answered")
    }

    /// Yes, no, missing; whether yes, valid and per cent of the respondents may be told when counts below 5 hide.
    @Test(arguments: [
        (38, 13, 0, true, true, true), (49, 2, 0, false, true, false), (2, 49, 0, false, true, false),
        (51, 0, 0, false, true, false), (44, 6, 1, true, false, true), (40, 6, 5, true, true, true),
        (44, 3, 4, false, false, false), (2, 1, 48, false, false, false),
    ])
    func smallCountsHide(_ yes: Int, _ no: Int, _ missing: Int, _ tellsYes: Bool, _ tellsValid: Bool, _ tells: Bool)
        throws
    {
        let row = try #require(try table(yes: yes, no: no, missing: missing) { $0.leastCell = 5 }.rows.first)
        #expect((row.yes != nil) == tellsYes)
        #expect((row.valid != nil) == tellsValid && (row.missing != nil) == tellsValid)
        #expect((row.ofRespondents != nil) == tells)
        #expect((row.share != nil) == (tellsYes && tellsValid) && (row.interval != nil) == (tellsYes && tellsValid))
        #expect((row.reason == nil) == (tellsYes && tellsValid))
    }

    @Test func aSmallRestOfTheCohortHides() throws {
        let hidden = try table(yes: 30, no: 26) {
            $0.cohort = 60
            $0.leastCell = 5
        }
        #expect(hidden.answered.map(\.isHidden) == [true])
        #expect(try table(yes: 30, no: 26) { $0.cohort = 60 }.answered.map(\.isHidden) == [false])
    }

    @Test(arguments: [
        ([10, 12, 20], [false, false, false]), ([10, 3, 20], [true, true, false]), ([1, 3, 20], [true, true, true]),
        ([2, 3, 20], [true, true, false]), ([0, 0, 9], [true, true, true]), ([4, 9], [true, true]),
    ])
    func aHiddenCountCannotBeWorkedOutOfTheTotal(_ counts: [Int], _ hidden: [Bool]) {
        #expect(CellHiding(least: 5).hidden(counts) == hidden)
    }

    @Test func levelsAreCountedAndSmallOnesHide() throws {
        let answers = SurveyAnswers(
            instrument: SurveySamples.instrument([SurveySamples.likert("goals", rule: nil)]),
            responses: try SurveySamples.responses(
                "goals", Array(repeating: "4", count: 12) + Array(repeating: "3", count: 7) + ["1", "1", nil]))
        let all = try #require(SurveyDistribution.all(answers, wave: "post").first)
        #expect(all.levels.map(\.count) == [2, 0, 7, 12, 0] && all.valid == 21)
        #expect(all.quartiles?.first == 3 && all.quartiles?.median == 4 && all.quartiles?.third == 4)
        let shared = try #require(SurveyDistribution.all(answers, wave: "post", leastCell: 5).first)
        #expect(shared.levels.map(\.count) == [nil, nil, nil, 12, nil] && shared.valid == nil)
    }

    /// Counts of levels 1 to 5 (4 and 5 are yes) and of missing answers; which levels may be told.
    @Test(arguments: [
        // Yes is told as 37, so 3 and 34 must not be told apart; no as 14, so 2 needs another beside it.
        ([2, 6, 7, 3, 34], 0, [false, false, true, false, false]),
        // No has two only, so the table hides the split; a level of yes hides with the three of no.
        ([2, 0, 0, 20, 29], 0, [false, false, false, false, true]),
        // One answer is missing: with a level of no it stays unknown.
        ([5, 6, 7, 20, 12], 1, [false, true, true, true, true]),
        ([5, 6, 7, 20, 12], 5, [true, true, true, true, true]),
    ])
    func levelsCannotBeWorkedOutOfTheTableBeside(_ counts: [Int], _ missing: Int, _ told: [Bool]) throws {
        let values = counts.enumerated().flatMap { Array(repeating: "\($0.offset + 1)" as String?, count: $0.element) }
        let answers = SurveyAnswers(
            instrument: SurveySamples.instrument([SurveySamples.likert("goals")]),
            responses: try SurveySamples.responses("goals", values + Array(repeating: nil, count: missing)))
        let shared = try #require(SurveyDistribution.all(answers, wave: "post", leastCell: 5).first)
        #expect(shared.levels.map { $0.count != nil } == told)
        #expect((shared.valid == nil) == (missing == 1))
    }

    @Test func aReversedItemIsDrawnTheOtherWayRound() throws {
        let answers = SurveyAnswers(
            instrument: SurveySamples.instrument([SurveySamples.likert("helpless", isReversed: true)]),
            responses: try SurveySamples.responses("helpless", ["1", "1", "5"]))
        let distribution = try #require(SurveyDistribution.all(answers, wave: "post").first)
        #expect(distribution.levels.map(\.code) == ["5", "4", "3", "2", "1"])
        #expect(distribution.levels.map(\.count) == [1, 0, 0, 0, 2] && distribution.quartiles?.median == 5)
    }
}
