import Testing

@testable import Practice

/// Before and after.
@Suite struct SurveyComparisonTests {
    private static let before = [2, 3, 3, 2, 4, 3, 1, 2, 3, 4, 2, 3, 3, 2, 5, 3, 2, 4, 3, 2, 4, 3]
    private static let after = [4, 4, 3, 3, 4, 5, 3, 4, 4, 3, 3, 4, 5, 3, 4, 4, 2, 5, 4, 4, 4, 2]

    private func answers(codes: Bool = true) throws -> SurveyAnswers {
        let items = ["pre", "post"].map { SurveySamples.likert("calm", wave: $0) }
        let places = Array(1...22)
        let first = try SurveySamples.responses(
            "calm", Self.before.map { "\($0)" }, wave: "pre", codes: codes ? places : nil)
        // In another order: pairs are made by code, not by place in the file.
        let second = try SurveySamples.responses(
            "calm", Self.after.reversed().map { "\($0)" }, wave: "post", codes: codes ? places.reversed() : nil)
        return SurveyAnswers(instrument: SurveySamples.instrument(items), responses: first + second)
    }

    @Test func pairsAreMadeByCode() throws {
        let comparison = SurveyComparison(try answers(), from: "pre", to: "post", zeros: .wilcox)
        #expect(comparison.linked == 22 && comparison.unlinkedBefore == 0 && comparison.unlinkedAfter == 0)
        let item = try #require(comparison.items.first)
        #expect(item.pairs == 22 && item.before == 22 && item.after == 22)
        #expect(item.ranks?.up == 151.5 && item.ranks?.down == 19.5)
        #expect(item.change?.estimate == 1 && item.change?.interval == 0.5...1.5)
        #expect(item.changers == McNemar(gained: 10, lost: 1))
        #expect(item.yesBefore == 5 && item.yesAfter == 14)
        #expect(item.beforeQuartiles?.median == 3 && item.afterQuartiles?.median == 4)
    }

    @Test func withoutCodesNothingIsPairedAndNothingTested() throws {
        let comparison = SurveyComparison(try answers(codes: false), from: "pre", to: "post", zeros: .wilcox)
        #expect(comparison.linked == 0 && comparison.unlinkedBefore == 22 && comparison.unlinkedAfter == 22)
        let item = try #require(comparison.items.first)
        #expect(item.pairs == 0 && item.ranks == nil && item.change == nil && item.changers == nil)
        #expect(item.before == 22 && item.beforeQuartiles?.median == 3 && item.afterQuartiles?.median == 4)
    }

    @Test func whoAnsweredOnceIsLeftOut() throws {
        var answers = try answers()
        answers.responses.removeAll { $0.wave == "pre" && $0.code?.place == 1 }
        answers.responses.removeAll { $0.wave == "post" && ($0.code?.place ?? 0) > 20 }
        let comparison = SurveyComparison(answers, from: "pre", to: "post", zeros: .pratt)
        #expect(comparison.linked == 19 && comparison.unlinkedBefore == 2 && comparison.unlinkedAfter == 1)
        #expect(comparison.items.first?.ranks?.zeros == .pratt && comparison.items.first?.pairs == 19)
    }

    @Test func aReversedItemIsComparedTurnedAround() throws {
        let items = ["pre", "post"].map { SurveySamples.likert("calm", wave: $0, isReversed: true) }
        var answers = try answers()
        answers.instrument = SurveySamples.instrument(items)
        let item = try #require(SurveyComparison(answers, from: "pre", to: "post", zeros: .wilcox).items.first)
        #expect(item.ranks?.up == 19.5 && item.change?.estimate == -1)
    }

    @Test func themesOfRatersMakeAYesOnceTheyAgree() throws {
        let text = SurveyItem(
            wave: "post", name: "next", kind: .text, label: "Next", text: "What next?", metRule: .coded("met"))
        let responses = try SurveySamples.responses("next", ["a", "b", "c", "d", nil])
        let codings = [
            ("post-1", "A", "met"), ("post-1", "B", "met"), ("post-2", "A", "met"), ("post-2", "B", "none"),
            ("post-3", "A", "none"), ("post-3", "B", "none"), ("post-2", "agreed", "met"),
        ].map { SurveyCoding(response: $0.0, item: "next", rater: $0.1, theme: $0.2) }
        var answers = SurveyAnswers(
            instrument: SurveySamples.instrument([text]), responses: responses, codings: codings)
        let row = try #require(SurveyTable(answers, wave: "post", options: .init()).rows.first)
        #expect(row.yes == 2 && row.valid == 3 && row.missing == 2)
        answers.codings.removeLast()
        let open = try #require(SurveyTable(answers, wave: "post", options: .init()).rows.first)
        #expect(open.yes == 1 && open.valid == 2)
    }

    @Test func themesAreCountedWithTheAgreementOfTwoRaters() throws {
        let text = SurveyItem(wave: "post", name: "next", kind: .text, label: "Next", text: "What next?")
        let responses = try SurveySamples.responses("next", (1...6).map { "answer \($0)" })
        let found: [(String, [String])] = [
            ("A", ["breath", "breath", "none", "view", "breath"]),
            ("B", ["breath", "breath", "none", "breath", "view"]),
        ]
        let codings = found.flatMap { rater, themes in
            themes.enumerated().map {
                SurveyCoding(response: "post-\($0.offset + 1)", item: "next", rater: rater, theme: $0.element)
            }
        }
        let table = ThemeTable(
            SurveyAnswers(
                instrument: SurveySamples.instrument([text]), responses: responses, codings: codings), wave: "post",
            item: "next")
        #expect(table.answers == 6 && table.rated == 5 && table.raters == ["A", "B"])
        #expect(table.rows.map(\.theme) == ["breath", "view"])
        let breath = table.rows[0]
        #expect(breath.count == 2 && breath.undecided == 2 && breath.share == 0.4)
        // Both yes 2, A alone 1, B alone 1, neither 1: agreement 0.6, by chance 0.52.
        #expect(breath.kappa?.kappa.map { abs($0 - 1.0 / 6) < 1e-12 } == true && breath.kappa?.count == 5)
        #expect(breath.interval == Proportion(count: 2, total: 5).interval(.wilson))
        let shared = ThemeTable(
            SurveyAnswers(
                instrument: SurveySamples.instrument([text]), responses: responses, codings: codings), wave: "post",
            item: "next", leastCell: 5)
        #expect(shared.rows.allSatisfy { $0.count == nil && $0.share == nil && $0.kappa == nil })
    }

    @Test func kappaNeedsTwoRaters() throws {
        let text = SurveyItem(wave: "post", name: "next", kind: .text, label: "Next", text: "What next?")
        let answers = SurveyAnswers(
            instrument: SurveySamples.instrument([text]), responses: try SurveySamples.responses("next", ["x"]),
            codings: [SurveyCoding(response: "post-1", item: "next", rater: "A", theme: "breath")])
        let table = ThemeTable(answers, wave: "post", item: "next")
        #expect(table.rows.first?.kappa == nil && table.rows.first?.count == 1)
    }
}
