import Practice
import Screens
import Terminal
import Testing

/// What the coach's keys do.
struct LiveControlsTests {
    private typealias Act = LiveControls.Act

    private func acts(_ keys: String, in view: LiveView) -> [Act] {
        var controls = LiveControls()
        return keys.compactMap { controls.press(Self.key($0), in: view) }
    }

    private static func key(_ character: Character) -> Key {
        switch character {
        case "\r": .enter
        case "\u{1B}": .escape
        case "\u{7F}": .backspace
        default: .character(character)
        }
    }

    private func absent(_ code: String, _ consent: Consent) throws -> Member {
        Member(code: try Code(code), consent: consent)
    }

    @Test("keys that act at once")
    func atOnce() throws {
        let view = try LiveFixture.view()
        #expect(acts("npmNPM", in: view) == [.next, .pause, .mark(nil), .next, .pause, .mark(nil)])
        #expect(acts("18", in: view) == [.mark(try Code("G1-01")), .mark(try Code("G1-08"))])
        #expect(acts("90x ", in: view) == [], "nobody is there, or nothing is meant")
        let ten = try LiveFixture.view(readouts: LiveFixture.crowd(10))
        #expect(acts("90", in: ten) == [.mark(try Code("G1-09")), .mark(try Code("G1-10"))])
    }

    @Test("the end and a withdrawal are asked for once; every key but y says no")
    func asked() throws {
        let view = try LiveFixture.view()
        #expect(acts("qy", in: view) == [.end])
        #expect(acts("qny", in: view) == [] && acts("qqy", in: view) == [])
        #expect(acts("w5y", in: view) == [.withdraw(try Code("G1-05"))])
        #expect(acts("w5n", in: view) == [] && acts("wy", in: view) == [] && acts("w9y", in: view) == [])
    }

    @Test("another strap for one student")
    func swapped() throws {
        let view = try LiveFixture.view()
        let seven = try Code("G1-07")
        #expect(acts("s7\r", in: view) == [.swap(seven, strap: nil)])
        #expect(acts("s7C3D5\u{7F}4\r", in: view) == [.swap(seven, strap: "C3D4")])
        #expect(acts("s7 Polar  H10 C3D4 \r", in: view) == [.swap(seven, strap: "Polar H10 C3D4")])
        #expect(acts("s7nq1\u{1B}n", in: view) == [.next], "what is typed is no command, and Escape forgets it")
        #expect(acts("s9n", in: view) == [.next], "nobody is there: the keys mean what they meant")
    }

    @Test("a late joiner whose consent is on record joins at once; others are asked for it")
    func late() throws {
        var view = try LiveFixture.view()
        #expect(acts("l9", in: view) == [])
        view.absent = [try absent("G1-09", .study), try absent("G1-10", .none)]
        let (nine, ten) = (try Code("G1-09"), try Code("G1-10"))
        #expect(acts("l9\r", in: view) == [.join(nine, nil, strap: nil)])
        #expect(acts("l9c3d4\r", in: view) == [.join(nine, nil, strap: "c3d4")])
        #expect(acts("l0y\r", in: view) == [.join(ten, .study, strap: nil)])
        #expect(acts("l0sA1B2\r", in: view) == [.join(ten, .session, strap: "A1B2")])
        #expect(acts("l0n\r", in: view) == [] && acts("l1\r", in: view) == [])
        view.absent = [try absent("G1-14", .study)]
        #expect(acts("l4\r", in: view) == [.join(try Code("G1-14"), nil, strap: nil)], "the only four there is")
    }

    @Test("one more than the group has places gets a new one, with consent and not without")
    func newPlace() throws {
        let view = try LiveFixture.view()
        #expect(acts("lny\r", in: view) == [.joinNew(.study, strap: nil)])
        #expect(acts("lnsC3D4\r", in: view) == [.joinNew(.session, strap: "C3D4")])
        #expect(acts("lnx\r", in: view) == [] && acts("lny\u{1B}\r", in: view) == [])
    }

    @Test("why something cannot be done stands there until the next key, and never in the place of a question")
    func told() throws {
        let view = try LiveFixture.view()
        let size = ScreenSize(columns: 80, rows: 24)
        var controls = LiveControls()
        controls.tell("G1-05 wears that.")
        #expect(LiveScreen.draw(view, controls: controls, size: size).text.contains("\n G1-05 wears that.\n"))
        #expect(controls.press(.character("m"), in: view) == .mark(nil), "keys work on")
        #expect(!LiveScreen.draw(view, controls: controls, size: size).text.contains("wears that"))
        _ = controls.press(.character("q"), in: view)
        controls.tell("G1-05 wears that.")
        #expect(LiveScreen.draw(view, controls: controls, size: size).text.contains("End the session now?"))
    }

    @Test("groups of more than ten scroll, and the digits go with them")
    func scrolled() throws {
        let view = try LiveFixture.view(readouts: LiveFixture.crowd(14))
        var controls = LiveControls()
        #expect(controls.press(.pageDown, in: view) == nil && controls.scrolledCodes == 10)
        #expect(controls.press(.character("1"), in: view) == .mark(try Code("G1-11")))
        let text = LiveScreen.draw(view, controls: controls, size: LiveScreen.smallest).text
        let lines = text.split(separator: "\n")
        #expect(lines[4].hasPrefix(" G1-11") && lines[7].hasPrefix(" G1-14"))
        #expect(text.contains(" 10 more codes, G1-01 to G1-10: ↑ ↓ scroll"))
        #expect(text.contains("1-9,0 mark 11-20"))
        for _ in 0..<20 { _ = controls.press(.down, in: view) }
        #expect(controls.scrolledCodes == 13)
        for _ in 0..<20 { _ = controls.press(.up, in: view) }
        #expect(controls.scrolledCodes == 0)
    }

    @Test(
        "questions stand above the keys that answer, in a small window in the place of whom to help",
        arguments: [60, 80, 132])
    func questions(columns: Int) throws {
        var view = try LiveFixture.view()
        view.absent = [try absent("G1-09", .none)]
        let size = ScreenSize(columns: columns, rows: columns == 60 ? 16 : columns == 80 ? 24 : 40)
        let cases: [(keys: String, question: String, answers: String)] = [
            ("q", "End the session now? Everything until now is kept.", "y end it  any other key go on"),
            ("w", "Who withdraws?", "1-9,0 the student  any other key nobody"),
            ("w5", "G1-05 withdraws? All of it is deleted at the end.", "y yes  any other key no"),
            (
                "l", "Who comes late? G1-09 (not asked yet)",
                "1-9,0 the student  n a new place  any other key nobody"
            ),
            ("s", "Who gets another strap?", "1-9,0 the student  any other key nobody"),
            ("s5", "G1-05 gets: Enter = nearest, or ID: _", "Enter take it  Escape back"),
            (
                "s5Polar H10 A1B2C3D4E", "G1-05 gets: Enter = nearest, or ID: Polar H10 A1B2C3D4_",
                "Enter take it  Escape back"
            ),
            (
                "ln", "A new place: what has the student agreed to?",
                "y agreed on paper  s this session only  any other key no"
            ),
            ("lny", "New place: Enter = nearest, or ID: _", "Enter take it  Escape back"),
            ("lnn", "No consent, no recording. Once they have signed, press l.", "Enter go on"),
            ("l9n", "No consent, no recording. Once G1-09 has signed, press l.", "Enter go on"),
            (
                "l9", "What has G1-09 agreed to, to be recorded?",
                "y agreed on paper  s this session only  any other key no"
            ),
        ]
        for (keys, question, answers) in cases {
            var controls = LiveControls()
            for key in keys { #expect(controls.press(.character(key), in: view) == nil) }
            let screen = LiveScreen.draw(view, controls: controls, size: size)
            #expect(screen.text(row: size.rows - 2) == " " + question, "\(keys)")
            #expect(screen.text(row: size.rows - 1) == " " + answers, "\(keys)")
            #expect(screen.text.contains("Look at G1-06") == (columns > 60))
        }
    }

    @Test("the help has room on every screen", arguments: [60, 80, 132])
    func help(columns: Int) throws {
        let view = try LiveFixture.view()
        var controls = LiveControls()
        _ = controls.press(.character("?"), in: view)
        let size = ScreenSize(columns: columns, rows: columns == 60 ? 16 : columns == 80 ? 24 : 40)
        let lines = LiveScreen.draw(view, controls: controls, size: size).text.split(
            separator: "\n", omittingEmptySubsequences: false)
        let expected = """
             n       next phase
             p       pause the phase, and go on with it
             m       mark the group
             1-9, 0  mark one student, 0 is the tenth
             b       blank the numbers, and show them again
             s       another strap for a student: the nearest, or by ID
             l       take in a student who comes late, or one more
             w       a student withdraws (asks once)
             ↑ ↓     scroll, in groups of more than ten
             Ctrl-Z  put the screen away; recording goes on
             q       end the session (asks once); Ctrl-C ends at once
            """
        #expect(lines[3..<14].joined(separator: "\n") == expected)
        #expect(lines[0].contains("REC") && lines[size.rows - 1] == " ? back to the table")
        #expect(controls.press(.character("n"), in: view) == .next, "keys work on while it stands there")
    }

    @Test(
        "blank numbers leave codes, straps and whom to help, and nothing that tells of a heart",
        arguments: [60, 80, 132])
    func blank(columns: Int) throws {
        var view = try LiveFixture.view()
        view.rhythm = GroupRhythm(
            phase: "p", title: "P", pacerRate: 6, locking: 0.6, resultant: 0.4, codes: 7, updates: 12, reason: nil)
        var controls = LiveControls()
        _ = controls.press(.character("b"), in: view)
        let size = ScreenSize(columns: columns, rows: columns == 60 ? 16 : columns == 80 ? 24 : 40)
        let screen = LiveScreen.draw(view, controls: controls, size: size)
        for row in 4..<12 {
            let text = screen.text(row: row)
            #expect(text.contains(" G1-0\(row - 3)   ––  ") && text.contains("numbers are hidden (b)"), "\(text)")
        }
        let table = (4..<12).map { screen.text(row: $0) }.joined()
        for word in ["high", "medium", "99 %", "█", "▂"] { #expect(!table.contains(word), "\(word)") }
        #expect(!screen.text.contains("Group"))
        #expect(screen.text.contains("loose?") && screen.text.contains("Look at G1-06"))
        _ = controls.press(.character("b"), in: view)
        #expect(LiveScreen.draw(view, controls: controls, size: size) == LiveScreen.draw(view, size: size))
    }

    @Test("a pause is said in words, and the key says how to go on")
    func paused() throws {
        var view = try LiveFixture.view()
        view.isPaused = true
        view.pacer = nil
        let screen = LiveScreen.draw(view, size: ScreenSize(columns: 80, rows: 24))
        #expect(screen.text(row: 0) == " G1 · PAUSED · Practice 1 · breathe with attention on c…  04:12 of 05:00  REC")
        #expect(screen.text(row: 1).hasPrefix(" paused, p goes on"))
        #expect(screen.text(row: 23).contains("p go on"))
    }

    @Test("a key between two seconds brings its answer at once, and numbers only with the second")
    func heldNumbers() throws {
        let earlier = try LiveFixture.view()
        var newest = earlier
        newest.elapsed = 253.4
        newest.pacer?.position.fill = 0.7
        newest.log.append(.init(time: "16:06:40", scope: "group", text: "coach: \"mark\""))
        newest.readouts = try LiveFixture.crowd(9)
        newest.rhythm = GroupRhythm(
            phase: "p", title: "P", pacerRate: 6, locking: 0.6, resultant: 0.4, codes: 7, updates: 12, reason: nil)
        let held = newest.holdingNumbers(of: earlier)
        #expect(held.log == newest.log && held.elapsed == earlier.elapsed && held.rhythm == earlier.rhythm)
        #expect(held.pacer == earlier.pacer, "the breath has its own pace")
        #expect(held.readouts.dropLast() == earlier.readouts[...], "numbers of a second ago")
        #expect(held.readouts.last == newest.readouts.last, "who has just come is there")
        newest.isPaused = true
        #expect(newest.holdingNumbers(of: earlier).elapsed == newest.elapsed, "another phase has its own time")
    }
}
