import Practice
import Testing

@testable import Formats

/// Surveys as people write them.
@Suite("Survey files") struct SurveyFileTests {
    private static let whole = """
        instrument: evening
        title: A quiet evening
        source: own
        scales:
          agree: {1: strongly disagree, 2: disagree, 3: neither, 4: agree, 5: strongly agree}
        items:
          - item: calm
            wave: [pre, post]
            type: likert
            label: Can calm down
            text: I can calm myself.
            levels: agree
            met_rule: ">=4"
            missing_codes: [98, 99]
          - {item: helpless, wave: post, type: likert, text: I am helpless., levels: agree, reverse: true}
          - {item: feeling, wave: pre, type: number, text: How do you feel?, levels: 0..10, met_rule: ">=7"}
          - {item: did, wave: post, type: yesno, text: Did you?, met_rule: "=1", source: theirs}
          - {item: way, wave: post, type: choice, text: Which way?, levels: {walk: on foot, ride: by tram}}
          - {item: next, wave: post, type: text, text: What next?, met_rule: "coded:met"}

        """

    @Test("an item asked in two waves stands in both")
    func read() throws {
        let instrument = try SurveyFile.read(Self.whole, file: "evening.yaml")
        #expect(instrument.name == "evening" && instrument.title == "A quiet evening")
        #expect(instrument.waves == ["pre", "post"] && instrument.text == Self.whole)
        #expect(instrument.items(of: "pre").map(\.name) == ["calm", "feeling"])
        #expect(instrument.items(of: "post").map(\.name) == ["calm", "helpless", "did", "way", "next"])
        let calm = try #require(instrument.item("calm", in: "post"))
        #expect(calm.label == "Can calm down" && calm.metRule == .atLeast(4) && calm.missingCodes == ["98", "99"])
        #expect(calm.levels.map(\.code) == ["1", "2", "3", "4", "5"] && calm.levels[4].label == "strongly agree")
        #expect(calm.source == "own" && instrument.item("did", in: "post")?.source == "theirs")
        #expect(instrument.item("helpless", in: "post")?.isReversed == true)
        #expect(instrument.item("helpless", in: "post")?.label == "I am helpless.")
        #expect(instrument.item("feeling", in: "pre")?.range == 0...10)
        #expect(instrument.item("next", in: "post")?.metRule == .coded("met"))
    }

    /// What stands in the file in place of what, and where the mistake is told.
    @Test(
        "every mistake is told with its line",
        arguments: [
            ("instrument: evening", "instrument: Evening One", 1, "`instrument`"),
            ("    type: likert\n    label", "    typ: likert\n    label", 9, "Did you mean `type`?"),
            ("type: likert\n    label", "type: likrt\n    label", 9, "Did you mean `likert`?"),
            ("    levels: agree\n    met", "    levels: agre\n    met", 12, "Did you mean `agree`?"),
            ("\">=4\"", "\">=6\"", 13, "no answer goes so far"), ("\">=4\"", "\"often\"", 13, "`met_rule` is `often`"),
            ("[98, 99]", "[98, 5]", 14, "`5` is a level too"),
            ("wave: [pre, post]", "wave: [pre, pre]", 8, "each wave once"),
            ("item: calm", "item: Calm Down", 7, "lower-case"), ("item: calm", "item: code", 7, "meaning of its own"),
            ("item: helpless, wave: post", "item: calm, wave: post", 15, "asked twice in post"),
            ("item: helpless, wave: post", "item: feeling, wave: post", 16, "takes other answers in post"),
            ("levels: 0..10", "levels: 10..0", 16, "`0..10`"), ("type: number", "type: yesno", 16, "has no levels"),
            ("met_rule: \"=1\"", "met_rule: \"=2\"", 17, "`2` is no level"),
            ("met_rule: \"=1\"", "reverse: true", 17, "has none"),
            ("{walk: on foot, ride: by tram}", "{walk: on foot}", 18, "fewer than two levels"),
            ("\"coded:met\"", "\">=2\"", 19, "have no order"),
            ("type: likert, text: I am", "type: likert, txt: I am", 15, "Did you mean `text`?"),
        ])
    func mistakes(_ old: String, _ new: String, _ line: Int, _ words: String) throws {
        let text = Self.whole.replacing(old, with: new, maxReplacements: 1)
        try #require(text != Self.whole)
        let error = try #require(throws: WrittenFileError.self) { try SurveyFile.read(text, file: "evening.yaml") }
        #expect(error.mistakes.contains { $0.line == line }, "\(error)")
        #expect(error.description.contains(words), "\(error)")
        #expect(error.description.hasPrefix("evening.yaml has "))
    }

    @Test("several mistakes are told at once, and what is no survey is said to be none")
    func several() throws {
        let text = Self.whole.replacing("\">=4\"", with: "\">=9\"").replacing("0..10", with: "much")
        let error = try #require(throws: WrittenFileError.self) { try SurveyFile.read(text, file: "f") }
        #expect(error.mistakes.map(\.line) == [13, 16, 16])
        for nothing in ["", "a: [", "- 1", "instrument: a\nitems: []\n", "instrument: a\n"] {
            #expect(throws: WrittenFileError.self) { try SurveyFile.read(nothing, file: "f") }
        }
    }

    @Test("the survey that comes with the program asks for goals, expectations, challenges and use of strategies")
    func builtIn() throws {
        let pal = try #require(try SurveyFile.builtIn().first)
        #expect(pal.name == "pal" && pal.waves == ["pre", "post"])
        let rows = pal.items(of: "post").filter { $0.metRule != nil }
        #expect(
            rows.map(\.label) == ["Goals met", "Expectations met", "Challenges addressed", "Plans to use strategies"])
        #expect(rows.allSatisfy { $0.metRule == .atLeast(4) && $0.kind == .likert && $0.levels.count == 5 })
        let both = pal.items(of: "pre").filter { $0.isOrdered && pal.item($0.name, in: "post") != nil }
        #expect(both.map(\.name) == ["can_calm", "at_mercy", "uses", "feeling"])
        #expect(pal.items.contains { $0.kind == .text } && pal.items.allSatisfy { !$0.source.isEmpty })
    }

    @Test("the codebook has the ten columns, a line an item and wave")
    func codebook() throws {
        let instrument = try SurveyFile.read(Self.whole, file: "evening.yaml")
        let lines = String(decoding: SurveyCodebook.csv(instrument), as: UTF8.self).split(separator: "\n")
        #expect(lines[0] == "instrument,wave,item,type,text,levels,met_rule,reverse,missing_codes,source")
        #expect(
            lines[1]
                == "evening,pre,calm,likert,I can calm myself.,1=strongly disagree; 2=disagree; 3=neither; 4=agree; "
                + "5=strongly agree,>=4,no,98; 99,own")
        // A rule that begins with an equals sign is guarded, so that no table program takes it for a formula.
        #expect(lines[5] == "evening,post,did,yesno,Did you?,1=yes; 0=no,'=1,no,,theirs")
        #expect(lines.count == 8)
    }

    @Test("the dictionary of REDCap has its eighteen columns, and every item once")
    func dictionary() throws {
        let instrument = try SurveyFile.read(Self.whole, file: "evening.yaml")
        let rows = DelimitedText(SurveyCodebook.redcap(instrument)).rows.map(\.cells)
        #expect(rows.allSatisfy { $0.count == 18 })
        #expect(rows[0].first == "Variable / Field Name" && rows[0].last == "Field Annotation")
        #expect(rows.dropFirst().map { $0[0] } == ["record_id", "calm", "helpless", "did", "way", "next", "feeling"])
        #expect(rows.dropFirst().map { $0[3] } == ["text", "radio", "radio", "yesno", "radio", "notes", "text"])
        #expect(rows[2][1] == "evening_pre_post" && rows[7][1] == "evening_pre")
        #expect(
            rows[2][5] == "1, strongly disagree | 2, disagree | 3, neither | 4, agree | 5, strongly agree")
        #expect(Array(rows[7][7...9]) == ["integer", "0", "10"])
        #expect(rows[3][17] == "reverse")
    }
}
