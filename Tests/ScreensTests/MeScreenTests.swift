import Practice
import Screens
import Terminal
import Testing

/// A person's own screen, at the sizes people use.
struct MeScreenTests {
    /// A slow wave of eleven beats a breath around 67 beats a minute, 100 s into a reading.
    static func view() -> PersonalView {
        var view = PersonalView(source: .strap("Polar H10 A1B2C3D4"))
        view.elapsed = 100
        view.left = 80
        view.pacer = Pacer(rate: 6)
        view.breath = Pacer.Position(motion: .inhale, fill: 0.5625)
        view.heartRate = 67
        var t = 40.0
        for number in 0..<67 {
            let place = Double(number % 11) / 11
            let wave = 16 * (place < 0.5 ? place * (0.5 - place) : -(place - 0.5) * (1 - place))
            let milliseconds = 60_000 / (67 + 8 * wave)
            t += milliseconds / 1000
            view.beats.append(Readout.BeatPoint(t: t, rrMilliseconds: milliseconds, followsGap: false))
        }
        view.swing = 15.6
        view.smoothness = .score(3.4, .smoother, note: nil)
        view.clean = 0.987
        view.strap = .on
        return view
    }

    private func text(_ view: PersonalView, _ columns: Int, _ rows: Int) -> String {
        MeScreen.draw(view, size: ScreenSize(columns: columns, rows: rows)).text
    }

    private func text(_ columns: Int, _ rows: Int, _ controls: MeControls = MeControls()) -> String {
        MeScreen.draw(Self.view(), controls: controls, size: ScreenSize(columns: columns, rows: rows)).text
    }

    @Test("80 by 24, breathing in")
    func standard() {
        let expected = """
             Your reading                                     only you see this · not saved
            ────────────────────────────────────────────────────────────────────────────────

                    Breathe in                      ▕██████████████████              ▏

                    1 min 20 s left                 6.0 a minute (change with - and +)

             Heart rate now       67 a minute
             Your rhythm          ▇██▅▃▁▁▁▃▆██▇▄▁▁▁▂▅██▇▅▂▁▁▂▄▇██▆▃▁▁▁▃▆██▇▅▂▁▁▂▄▇██▆▃▁▁▁▃▅
             Swing per breath     16 a minute up and down
             How smooth           ███████···   smoother than your first minute
             Clean beats          98 %



             Smooth means: your heart rate goes up and down like one slow wave. It says
             nothing about how fit or healthy you are, and it is fine if it stays jagged.
             Dizzy or uneasy? Breathe as you like, or press q. Nothing is lost.





             h hide numbers   a sound on   space pause   q stop
            """
        #expect(text(80, 24) == expected)
    }

    @Test("60 by 16 keeps every value and who sees it")
    func small() {
        let expected = """
             Your reading                 only you see this · not saved
            ────────────────────────────────────────────────────────────
             Breathe in       ▕█████████████████████▍                ▏
             1 min 20 s left  6.0 a minute (change with - and +)

             Heart rate now   67 a minute
             Your rhythm      ██▆▂▁▁▅██▅▁▁▂▆██▄▁▁▃▇█▇▃▁▁▃▇█▆▂▁▁▄██▅▂▁▂▄
             Swing per breath 16 a minute up and down
             How smooth       ███████···
                              smoother than your first minute
             Clean beats      98 %

             Smooth says nothing about how fit or healthy you are.
             Dizzy or uneasy? Breathe as you like, or press q. Nothing
             is lost.
             h hide numbers   a sound on   space pause   q stop
            """
        #expect(text(60, 16) == expected)
    }

    @Test("132 by 40 has a larger pacer and a curve of many rows")
    func wide() {
        let expected = """
             Your reading                                                                                         only you see this · not saved
            ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

                                                                              ▕████████████████████████████████▋                         ▏
                    Breathe in                                                ▕████████████████████████████████▋                         ▏
                                                                              ▕████████████████████████████████▋                         ▏

                    1 min 20 s left                                           6.0 a minute (change with - and +)

             Heart rate now       67 a minute
             Your rhythm       75   ⢰⠒⠙⡄              ⢰⠒⠙⡄              ⢰⠒⠙⡄              ⢰⠒⠉⢆              ⢰⠒⠉⢆              ⢰⠒⠉⢆
                                    ⡇  ⠈⡇             ⡇  ⠈⢇             ⡇  ⠈⢇             ⡇  ⠈⢇             ⡎  ⠈⢣             ⡎  ⠈⢣
                                   ⡞    ⢸            ⡞    ⢸            ⡞    ⢸            ⡞    ⢸            ⡖⠁   ⠸⡀           ⡖⠁   ⠸⡀
                                  ⢰⠁    ⠈⢦          ⢰⠁     ⢧          ⢠⠃     ⢧          ⢠⠃     ⢧          ⢀⠇     ⢧          ⢀⠇     ⢧
                                  ⡸      ⠘⡄         ⢸      ⠘⡄         ⢸      ⠈⡆         ⢸      ⠈⡆         ⢸       ⡇         ⢸       ⡇
                                  ⠇       ⡇        ⢠⠇       ⡇        ⢠⠇       ⡇        ⢠⠎       ⡇        ⢠⠎       ⡇        ⢠⠎       ⢇        ⢠⠤
                                          ⢣        ⡎        ⢱        ⡎        ⢱        ⡎        ⢸        ⡜        ⢸        ⡜        ⢸        ⡸
                                          ⠘⢲      ⢀⠇        ⠘⢲      ⢀⠇        ⠘⢲      ⢀⠇        ⠘⢲       ⡇        ⠘⢲       ⡇        ⠘⢲       ⡇
                                           ⠸⡀    ⢠⠼          ⠘⡄    ⢠⠼          ⠘⡄    ⢀⠼          ⠘⡄    ⢀⠼          ⠘⡄    ⢀⠼          ⠈⡆    ⢀⠴⠁
                                            ⣇⡀   ⡜            ⢇⡀   ⡜            ⢇⡀   ⡸            ⢇⡀   ⡸            ⢇⡀   ⡸            ⢣⣀   ⡸
                               59            ⠱⣀⡠⠤⠃             ⠘⣄⡠⠤⠃             ⠘⣄⡠⠤⠇             ⠘⣄⡠⠤⠇             ⠘⣄⡠⠤⠇             ⠘⣄⡠⠤⠇
             Swing per breath     16 a minute up and down
             How smooth           ███████···   smoother than your first minute
             Clean beats          98 %



             Smooth means: your heart rate goes up and down like one slow wave. It says
             nothing about how fit or healthy you are, and it is fine if it stays jagged.
             Dizzy or uneasy? Breathe as you like, or press q. Nothing is lost.









             h hide numbers   a sound on   space pause   q stop
            """
        #expect(text(132, 40) == expected)
    }

    @Test(
        "every size from the smallest on holds every value, within its edges",
        arguments: [60, 70, 77, 78, 80, 100, 200])
    func sizes(columns: Int) {
        for rows in 16...60 {
            let text = text(columns, rows)
            for part in [
                "only you see this · not saved", "Breathe in", "1 min 20 s left", "6.0 a minute", "67 a minute",
                "16 a minute up and down", "███████···", "smoother than your first minute", "98 %", "h hide numbers",
                "q stop", "Dizzy or uneasy?",
            ] { #expect(text.contains(part), "\(part) at \(columns)×\(rows)\n\(text)") }
            #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of($0) <= columns })
        }
    }

    @Test("below 60 by 16 there is one request, while the reading goes on")
    func tooSmall() {
        #expect(text(59, 20).contains("make the window larger"))
        #expect(text(80, 15).contains("make the window larger"))
    }

    @Test("h hides every number and keeps words, rhythm and pacer", arguments: [(60, 16), (80, 24), (132, 40)])
    func hidden(columns: Int, rows: Int) {
        let text = text(columns, rows, MeControls(hidesNumbers: true))
        for number in ["67", "98", "16 a", "15", "3.4"] { #expect(!text.contains(number), "\(number)\n\(text)") }
        #expect(text.contains("hidden") && text.contains("h show numbers") && text.contains("smoother than your"))
        #expect(text.contains("6.0 a minute") && text.contains("1 min 20 s left"))
    }

    @Test("each moment has its words")
    func words() {
        var view = Self.view()
        view.breath = Pacer.Position(motion: .exhale, fill: 0.3)
        #expect(text(view, 80, 24).contains("Breathe out"))
        view.smoothness = .none("needs 23 s more")
        #expect(text(view, 80, 24).contains("–  needs 23 s more"))
        view.smoothness = .score(1, .rougher, note: "some odd beats")
        let odd = text(view, 80, 24)
        #expect(
            odd.contains("██········   more jagged than your first minute") && odd.contains("Mind: some odd beats."))
        view.smoothness = .score(1, .same, note: nil)
        #expect(text(view, 60, 16).contains("about as smooth as your first minute"))
        view.smoothness = .score(1, nil, note: nil)
        #expect(text(view, 80, 24).contains("compared after a second full minute"))
        view.isPaused = true
        let paused = text(view, 80, 24)
        #expect(paused.contains("Paused") && paused.contains("space go on") && paused.contains("paused, space goes on"))
        view = Self.view()
        (view.pacer, view.breath) = (nil, nil)
        let free = text(view, 80, 24)
        #expect(free.contains("Breathe as you like") && !free.contains("▕") && !free.contains("change with"))
        view.isKept = true
        #expect(text(view, 80, 24).contains("only you see this · kept under a receipt"))
        view.strap = .lost(seconds: 12)
        #expect(text(view, 80, 24).contains("Your strap has been silent for 12 s"))
        view = PersonalView(source: .strap("x"))
        #expect(text(view, 80, 24).contains("waiting for your heart beats"))
    }

    @Test("a place in a session says who else sees it, and that the pacer is the group's")
    func session() throws {
        var view = Self.view()
        view.source = .session(try Code("G1-03"))
        view.ownsPacer = false
        let text = text(view, 80, 24)
        #expect(text.contains("you and your coach see this · G1-03") && !text.contains("change with"))
    }

    @Test("nothing is red, nothing steers the terminal, and in ASCII everything has a stand-in")
    func looks() {
        var view = Self.view()
        view.message = "bad\u{1B}[31mthing"
        view.smoothness = .none("odd\u{1B}[2J")
        let screen = MeScreen.draw(view, size: ScreenSize(columns: 80, rows: 24))
        let inks = Set(screen.cells.compactMap(\.style.ink))
        #expect(inks.isSubset(of: [.blue, .orange, .grey]))
        #expect(!screen.text.contains("\u{1B}"))
        let ascii = MeScreen.draw(
            Self.view(), size: ScreenSize(columns: 132, rows: 40), options: ScreenOptions(isASCII: true)
        ).text
        #expect(ascii.utf8.allSatisfy { $0 < 128 } && ascii.contains("#######..."))
    }

    // MARK: - Keys and lines

    @Test("keys")
    func keys() {
        var controls = MeControls()
        #expect(controls.press(.character("h")) == nil && controls.hidesNumbers)
        #expect(controls.press(.character("H")) == nil && !controls.hidesNumbers)
        #expect(controls.press(.character("a")) == .sound(true) && controls.press(.character("A")) == .sound(false))
        #expect(controls.press(.character(" ")) == .pause)
        #expect(controls.press(.character("+")) == .pacer(1) && controls.press(.character("-")) == .pacer(-1))
        #expect(controls.press(.character("q")) == .stop && controls.press(.interrupt) == .stop)
        #expect(controls.press(.enter) == nil && controls.press(.character("x")) == nil && controls.press(.up) == nil)
    }

    @Test("lines for screen readers, with numbers and without")
    func lines() {
        let view = Self.view()
        #expect(
            MeText.line(view)
                == "smooth 7 of 10, smoother than your first minute, heart rate 67, swing per breath 16, clean 98 percent"
        )
        #expect(MeText.line(view, hidesNumbers: true) == "smoother than your first minute")
        var early = view
        early.smoothness = .none("needs 23 s more")
        #expect(MeText.line(early, hidesNumbers: true) == "no measure of smoothness yet: needs 23 s more")
    }
}
