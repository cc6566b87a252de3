import Practice
import Screens
import Terminal
import Testing
import Timekeeping

/// The room's own picture at the sizes of windows and projectors.
struct WallScreenTests {
    private func view(
        at t: Double, scores: Int = 5, seconds: Double? = 300, rhythm: Double? = nil
    ) throws -> WallView {
        let phase = Phase(
            key: "practice-1", title: "Practice 1", seconds: seconds, feedback: .own, pacer: Pacer(rate: 6), prompt: "")
        var codes: [Code: Consent] = [:]
        for place in 1...8 { codes[try Code(group: GroupName("G1"), place: place)] = .study }
        let info = SessionInfo(
            name: "20260804-G1", group: try GroupName("G1"), started: UTC(nanosecondsSince1970: 0),
            zoneOffsetSeconds: 0, seconds: nil, script: Script(name: "s", purpose: "", phases: [phase]), codes: codes,
            toolVersion: "", clockRate: 1, adapters: [])
        let places = (0..<scores).map { _ in
            WallReading.Place(packet: t, beat: t, update: t, score: 1.2, clean: 1)
        }
        var reading = WallReading(info: info, state: .running, spans: [.init(phase: phase, start: 0)], places: places)
        reading.rhythm = rhythm.map { .init(t: t, phase: phase.key, locking: $0, codes: scores) }
        return WallView(reading, at: t)
    }

    private func text(_ columns: Int, _ rows: Int, at t: Double) throws -> String {
        WallScreen.draw(try view(at: t), size: ScreenSize(columns: columns, rows: rows)).text
    }

    @Test("60 by 16, breathing in")
    func smallest() throws {
        let expected = """

                                  G1 · Practice 1
                                     02:48 left

                                  ██████  ██    ██
                                    ██    ████  ██
                                    ██    ██ ██ ██
                                    ██    ██  ████
                                  ██████  ██    ██

             ▕████████████████████████████▏
             ▕████████████████████████████▏

                 The group together: medium coherence (median of 5)
                                 5 of 8 straps good

            """
        #expect(try text(60, 16, at: 132.5) == expected)
    }

    @Test("80 by 24, breathing out")
    func standard() throws {
        let expected = """

                                            G1 · Practice 1
                                               02:44 left

                                       ██████   ██    ██  ████████
                                      ██    ██  ██    ██     ██
                                      ██    ██  ██    ██     ██
                                      ██    ██  ██    ██     ██
                                       ██████    ██████      ██

             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏
             ▕█████████████████████████████████████████████████████████▏

                           The group together: medium coherence (median of 5)
                                           5 of 8 straps good

            """
        #expect(try text(80, 24, at: 136.25) == expected)
    }

    @Test("132 by 40, breathing in")
    func wide() throws {
        let expected = """

                                                                      G1 · Practice 1
                                                                         02:46 left

                                                                      ██████  ██    ██
                                                                        ██    ████  ██
                                                                        ██    ██ ██ ██
                                                                        ██    ██  ████
                                                                      ██████  ██    ██

             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍
             ▕██████████████████████████████████████████████████████████████████████████████████████████████████████▍

                                                     The group together: medium coherence (median of 5)
                                                                     5 of 8 straps good

            """
        #expect(try text(132, 40, at: 134) == expected)
    }

    @Test("how far the group moves together stands below its band", arguments: [(60, 16), (80, 24), (132, 40)])
    func together(columns: Int, rows: Int) throws {
        let size = ScreenSize(columns: columns, rows: rows)
        let lines = WallScreen.draw(try view(at: 132, rhythm: 0.617), size: size).text.split(separator: "\n").suffix(3)
        #expect(
            lines.map { $0.drop { $0 == " " } } == [
                "The group together: medium coherence (median of 5)", "Hearts move together: 0.62 of 1",
                "5 of 8 straps good",
            ])
        let few = WallScreen.draw(try view(at: 132, scores: 4, rhythm: 0.617), size: size).text
        #expect(!few.contains("together"))
    }

    @Test("with fewer than five valid scores nothing is said of the group")
    func few() throws {
        let text = WallScreen.draw(try view(at: 132, scores: 4), size: ScreenSize(columns: 80, rows: 24)).text
        #expect(!text.contains("coherence") && text.contains("4 of 8 straps good"))
    }

    @Test("never a code or anybody's number", arguments: [20, 60, 80, 132])
    func nobody(columns: Int) throws {
        for rows in [1, 5, 8, 12, 16, 24, 40] {
            let text = try text(columns, rows, at: 133)
            #expect(!text.contains("G1-") && !text.contains("1.2"), "\(text)")
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
        }
    }

    @Test("without a session, after it and after a crash there are words")
    func words() throws {
        var view = WallView()
        let size = ScreenSize(columns: 80, rows: 24)
        #expect(WallScreen.draw(view, size: size).text.contains("No session runs. This picture begins with the next"))
        view.group = "G1"
        view.state = .ended
        #expect(WallScreen.draw(view, size: size).text.contains("The session of G1 is over. Thank you."))
        view.state = .interrupted
        #expect(WallScreen.draw(view, size: size).text.contains("was interrupted. This picture goes on with it."))
    }

    @Test("an open phase says how long it has run, a pause says so; in ASCII everything has a stand-in")
    func others() throws {
        let size = ScreenSize(columns: 80, rows: 24)
        #expect(WallScreen.draw(try view(at: 75, seconds: nil), size: size).text.contains("01:15 gone"))
        var paused = try view(at: 75)
        paused.place?.isPaused = true
        paused.breath = nil
        let text = WallScreen.draw(paused, size: size).text
        #expect(text.contains("A short pause.") && !text.contains("left"))
        let ascii = WallScreen.draw(try view(at: 75), size: size, options: ScreenOptions(isASCII: true)).text
        #expect(ascii.utf8.allSatisfy { $0 < 128 })
        #expect(WallScreen.line(try view(at: 75)) == "Practice 1, 5 min, pacer 6.0 a minute")
    }
}
