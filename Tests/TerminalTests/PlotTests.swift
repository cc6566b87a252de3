import Terminal
import Testing

struct PlotTests {
    @Test(
        "a bar of steps fills whole cells and stays within its length",
        arguments: [(0, "··········"), (3, "███·······"), (10, "██████████"), (12, "██████████"), (-1, "··········")])
    func steps(full: Int, expected: String) {
        #expect(BlockBar.steps(full: full, of: 10) == expected)
    }

    @Test(
        "a smooth bar moves by eighths and always has both edges",
        arguments: [
            (0, "▕▏    "), (0.03125, "▕▏    "), (0.0625, "▕▎    "), (0.5, "▕██▏  "), (0.625, "▕██▌  "), (1, "▕████▏"),
            (2, "▕████▏"), (-1, "▕▏    "), (.nan, "▕▏    "),
        ] as [(Double, String)])
    func smooth(level: Double, expected: String) {
        #expect(BlockBar.smooth(level: level, cells: 4) == expected)
    }

    @Test(
        "a sparkline has eight heights, and gaps stay open",
        arguments: [
            ([0, 1, 2, 3, 4, 5, 6, 7], nil, "▁▂▃▄▅▆▇█"), ([60, nil, 80, .nan], nil, "▁ █ "), ([5, 5], nil, "▄▄"),
            ([-1, 0, 4, 9], 0...8, "▁▁▅█"), ([nil, nil], nil, "  "), ([], nil, ""), ([3], 0...0, "▄"),
        ] as [([Double?], ClosedRange<Double>?, String)])
    func sparkline(values: [Double?], range: ClosedRange<Double>?, expected: String) {
        #expect(Sparkline.text(values, range: range) == expected)
    }

    @Test("each dot of a braille cell is its own bit")
    func dots() {
        var all = BrailleCanvas(columns: 8, rows: 1)
        for (cell, dot) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)].enumerated() {
            all.set(x: cell * 2 + dot.0, y: dot.1)
        }
        all.set(x: 16, y: 0)
        all.set(x: 0, y: -1)
        #expect(all.rows == ["⠁⠂⠄⠈⠐⠠⡀⢀"])
    }

    @Test("a braille curve runs from edge to edge and breaks at gaps")
    func curve() {
        var rising = BrailleCanvas(columns: 4, rows: 2)
        rising.plot([0, 7], range: 0...7)
        #expect(rising.rows == ["  ⡠⠊", "⡠⠊"].map { $0 + String(repeating: " ", count: 4 - $0.count) })
        var broken = BrailleCanvas(columns: 3, rows: 1)
        broken.plot([0, 0, nil, 3, 3, nil], range: 0...3)
        #expect(broken.rows == ["⣀⠈⠁"])
        var flat = BrailleCanvas(columns: 2, rows: 1)
        flat.plot([], range: 0...1)
        #expect(flat.rows == ["  "])
    }

    @Test("a canvas is drawn over a screen without wiping what shows between its dots")
    func drawn() {
        var canvas = BrailleCanvas(columns: 3, rows: 2)
        canvas.set(x: 0, y: 0)
        canvas.set(x: 5, y: 7)
        var screen = Screen(columns: 4, rows: 2)
        screen.write("abcd", column: 0, row: 0)
        canvas.draw(into: &screen, column: 1, row: 0, style: .dim)
        #expect(screen.text == "a⠁cd\n   ⢀")
        #expect(screen[1, 0].style == .dim)
    }
}
