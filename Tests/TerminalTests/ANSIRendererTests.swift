import Terminal
import Testing

struct ANSIRendererTests {
    @Test("a terminal that applies the frames shows every one of a row of random screens", arguments: 0..<60)
    func differences(seed: Int) {
        var random = SplitMix(state: UInt64(seed))
        let size = ScreenSize(
            columns: Int.random(in: 1...40, using: &random), rows: Int.random(in: 1...8, using: &random))
        let renderer = ANSIRenderer(colouring: .palette)
        var terminal = TinyTerminal(columns: size.columns, rows: size.rows, junk: "x")
        var shown: Screen?
        for _ in 0..<20 {
            let next = randomScreen(from: shown, size: size, using: &random)
            terminal.apply(renderer.frame(next, after: shown))
            #expect(terminal.unknown.isEmpty)
            #expect(terminal.matches(next), "seed \(seed):\n\(next.text)")
            shown = next
        }
    }

    @Test("the same screen again costs no byte")
    func same() {
        var screen = Screen(columns: 80, rows: 24)
        screen.write("G1-01   68", column: 1, row: 4, style: .bold)
        #expect(ANSIRenderer(colouring: .palette).frame(screen, after: screen).isEmpty)
    }

    @Test("a change sends what changed and parks the cursor")
    func minimal() {
        var old = Screen(columns: 80, rows: 24)
        old.write("heart rate 67 a minute", column: 0, row: 2)
        old.write("on", column: 40, row: 2)
        var new = old
        new.write("8", column: 12, row: 2, style: Style(.bold, ink: .blue))
        new.write("lost", column: 40, row: 2)
        let bytes = ANSIRenderer(colouring: .palette).frame(new, after: old)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "\u{1B}[3;13H\u{1B}[1;38;5;32m8\u{1B}[27C\u{1B}[0mlost\u{1B}[24;1H")
    }

    @Test("an emptied row is erased with one sequence")
    func erased() {
        var old = Screen(columns: 80, rows: 24)
        old.write("Look at G1-06: ask them to re-wet the pads.", column: 0, row: 3)
        let bytes = ANSIRenderer(colouring: .palette).frame(Screen(columns: 80, rows: 24), after: old)
        #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[4;1H\u{1B}[K\u{1B}[24;1H")
    }

    @Test("a change of size clears the terminal and draws all of it")
    func resized() {
        var old = Screen(columns: 20, rows: 3)
        old.write("old", column: 0, row: 0)
        var new = Screen(columns: 10, rows: 2)
        new.write("new", column: 2, row: 1)
        var terminal = TinyTerminal(columns: 10, rows: 2, junk: "?")
        terminal.apply(ANSIRenderer(colouring: .palette).frame(new, after: old))
        #expect(terminal.matches(new))
    }

    @Test("after a character whose width terminals dispute, the cursor is placed anew")
    func disputedWidth() {
        var screen = Screen(columns: 10, rows: 1)
        screen.write("漢x", column: 0, row: 0)
        let bytes = ANSIRenderer(colouring: .plain).frame(screen, after: Screen(columns: 10, rows: 1))
        #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[1;1H漢\u{1B}[1;3Hx\u{1B}[1;1H")
    }

    @Test(
        "lines carry only the looks the stream may have",
        arguments: [
            (Colouring.plain, "low 0.4\nx\n"),
            (.monochrome, "\u{1B}[1mlow\u{1B}[0m 0.4\nx\n"),
            (.palette, "\u{1B}[1;38;5;172mlow\u{1B}[0m 0.4\nx\n"),
        ])
    func lines(colouring: Colouring, expected: String) {
        var screen = Screen(columns: 12, rows: 4)
        screen.write("low", column: 0, row: 0, style: Style(.bold, ink: .orange))
        screen.write("0.4", column: 4, row: 0)
        screen.write("x", column: 0, row: 1)
        #expect(ANSIRenderer(colouring: colouring).lines(screen) == expected)
    }

    private func randomScreen(from old: Screen?, size: ScreenSize, using random: inout SplitMix) -> Screen {
        var screen = Bool.random(using: &random) ? old ?? Screen(size: size) : Screen(size: size)
        let styles: [Style] = [
            .plain, .bold, .dim, Style(ink: .blue), Style(.bold, ink: .orange), Style([.reverse, .underline]),
            Style(ink: .grey, ground: .blue), Style(ground: .orange),
        ]
        let texts = ["G1-03", "▂▄▆█", "漢字", "e\u{301}", "👩‍🔬 a", "   ", "      ", "abcdefgh ijklmnop", "─"]
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            screen.write(
                texts[Int.random(in: 0..<texts.count, using: &random)],
                column: Int.random(in: -2..<size.columns, using: &random),
                row: Int.random(in: 0..<size.rows, using: &random),
                style: styles[Int.random(in: 0..<styles.count, using: &random)])
        }
        screen.cursor = (Int.random(in: 0..<size.columns, using: &random), size.rows - 1)
        return screen
    }
}

/// Random numbers that are the same in every run (Steele, Lea and Flood 2014).
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
