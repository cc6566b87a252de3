import Practice
import Screens
import Terminal
import Testing

/// The pairing screen as it stands, at the sizes people use.
struct PairScreenTests {
    @Test("80 by 24 shows the question, the straps that are near, the keys, and how every place stands")
    func standard() throws {
        let expected =
            """
             entrain pair G1                                      adapter hci0 · 3 of 8 done
            ────────────────────────────────────────────────────────────────────────────────
             Now pairing   G1-04
               1 wet the two pads    2 strap on, logo upright    3 come to the laptop

               Nearest new straps             Signal            Real beats       Battery
             > Polar H10 A1B2C3D4             #####  -48 dBm    6 in a row        82 %
               Polar H10 7F21E0AA             ##...  -74 dBm    none yet             –
               TICKR 3B90                     #....  -85 dBm    is G2-03's           –



               A1B2C3D4 is 26 dB nearer and sends real beats.
               The pod should read  A1B2 C3D4 .


               Enter = give it to G1-04   i = type the ID   down = choose another
               s = skip for now   x = not taking part   u = undo   ? = help   q = stop
            ────────────────────────────────────────────────────────────────────────────────
             G1-01  ok     9C04D2B1  HR 71   99 % clean      G1-05  later
             G1-02  ok     2E88BB07                          G1-06  not taking part
             G1-03  check  55A7E310  HR 80   88 % clean      G1-07  –
             G1-04  now                                      G1-08  lost  0D4F66C2 retrying
             G1-03: re-wet the pads, tighten the strap
            """
        let screen = PairScreen.draw(try PairFixture.view(), size: ScreenSize(columns: 80, rows: 24))
        #expect(screen.text == expected)
    }

    @Test("60 by 16 keeps the question, the nearest straps and the places around the one that is asked")
    func small() throws {
        let expected =
            """
             entrain pair G1                  adapter hci0 · 3 of 8 done
            ────────────────────────────────────────────────────────────
             Now pairing   G1-04
               Nearest new straps           Signal  Real beats
             > Polar H10 A1B2C3D4           #####   6 in a row
               Polar H10 7F21E0AA           ##...   none yet
               TICKR 3B90                   #....   is G2-03's
               A1B2C3D4 is 26 dB nearer and sends real beats.
               The pod should read  A1B2 C3D4 .

               Enter = give  i = type ID  down = other  r = look again
               s = skip  x = no part  u = undo  ? = help  q = stop
            ────────────────────────────────────────────────────────────
             G1-01  ok    9C04D2B1 HR 71   G1-04  now
             G1-02  ok    2E88BB07         G1-05  later
             G1-03  check 55A7E310 HR 80   G1-06  not taking part
            """
        let screen = PairScreen.draw(try PairFixture.view(), size: ScreenSize(columns: 60, rows: 16))
        #expect(screen.text == expected)
    }

    @Test("132 by 40 shows the places beside the question")
    func wide() throws {
        let expected =
            """
             entrain pair G1                                                                                          adapter hci0 · 3 of 8 done
            ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
             Now pairing   G1-04                                                               G1-01  ok     9C04D2B1  HR 71   99 % clean
               1 wet the two pads    2 strap on, logo upright    3 come to the laptop          G1-02  ok     2E88BB07
                                                                                               G1-03  check  55A7E310  HR 80   88 % clean
               Nearest new straps             Signal            Real beats       Battery       G1-04  now
             > Polar H10 A1B2C3D4             #####  -48 dBm    6 in a row        82 %         G1-05  later
               Polar H10 7F21E0AA             ##...  -74 dBm    none yet             –         G1-06  not taking part
               TICKR 3B90                     #....  -85 dBm    is G2-03's           –         G1-07  –
                                                                                               G1-08  lost   0D4F66C2 retrying










               A1B2C3D4 is 26 dB nearer and sends real beats.
               The pod should read  A1B2 C3D4 .


               Enter = give it to G1-04   i = type the ID   down = choose another
               s = skip for now   x = not taking part   u = undo   ? = help   q = stop         G1-03: re-wet the pads, tighten the strap














            """
        let screen = PairScreen.draw(try PairFixture.view(), size: ScreenSize(columns: 132, rows: 40))
        #expect(screen.text == expected)
    }

    @Test("a smaller window asks for more room")
    func tooSmall() throws {
        let screen = PairScreen.draw(try PairFixture.view(), size: ScreenSize(columns: 52, rows: 16))
        #expect(screen.text.hasPrefix("make the window larger (now 52×16, need 60×16)"))
    }

    @Test("whatever the size, nothing but ASCII on request, and the one that is asked and the keys are there")
    func everySize() throws {
        var view = try PairFixture.view()
        view.message = "Polar H10 9C04D2B1 belongs to G2-03. Choose another, or free it first:  entrain assign G2-03 -"
        for columns in stride(from: 60, through: 140, by: 7) {
            for rows in 16...44 {
                let size = ScreenSize(columns: columns, rows: rows)
                let text = PairScreen.draw(view, size: size, options: ScreenOptions(isASCII: true)).text
                #expect((text.utf8.allSatisfy { $0 < 128 }))
                for word in ["G1-04", "A1B2 C3D4", "Enter", "q = stop", "belongs to G2-03", "in a row"] {
                    #expect(text.contains(word), "\(word) at \(size)")
                }
            }
        }
    }

    @Test("what is typed stands where the sentences stood, and help lists every key")
    func typedAndHelp() throws {
        var view = try PairFixture.view()
        view.typed = "C3D"
        #expect(PairScreen.draw(view, size: ScreenSize(columns: 80, rows: 24)).text.contains("The ID on the pod: C3D_"))
        view.typed = nil
        view.showsHelp = true
        for size in [
            ScreenSize(columns: 60, rows: 16), ScreenSize(columns: 80, rows: 24), ScreenSize(columns: 132, rows: 40),
        ] {
            let text = PairScreen.draw(view, size: size).text
            for key in ["Enter ", "i ", "down ", "s ", "x ", "u ", "q ", "r "] {
                #expect(text.contains("   \(key)"))
            }
        }
    }

    @Test("every stage is a sentence that says what to do")
    func stages() throws {
        let strap = PairFixture.strap("Polar H10 A1B2C3D4")
        let other = PairFixture.strap("TICKR 3B90")
        let stages: [(PairingView.Stage, String)] = [
            (.looking, "G1-04: No new strap is near yet. Come closer with the strap, or type its ID."),
            (.waitingForStart, "G1-04: With the strap still off, press Enter; then put it on."),
            (.waitingForID, "G1-04: Type the ID that is printed on the pod."),
            (
                .close([strap, other]),
                "G1-04: A1B2C3D4 and 3B90 are about as near as one another. "
                    + "Come closer, or type the ID."
            ),
            (
                .offered(strap, lead: nil),
                "G1-04: A1B2C3D4 sends real beats. The pod should read  A1B2 C3D4 . Enter gives it to G1-04."
            ),
        ]
        for (stage, line) in stages {
            var view = try PairFixture.view()
            view.stage = stage
            #expect(PairText.line(view) == line)
        }
    }

    @Test("afterwards a line a place stands in the terminal")
    func summary() throws {
        let lines = PairText.summary(try PairFixture.view())
        #expect(
            lines.prefix(6) == [
                "G1-01 wears Polar H10 9C04D2B1, 99 % clean", "G1-02 wears Polar H10 2E88BB07",
                "G1-03 wears Polar H10 55A7E310, 88 % clean", "G1-04 has no strap yet", "G1-05 has no strap yet",
                "G1-06 takes no part",
            ])
    }
}
