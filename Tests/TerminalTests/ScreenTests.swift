import Terminal
import Testing

struct ScreenTests {
    @Test("text is cut off at every edge, and the column after it is answered")
    func clipping() {
        var screen = Screen(columns: 6, rows: 2)
        #expect(screen.write("abcdefgh", column: 2, row: 0) == 6)
        #expect(screen.write("uvwxyz", column: -3, row: 1) == 3)
        #expect(screen.write("below", column: 0, row: 2) == 5)
        #expect(screen.write("above", column: 0, row: -1) == 5)
        #expect(screen.text == "  abcd\nxyz")
    }

    @Test("a width limit cuts before the edge does")
    func limit() {
        var screen = Screen(columns: 10, rows: 1)
        #expect(screen.write("abcdef", column: 1, row: 0, width: 3) == 4)
        #expect(screen.text == " abc")
    }

    @Test("text can be written so that it ends before a column")
    func rightAligned() {
        var screen = Screen(columns: 8, rows: 2)
        screen.write("9 %", endingBefore: 8, row: 0)
        screen.write("100 %", endingBefore: 3, row: 1)
        #expect(screen.text == "     9 %\n0 %")
    }

    @Test("a wide character takes two columns and is left out where one is left")
    func wide() {
        var screen = Screen(columns: 5, rows: 1)
        screen.write("漢字漢", column: 0, row: 0)
        #expect(screen.text == "漢字")
        #expect((0..<5).map { screen[$0, 0].width } == [2, 0, 2, 0, 1])
    }

    @Test(
        "writing over half of a wide character blanks its other half",
        arguments: [(0, "x", "x 字"), (1, "x", " x字"), (1, "水", " 水"), (2, "xy", "漢xy"), (3, "x", "漢 x")])
    func torn(column: Int, text: String, expected: String) {
        var screen = Screen(columns: 4, rows: 1)
        screen.write("漢字", column: 0, row: 0)
        screen.write(text, column: column, row: 0)
        #expect(screen.text == expected)
        for column in 0..<4 where screen[column, 0].width == 0 { #expect(screen[column - 1, 0].width == 2) }
        for column in 0..<4 where screen[column, 0].width == 2 { #expect(screen[column + 1, 0].width == 0) }
    }

    @Test(
        "nothing that steers a terminal gets into a cell",
        arguments: [
            ("a\u{1B}[2Jb", "a?[2Jb"), ("a\r\nb\tc\u{7}", "a?b?c?"), ("\u{9B}31m", "?31m"),
            ("a\u{202E}b\u{200B}c", "abc"),
            ("\u{301}x", "x"), ("e\u{301}", "e\u{301}"), ("e" + String(repeating: "\u{301}", count: 40), "e"),
        ])
    func hostile(text: String, expected: String) {
        var screen = Screen(columns: 20, rows: 1)
        screen.write(text, column: 0, row: 0)
        #expect(screen.text == expected)
    }

    @Test("outside the grid there are blanks, and a screen may have no cells")
    func outside() {
        var screen = Screen(columns: 0, rows: -3)
        screen.write("text", column: 0, row: 0)
        #expect(screen.size == ScreenSize(columns: 0, rows: 0))
        #expect(screen[3, 7] == .blank)
        #expect(screen.text.isEmpty)
    }

    @Test("in ASCII every cell has a stand-in of the same width")
    func ascii() {
        var screen = Screen(columns: 30, rows: 1)
        screen.write("▕███▌·· ▁▂▃▄▅▆▇█ – … ⠀⣿ 漢é", column: 0, row: 0, style: .bold)
        #expect(screen.ascii.text == "|###|.. _,.-=+*# - ~  # ? ?")
        #expect(screen.ascii[1, 0].style == .bold)
        #expect(screen.ascii.cells.allSatisfy { $0.character.isASCII && $0.width == 1 })
    }

    @Test(
        "widths follow the Unicode annexes",
        arguments: [
            ("a", 1), ("é", 1), ("█", 1), ("⣿", 1), ("▕", 1), ("–", 1), ("漢", 2), ("ｱ", 1), ("Ａ", 2), ("👍", 2),
            ("👩‍🔬", 2), ("🇩🇪", 2), ("❤", 1), ("❤\u{FE0F}", 2), ("\u{200B}", 0), ("\u{301}", 0), ("한", 2), ("☆", 1),
        ] as [(Character, Int)])
    func widths(character: Character, columns: Int) {
        #expect(DisplayWidth.of(character) == columns)
    }

    @Test(
        "text that is too long is cut with an ellipsis",
        arguments: [
            ("breathe", 7, "breathe"), ("breathe", 6, "breat…"), ("on the chest", 7, "on the…"), ("漢字漢", 4, "漢…"),
            ("ab", 1, "…"), ("ab", 0, ""),
        ])
    func fit(text: String, columns: Int, expected: String) {
        #expect(DisplayWidth.fit(text, columns: columns) == expected)
    }
}
