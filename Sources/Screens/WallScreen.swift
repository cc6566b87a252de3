internal import HRV
public import Practice
public import Terminal

/// The room's own picture, for a second window or a projector: what all may see, never a code or a person's number.
public enum WallScreen {
    /// Draws one moment.
    public static func draw(_ view: WallView, size: ScreenSize, options: ScreenOptions = ScreenOptions()) -> Screen {
        var screen = Screen(size: size)
        guard size.rows > 0, size.columns > 0 else { return screen }
        switch view.state {
        case nil: message("No session runs. This picture begins with the next one.", on: &screen)
        case .ended: message("The session of \(view.group) is over. Thank you.", on: &screen)
        case .interrupted:
            message("The session of \(view.group) was interrupted. This picture goes on with it.", on: &screen)
        case .running: paint(view, on: &screen)
        }
        return options.isASCII ? screen.ascii : screen
    }

    /// The moment in words, one line, for screen readers and pipes.
    public static func line(_ view: WallView) -> String {
        switch view.state {
        case nil: return "no session runs"
        case .ended: return "the session of \(view.group) is over"
        case .interrupted: return "the session of \(view.group) was interrupted"
        case .running: break
        }
        guard let place = view.place else { return "the session of \(view.group) begins" }
        let pacer = place.phase.pacer.map { ", pacer \(Figures.fixed($0.rate, places: 1)) a minute" } ?? ""
        let length = place.phase.seconds.map { ", \(Figures.spoken($0))" } ?? ""
        return (place.isPaused ? "paused: " : "") + place.phase.title + length + pacer
    }

    /// How many straps are good, in words.
    public static func straps(_ view: WallView) -> String {
        "\(view.counts.goodStraps) of \(view.counts.students) straps good"
    }

    /// What is said of the group as a whole; empty when nothing is.
    public static func group(_ view: WallView) -> [String] {
        guard let band = view.counts.band else { return [] }
        let median = "The group together: \(band.rawValue) coherence (median of \(view.counts.scores))"
        guard let together = view.counts.together else { return [median] }
        return [median, "Hearts move together: \(Figures.fixed(together, places: 2)) of 1"]
    }

    // MARK: - Parts

    private static func message(_ text: String, on screen: inout Screen) {
        let lines = Wrapping.lines(text, columns: max(1, screen.size.columns - 2))
        let top = max(0, (screen.size.rows - lines.count) / 2)
        for (index, line) in lines.enumerated() { center(line, row: top + index, style: Look.title, on: &screen) }
    }

    private static func paint(_ view: WallView, on screen: inout Screen) {
        let rows = screen.size.rows
        guard let place = view.place else { return message("The session begins.", on: &screen) }
        let isRoomy = rows >= 12
        let top = isRoomy ? 1 : 0
        center("\(view.group) · \(place.phase.title)", row: top, style: Look.title, on: &screen)
        center(time(of: place), row: top + 1, on: &screen)
        let bottom = isRoomy ? rows - 2 : rows - 1
        center(straps(view), row: bottom, on: &screen)
        var last = bottom - 1
        for line in group(view).reversed() {
            center(line, row: last, on: &screen)
            last -= 1
        }
        let area = top + 3..<max(top + 3, isRoomy ? last : last + 1)
        if let breath = view.breath {
            drawPacer(breath, rows: area, on: &screen)
        } else if !area.isEmpty {
            let words = place.isPaused ? "A short pause." : "Breathe as usual."
            center(words, row: area.lowerBound + area.count / 2, style: Look.title, on: &screen)
        }
    }

    private static func time(of place: PhasePlace) -> String {
        if place.isPaused { return "paused" }
        return place.remaining.map { "\(Figures.clock($0.rounded(.up))) left" }
            ?? "\(Figures.clock(place.elapsed)) gone"
    }

    /// A word and below it a bar as wide and as high as the window allows.
    private static func drawPacer(_ breath: Pacer.Position, rows: Range<Int>, on screen: inout Screen) {
        let word: String
        switch breath.motion {
        case .inhale: word = "in"
        case .hold: word = "hold"
        case .exhale: word = "out"
        }
        var bars = rows
        if rows.count >= BigWord.rows + 3, let lines = BigWord.lines(word), screen.size.columns >= 30 {
            for (index, line) in lines.enumerated() {
                center(line, row: rows.lowerBound + index, style: Look.title, on: &screen)
            }
            bars = rows.lowerBound + BigWord.rows + 1..<rows.upperBound
        } else if let first = rows.first {
            center("breathe \(word)", row: first, style: Look.title, on: &screen)
            bars = first + 1..<rows.upperBound
        }
        let bar = BlockBar.smooth(level: breath.fill, cells: screen.size.columns - 4)
        for row in bars { screen.write(bar, column: 1, row: row, style: Look.curve) }
    }

    private static func center(_ text: String, row: Int, style: Style = .plain, on screen: inout Screen) {
        let text = DisplayWidth.fit(text, columns: screen.size.columns)
        screen.write(text, column: (screen.size.columns - DisplayWidth.of(text)) / 2, row: row, style: style)
    }
}

/// Words to be read from the back of a room.
enum BigWord {
    /// Rows of a letter.
    static let rows = 5

    /// The word in block letters, five rows of the same width; nil when a letter is not known.
    static func lines(_ word: String) -> [String]? {
        let letters = word.compactMap { shapes[$0] }
        guard letters.count == word.count, !letters.isEmpty else { return nil }
        return (0..<rows).map { row in
            letters.map { String($0[row].map { $0 == "#" ? "█" : " " }) }.joined(separator: "  ")
        }
    }

    private static let shapes: [Character: [String]] = [
        "i": ["######", "  ##  ", "  ##  ", "  ##  ", "######"],
        "n": ["##    ##", "####  ##", "## ## ##", "##  ####", "##    ##"],
        "o": [" ###### ", "##    ##", "##    ##", "##    ##", " ###### "],
        "u": ["##    ##", "##    ##", "##    ##", "##    ##", " ###### "],
        "t": ["########", "   ##   ", "   ##   ", "   ##   ", "   ##   "],
        "h": ["##    ##", "##    ##", "########", "##    ##", "##    ##"],
        "l": ["##      ", "##      ", "##      ", "##      ", "########"],
        "d": ["######  ", "##    ##", "##    ##", "##    ##", "######  "],
    ]
}
