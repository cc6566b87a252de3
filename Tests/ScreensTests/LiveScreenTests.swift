import Practice
import Screens
import Terminal
import Testing

/// Whole screens as they stand, at the sizes people use.
struct LiveScreenTests {
    @Test("80 by 24 shows the full table, the next phase, the newest events and whom to help")
    func standard() throws {
        let expected =
            """
             G1 · Practice 1 · breathe with attention on chest        04:12 of 05:00  REC
             in ▕████████████▏      out         6.0 a minute · in 5 s · out 5 s  7 on 1 lost
            ────────────────────────────────────────────────────────────────────────────────
             Code    HR  Beats, last 30 s      Coherence              Clean  Batt  Strap
             G1-01   68  █▇▄▁▁▄██▆▃▁▂▅██▅▂▁▃▆  ████████··  high        99 %  82 %  on
             G1-02   74  █▇▄▁▁▄██▆▂▁▂▅██▅▁▁▃▆  ███·······  medium      97 %  90 %  on
             G1-03   81  ▆▅▄▃▃▄▅▆▅▄▃▄▅▆▆▅▄▃▄▅  █·········  low odd     93 %  75 %  on
             G1-04  104  █▇▃▁▁▄██▆▂▁▂▆██▅▁▁▃▆  ██████████  high       100 % 100 %  on
             G1-05   70  █▇▄▁▁▄██▆▂▁▂▅██▅▂▁▃▆  █·········  medium odd  94 %  61 %  on
             G1-06   77  ▇▆▄▂▂▄▇▇    ▅▇▇▅▂▁▃▆  –  too many odd beats   71 %  88 %  loose?
             G1-07   ––  ··········            –  lost 12 s, trying again    40 %  lost
             G1-08   88  ▇▆▄▂▃▄▆▇▅▃▂▃▅▇▆▅▃▂▄▅  –  needs 23 s more      96 %        on
            ────────────────────────────────────────────────────────────────────────────────
             Next: Practice 2 · recall a good feeling   05:00
             16:02:41  group   started Practice 1
             16:05:10  G1-06   coach: "adjusted strap"
             16:06:29  G1-07   strap D4019F77 lost, trying again

             Look at G1-06: ask them to re-wet the pads.  G1-07 is being reconnected.




             n next  p pause  m mark group  1-9,0 mark one  s swap  l late  w withdraw  ? q
            """
        #expect(try LiveFixture.text(80, 24) == expected)
    }

    @Test("60 by 16, the smallest window, keeps code, heart rate, bar and word")
    func smallest() throws {
        let expected =
            """
             G1 · Practice 1 · breathe with att…  04:12 of 05:00  REC
             in ▕████████████▏      out        6.0 a minute  7 on 1 lost
            ────────────────────────────────────────────────────────────
             Code    HR  Coherence              Clean  Strap
             G1-01   68  ████████··  high        99 %  on
             G1-02   74  ███·······  medium      97 %  on
             G1-03   81  █·········  low odd     93 %  on
             G1-04  104  ██████████  high       100 %  on
             G1-05   70  █·········  medium odd  94 %  on
             G1-06   77  –  too many odd beats   71 %  loose?
             G1-07   ––  –  lost 12 s, trying again    lost
             G1-08   88  –  needs 23 s more      96 %  on
            ────────────────────────────────────────────────────────────
             Next: Practice 2 · recall a good feeling   05:00
             Look at G1-06: ask them to re-wet the pads. G1-07 is bein…
             n next  p pause  m mark group  1-9,0 mark one  s swap  ? q
            """
        #expect(try LiveFixture.text(60, 16) == expected)
    }

    @Test("60 by 16 has room for ten students")
    func smallestWithTen() throws {
        let expected =
            """
             G1 · Practice 1 · breathe with att…  04:12 of 05:00  REC
             in ▕████████████▏      out         6.0 a minute       10 on
            ────────────────────────────────────────────────────────────
             Code    HR  Coherence              Clean  Strap
             G1-01   61  █·········  low         99 %  on
             G1-02   62  █·········  medium      99 %  on
             G1-03   63  ██········  medium      99 %  on
             G1-04   64  ███·······  medium      99 %  on
             G1-05   65  ███·······  medium      99 %  on
             G1-06   66  ████······  medium      99 %  on
             G1-07   67  █████·····  high        99 %  on
             G1-08   68  █████·····  high        99 %  on
             G1-09   69  ██████····  high        99 %  on
             G1-10   70  ███████···  high        99 %  on
             Look at G1-06: ask them to re-wet the pads. G1-07 is bein…
             n next  p pause  m mark group  1-9,0 mark one  s swap  ? q
            """
        #expect(try LiveFixture.text(60, 16, readouts: LiveFixture.crowd(10)) == expected)
    }

    @Test("132 by 40 adds the session's coherence, its bands, the peak and the signal")
    func wide() throws {
        let expected =
            """
             G1 · Practice 1 · breathe with attention on chest                        04:12 of 05:00  REC      7 on 1 lost    hci0 5 · hci1 3
             in ▕████████████▏      out         6.0 a minute · in 5 s · out 5 s               next  Practice 2 · recall a good feeling  05:00
            ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
             Code    HR  Beats, last 60 s                  Coherence, session now              low/med/high %    Peak  Clean  Batt  Strap   dBm
             G1-01   68  █▇▃▁▃▇█▅▁▁▆█▆▂▁▄█▇▃▁▃▇█▅▁▁▆█▆▂▁▄   ▁▂▂▃▃▄▄▅▅▆▆▆▇    3.92  high         11   31   58    6.0/m   99 %  82 %  on      -51
             G1-02   74  ▇▃▁▃▇█▅▁▁▆█▆▂▁▄█▇▃▁▃▇█▅▁▁▆█▆▂▁▄    ▁▁▁▁▁▂▂▂▂▂▂▂▃    1.31  medium       11   31   58    6.0/m   97 %  90 %  on      -51
             G1-03   81  ▅▄▃▄▅▆▅▃▄▅▆▅▄▃▄▆▅▄▃▄▅▆▅▃▄▅▆▅▄▃▄    ▁▁▁▁▁▁▁▁▁▁▁▁▁    0.44  low odd      11   31   58    6.0/m   93 %  75 %  on      -51
             G1-04  104  ▇▃▁▃▇█▄▁▂▆█▆▂▁▅█▇▃▁▃▇█▄▁▂▆█▆▂▁▅▇   ▂▂▃▄▄▅▆▆▇████    5.60  high         11   31   58    6.0/m  100 % 100 %  on      -51
             G1-05   70  █▇▃▁▃▇█▅▁▁▆█▆▂▁▄█▇▃▁▃▇█▅▁▁▆█▆▂▁▄   ▁▁▁▁▁▁▁▁▁▁▂▂▂    0.74  medium odd   11   31   58    6.0/m   94 %  61 %  on      -51
             G1-06   77  ▇▃▂▃▇▇▅▂▂▆▇▆▃▂▄▇▇▄▁▃▆█   ▆▇▆▃▂▄▆  –  too many odd beats                                6.0/m   71 %  88 %  loose?  -51
             G1-07   ––  ··········                        –  lost 12 s, trying again                                         40 %  lost    -51
             G1-08   88  ▆▄▂▄▆▇▅▂▃▅▇▅▃▂▄▇▆▄▂▄▆▇▅▂▃▅▇▅▃▂▄   –  needs 23 s more                                           96 %        on      -51
            ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
             15:58:02  group   session started
             16:02:41  group   started Practice 1
             16:05:10  G1-06   coach: "adjusted strap"
             16:06:29  G1-07   strap D4019F77 lost, trying again









             Look at G1-06: ask them to re-wet the pads.  G1-07 is being reconnected.












             n next  p pause  m mark group  1-9,0 mark one  s swap  l late  w withdraw  b blank  ? q
            """
        #expect(try LiveFixture.text(132, 40) == expected)
    }

    @Test("in ASCII the same screen has a stand-in for every glyph")
    func ascii() throws {
        let expected =
            """
             G1 . Practice 1 . breathe with attention on chest        04:12 of 05:00  REC
             in |############|      out         6.0 a minute . in 5 s . out 5 s  7 on 1 lost
            --------------------------------------------------------------------------------
             Code    HR  Beats, last 30 s      Coherence              Clean  Batt  Strap
             G1-01   68  #*-__-##+._,=##=,_.+  ########..  high        99 %  82 %  on
             G1-02   74  #*-__-##+,_,=##=__.+  ###.......  medium      97 %  90 %  on
             G1-03   81  +=-..-=+=-.-=++=-.-=  #.........  low odd     93 %  75 %  on
             G1-04  104  #*.__-##+,_,+##=__.+  ##########  high       100 % 100 %  on
             G1-05   70  #*-__-##+,_,=##=,_.+  #.........  medium odd  94 %  61 %  on
             G1-06   77  *+-,,-**    =**=,_.+  -  too many odd beats   71 %  88 %  loose?
             G1-07   --  ..........            -  lost 12 s, trying again    40 %  lost
             G1-08   88  *+-,.-+*=.,.=*+=.,-=  -  needs 23 s more      96 %        on
            --------------------------------------------------------------------------------
             Next: Practice 2 . recall a good feeling   05:00
             16:02:41  group   started Practice 1
             16:05:10  G1-06   coach: "adjusted strap"
             16:06:29  G1-07   strap D4019F77 lost, trying again

             Look at G1-06: ask them to re-wet the pads.  G1-07 is being reconnected.




             n next  p pause  m mark group  1-9,0 mark one  s swap  l late  w withdraw  ? q
            """
        #expect(try LiveFixture.text(80, 24, isASCII: true) == expected)
    }

    @Test("codes without a row are counted, never left out in silence")
    func overflow() throws {
        let lines = try LiveFixture.text(60, 16, readouts: LiveFixture.crowd(14)).split(separator: "\n")
        #expect(lines[12].hasPrefix(" G1-09"))
        #expect(lines[13] == " 5 more codes, G1-10 to G1-14: ↑ ↓ scroll")
        let one = try LiveFixture.text(60, 16, readouts: LiveFixture.crowd(11)).split(separator: "\n")
        #expect(one[13] == " 2 more codes, G1-10 to G1-11: ↑ ↓ scroll")
    }

    @Test(
        "below 60 by 16 there is one line that says what is needed",
        arguments: [
            (52, 20, "make the window larger (now 52×20, need 60×16)"),
            (80, 15, "make the window larger (now 80×15, need 60×16)"),
            (20, 3, "make the window\nlarger (now 20×3,\nneed 60×16)"), (0, 0, ""),
        ])
    func tooSmall(columns: Int, rows: Int, expected: String) throws {
        let text = try LiveFixture.text(columns, rows)
        #expect(String(text.reversed().drop { $0 == "\n" }.reversed()) == expected)
    }

    @Test("without colour the words are the same and no colour is sent", arguments: [Colouring.monochrome, .palette])
    func colours(colouring: Colouring) throws {
        let screen = LiveScreen.draw(try LiveFixture.view(), size: ScreenSize(columns: 80, rows: 24))
        let lines = ANSIRenderer(colouring: colouring).lines(screen)
        #expect(lines.contains("38;5;") == (colouring == .palette))
        #expect(lines.contains("\u{1B}[1m"))
        let plain = ANSIRenderer(colouring: .plain).lines(screen)
        #expect(plain == screen.text + "\n")
    }

    @Test("no colour stands without a word: high, medium and low differ in text too")
    func words() throws {
        let screen = LiveScreen.draw(try LiveFixture.view(), size: ScreenSize(columns: 80, rows: 24))
        let words = (4..<9).map { row in screen.text(row: row).dropFirst(47).prefix { $0 != " " } }
        #expect(words == ["high", "medium", "low", "high", "medium"])
        #expect(screen[47, 4].style.ink == .blue)
        #expect(screen[47, 6].style.ink == .grey)
        #expect(screen[71, 9].style.ink == .orange)
    }

    @Test("what a phase leaves open is left open")
    func openPhase() throws {
        var view = try LiveFixture.view()
        view.length = nil
        view.elapsed = 3725
        view.pacer = nil
        view.next = nil
        view.isRecording = false
        view.attention = ""
        view.prompt = ""
        let lines = LiveScreen.draw(view, size: ScreenSize(columns: 80, rows: 24)).text.split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == " G1 · Practice 1" + String(repeating: " ", count: 49) + "1:02:05")
        #expect(lines[1] == " no pacer in this phase" + String(repeating: " ", count: 46) + "7 on 1 lost")
        #expect(lines[13] == " Next: end of the session")
        #expect(lines[18].isEmpty)
    }

    @Test(
        "the pacer's bar shows how full the breath is and what to do",
        arguments: [
            (Pacer.Motion.inhale, 0, " in ▕▏                  out "),
            (.inhale, 0.5, " in ▕█████████▏         out "), (.hold, 1, " in ▕██████████████████▏hold"),
            (.exhale, 0.25, " in ▕████▌              out "),
        ])
    func pacer(motion: Pacer.Motion, fill: Double, expected: String) throws {
        var view = try LiveFixture.view()
        let pacer = Pacer(rate: 5.5, inSeconds: 4.5, holdSeconds: 1, outSeconds: 5.4)
        view.pacer = .init(pacer: pacer, position: .init(motion: motion, fill: fill))
        let screen = LiveScreen.draw(view, size: ScreenSize(columns: 100, rows: 24))
        #expect(screen.text(row: 1).prefix(28) == expected)
        #expect(screen.text(row: 1).contains("5.5 a minute · in 4.5 s · hold 1 s · out 5.4 s"))
        #expect((screen[1, 1].style == .bold) == (motion == .inhale))
        #expect((screen[24, 1].style == .bold) == (motion != .inhale))
    }

    @Test("a long attention line goes on in the next row where there is one")
    func longAttention() throws {
        var view = try LiveFixture.view()
        view.attention =
            "Look at G1-06: ask them to re-wet the pads, to tighten the strap, "
            + "and to sit back with both feet down."
        let lines = LiveScreen.draw(view, size: ScreenSize(columns: 80, rows: 24)).text.split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[18] == " Look at G1-06: ask them to re-wet the pads, to tighten the strap, and to sit")
        #expect(lines[19] == " back with both feet down.")
    }

    @Test("text from outside cannot steer the terminal")
    func hostile() throws {
        var view = try LiveFixture.view()
        view.log = [.init(time: "16:00:00", scope: "G1-01", text: "strap \u{1B}[2J\u{202E}evil\u{7}")]
        let screen = LiveScreen.draw(view, size: ScreenSize(columns: 80, rows: 24))
        #expect(screen.text(row: 14) == " 16:00:00  G1-01   strap ?[2Jevil?")
    }

    @Test(
        "the group as a whole has a line below the table, or the reason why there is no figure", arguments: [80, 132])
    func group(columns: Int) throws {
        var view = try LiveFixture.view()
        view.rhythm = GroupRhythm(
            phase: "practice-1", title: "Practice 1", pacerRate: 6, locking: 0.617, resultant: 0.42, codes: 7,
            updates: 12, reason: nil)
        let size = ScreenSize(columns: columns, rows: 24)
        let lines = LiveScreen.draw(view, size: size).text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[13] == " Group moves together 0.62 of 1, in step 0.42, 7 straps")
        view.rhythm?.locking = nil
        view.rhythm?.reason = "needs 3 straps with clean beats, 2 now"
        let without = LiveScreen.draw(view, size: size).text
        #expect(without.contains("\n Group –  needs 3 straps with clean beats, 2 now\n"))
    }

    @Test("in the smallest window the group's line gives way to the codes and whom to help")
    func groupGivesWay() throws {
        var view = try LiveFixture.view()
        view.rhythm = GroupRhythm(
            phase: "p", title: "P", pacerRate: 6, locking: 0.6, resultant: 0.4, codes: 7, updates: 12, reason: nil)
        let text = LiveScreen.draw(view, size: LiveScreen.smallest).text
        #expect(text.contains("G1-08") && text.contains("Look at G1-06"))
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).allSatisfy { $0.count <= 60 })
    }
}
