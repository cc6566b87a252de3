import Practice
import Screens
import Terminal
import Testing

/// Surveys as people see them.
struct SurveyScreenTests {
    private static let levels = ["no", "rather no", "neither", "rather yes", "yes"].enumerated().map {
        SurveyItem.Level(code: "\($0.offset + 1)", label: $0.element)
    }

    private static func item(_ name: String, _ label: String, wave: String = "post") -> SurveyItem {
        SurveyItem(
            wave: wave, name: name, kind: .likert, label: label, text: label, levels: levels, metRule: .atLeast(4))
    }

    /// Answers to several items: counts of yes (5) and no (2), the rest of 51 missing.
    private func answers(_ counts: [(item: SurveyItem, yes: Int, no: Int)], before: Int = 56) -> SurveyAnswers {
        var responses = (1...51).map { SurveyResponse(id: "post-\($0)", wave: "post", code: nil, answers: ["x": "1"]) }
        for (item, yes, no) in counts {
            for index in 0..<(yes + no) { responses[index].answers[item.name] = index < yes ? "5" : "2" }
        }
        responses += (0..<before).map { SurveyResponse(id: "pre-\($0)", wave: "pre", code: nil, answers: ["x": "1"]) }
        let pre = Self.item("x", "x", wave: "pre")
        return SurveyAnswers(
            instrument: Instrument(name: "pal", title: "", items: [pre] + counts.map(\.item), text: ""),
            responses: responses)
    }

    private var published: SurveyAnswers {
        answers([
            (Self.item("a", "Goals met"), 38, 13), (Self.item("b", "Expectations met"), 44, 6),
            (Self.item("c", "Challenges addressed"), 42, 9), (Self.item("d", "Plans to use strategies"), 49, 2),
        ])
    }

    @Test("the table has every denominator beside the interval")
    func table() {
        var options = SurveyTable.Options()
        options.cohort = 60
        let screen = SurveyTableScreen.draw(
            SurveyTable(published, wave: "post", options: options), showsInterval: true)
        #expect(
            screen.text == """
                 Item                    yes   valid  missing     %   95 % CI     of 51   of 60
                 Goals met                38      51        0   74.5   61.1–84.5    74.5    63.3
                 Expectations met         44      50        1   88.0   76.2–94.4    86.3    73.3
                 Challenges addressed     42      51        0   82.4   69.7–90.4    82.4    70.0
                 Plans to use strategies  49      51        0   96.1   86.8–98.9    96.1    81.7
                 Answered: pre 56 of 60 (93.3 %), post 51 of 60 (85.0 %). CI: Wilson.
                 % is of valid answers. --denominator respondents|cohort changes it.
                """)
    }

    @Test("without interval and cohort the table is narrower; what hides is a dash and is said")
    func hidden() {
        var options = SurveyTable.Options()
        options.leastCell = 5
        var few = published
        few.withdrawn = 2
        let screen = SurveyTableScreen.draw(
            SurveyTable(few, wave: "post", options: options), showsInterval: false, options: .init(isASCII: true))
        #expect(
            screen.text == """
                 Item                    yes   valid  missing     %   of 51
                 Goals met                38      51        0   74.5    74.5
                 Expectations met         44       -        -      -    86.3
                 Challenges addressed     42      51        0   82.4    82.4
                 Plans to use strategies   -      51        0      -       -
                 Answered: pre 56, post 51.
                 % is of valid answers. --denominator respondents|cohort changes it.
                 Counts below 5 are hidden (-), and those that would tell them.
                 2 answers of codes that have withdrawn are left out.
                """)
    }

    @Test("bars stand on both sides of the middle: a quarter of yes takes a quarter of the right side")
    func bars() {
        let item = Self.item("a", "Goals met")
        var answers = answers([])
        answers.instrument.items.append(item)
        for (index, level)
            in (["1"] + Array(repeating: "2", count: 10) + Array(repeating: "3", count: 22)
            + Array(repeating: "5", count: 11)).enumerated()
        { answers.responses[index].answers["a"] = level }
        let distributions = SurveyDistribution.all(answers, wave: "post")
        let expected = """
             █ no, ▓ rather no, ░ neither, ▓ rather yes, █ yes; left of the line less,
             right of it more
             Goals met                          ▓▓▓▓▓░░░░░░│░░░░░░█████            n 44

            """
        #expect(SurveyBars.text(distributions, isASCII: false) == expected)
        let ascii = SurveyBars.text(distributions, isASCII: true)
        #expect(ascii.contains(" Goals met                          =====......|......#####            n 44\n"))
        #expect(ascii.allSatisfy { $0.isASCII })
    }

    @Test("a shared picture draws no bar of few answers")
    func fewAnswers() {
        let answers = answers([(Self.item("a", "Goals met"), 3, 1)])
        let text = SurveyBars.text(SurveyDistribution.all(answers, wave: "post", leastCell: 5), isASCII: false)
        #expect(text.contains("hidden: too few to be told apart"))
    }

    @Test("no line is wider than a terminal, and nothing from outside steers it")
    func width() {
        let long = Self.item("a", "A question that goes on and on \u{1B}[31m until nobody reads it any more, ever")
        let answers = answers([(long, 30, 21)])
        var options = SurveyTable.Options()
        options.cohort = 1000
        let table = SurveyTableScreen.draw(SurveyTable(answers, wave: "post", options: options), showsInterval: true)
        let bars = SurveyBars.text(SurveyDistribution.all(answers, wave: "post"), isASCII: false)
        let survey = SurveyText.text(of: answers.instrument)
        for line in (table.text + "\n" + bars + survey).split(separator: "\n") {
            #expect(DisplayWidth.of(line) <= 80, "\(line)")
            #expect(!line.contains("\u{1B}"))
        }
    }

    @Test("two waves without codes are told side by side, with codes by pairs")
    func comparison() throws {
        let items = [Self.item("a", "Calm", wave: "pre"), Self.item("a", "Calm")]
        func answers(codes: Bool) throws -> SurveyAnswers {
            let waves = [("pre", ["2", "3", "3", "4", "1", "2"]), ("post", ["4", "4", "3", "5", "3", "4"])]
            let responses = try waves.flatMap { wave, values in
                try values.enumerated().map { index, value in
                    SurveyResponse(
                        id: "\(wave)-\(index)", wave: wave, code: codes ? try Code("G1-0\(index + 1)") : nil,
                        answers: ["a": value])
                }
            }
            return SurveyAnswers(
                instrument: Instrument(name: "own", title: "", items: items, text: ""), responses: responses)
        }
        let alone = SurveyText.text(
            of: SurveyComparison(try answers(codes: false), from: "pre", to: "post", zeros: .wilcox))
        #expect(alone.contains("not linked by code: nothing is paired and nothing\n tested."))
        #expect(alone.contains(" Calm\n   pre n = 6: 2.5 (2 to 3); post n = 6: 4 (3.25 to 4).\n"))
        #expect(!alone.contains("p ="))
        let paired = SurveyText.text(
            of: SurveyComparison(try answers(codes: true), from: "pre", to: "post", zeros: .wilcox))
        #expect(paired.contains("6 pairs: median (quartiles) pre 2.5 (2 to 3), post 4 (3.25 to 4)."))
        // Five differ, all upwards: 2 of 32 choices of signs are as far out.
        #expect(paired.contains("typical change +1.5 (95 % CI 0 to 2), p = 0.063, exact;\n"))
        #expect(paired.contains("   rank-biserial 1.00 (all that differ went one way); 5 differ.\n"))
        #expect(
            paired.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
                "yes pre 1, post 4 of 6; 3 to yes, 0 to no, p = 0.250, exact; odds ratio without limit "
                    + "(95 % CI from 0.4 up)."))
        let hidden = SurveyText.text(
            of: SurveyComparison(try answers(codes: true), from: "pre", to: "post", zeros: .wilcox, leastCell: 5))
        #expect(hidden.contains("Wilcoxon") && !hidden.contains("McNemar") && hidden.contains("Counts below 5"))
        let all = SurveyText.text(
            of: SurveyComparison(try answers(codes: true), from: "pre", to: "post", zeros: .wilcox, leastCell: 10))
        #expect(all.contains("hidden: too few") && !all.contains("p ="))
    }
}
