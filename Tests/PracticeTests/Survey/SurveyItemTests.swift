import Testing

@testable import Practice

/// What an answer means.
@Suite struct SurveyItemTests {
    @Test(arguments: [
        ("4", SurveyItem.Reading.value("4")), (" 4.0 ", .value("4")), ("LEVEL 2", .value("2")), ("", .missing),
        ("  ", .missing), ("99", .missing), ("6", .unreadable), ("perhaps", .unreadable),
    ])
    func levelsAreReadByNumberOrWords(_ text: String, _ reading: SurveyItem.Reading) {
        #expect(SurveySamples.likert("calm", missingCodes: ["99"]).read(text) == reading)
    }

    @Test(arguments: [
        ("yes", "1"), ("No", "0"), ("1", "1"), ("TRUE", "1"), ("Unchecked", "0"),
    ])
    func yesAndNoHaveManyWords(_ text: String, _ code: String) {
        let item = SurveyItem(
            wave: "post", name: "did", kind: .yesno, label: "Did", text: "Did you?", levels: SurveyItem.yesAndNo,
            metRule: .oneOf(["1"]))
        #expect(item.read(text) == .value(code))
        #expect(item.isMet(code) == (code == "1"))
    }

    @Test func aNumberIsWithinItsRange() {
        let item = SurveyItem(
            wave: "pre", name: "feeling", kind: .number, label: "Feeling", text: "How?", range: 0...10)
        #expect(item.read("7") == .value("7") && item.read("7.50") == .value("7.5"))
        #expect(item.read("11") == .unreadable && item.read("nan") == .unreadable && item.read("good") == .unreadable)
        #expect(item.levelText == "0..10")
    }

    @Test func textIsKeptAsItIsButNotWithoutEnd() {
        let item = SurveyItem(wave: "post", name: "next", kind: .text, label: "Next", text: "What next?")
        #expect(item.read("  breathe, =slowly ") == .value("breathe, =slowly"))
        #expect(item.read(String(repeating: "a", count: SurveyItem.longestText + 1)) == .unreadable)
        #expect(item.isMet("breathe") == nil && item.score(of: "breathe") == nil)
    }

    @Test func aReversedItemTurnsItsScoresAround() {
        let item = SurveySamples.likert("helpless", isReversed: true)
        #expect(item.score(of: "1") == 5 && item.score(of: "5") == 1)
        #expect(item.isMet("2") == true && item.isMet("4") == false)
    }

    @Test(arguments: [
        (">=4", MetRule.atLeast(4)), ("<= 2", .atMost(2)), ("=1, 2", .oneOf(["1", "2"])), ("coded:met", .coded("met")),
    ])
    func rulesAreReadAndWritten(_ text: String, _ rule: MetRule) {
        #expect(MetRule(text) == rule)
        #expect(MetRule(rule.description) == rule)
    }

    @Test(arguments: ["4", ">=", ">=x", "=", "=1,,2", "coded:", "", ">4"])
    func whatIsNoRuleIsNone(_ text: String) { #expect(MetRule(text) == nil) }
}
