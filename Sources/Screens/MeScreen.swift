public import Practice
public import Terminal

/// The screen of a person who reads their own heart: a pacer, the rhythm, and no judgement.
///
/// As drawn at 80×24; narrower and lower windows lose blanks and the longer texts, larger ones get a larger pacer and
/// a rhythm of several rows; below 60×16 there is only a request for a larger window, while the reading goes on.
public enum MeScreen {
    /// The smallest window that is drawn into.
    public static let smallest = LiveScreen.smallest

    /// Draws one moment.
    public static func draw(
        _ view: PersonalView, controls: MeControls = MeControls(), size: ScreenSize,
        options: ScreenOptions = ScreenOptions()
    ) -> Screen {
        var screen = Screen(size: size)
        if size.holds(smallest) {
            MePicture(view: view, controls: controls, rows: MeRows(size)).draw(on: &screen)
        } else {
            TooSmall.draw(on: &screen, needed: smallest)
        }
        return options.isASCII ? screen.ascii : screen
    }
}

/// How rows and columns of the screen are shared out.
struct MeRows: Equatable {
    let pacer: Range<Int>
    let time: Int
    let heartRate: Int
    let rhythm: Range<Int>
    let swing: Int
    let smooth: Int
    /// The row of the words beside the bar; its own where they do not fit there.
    let standing: Int
    let clean: Int
    let message: Int
    let text: Range<Int>
    let keys: Int
    /// Where values begin.
    let values: Int
    let isWide: Bool

    init(_ size: ScreenSize) {
        isWide = size.columns >= 78
        values = isWide ? 22 : 18
        keys = size.rows - 1
        let isTall = size.rows >= 23
        let spare = max(0, size.rows - 24)
        let gap = isTall ? 1 : 0
        var row = 2 + gap
        func take(_ count: Int = 1) -> Range<Int> {
            defer { row += count }
            return row..<row + count
        }
        pacer = take(1 + min(4, spare / 6))
        row += gap
        time = take().lowerBound
        row += 1
        heartRate = take().lowerBound
        rhythm = take(1 + (spare >= 6 ? min(10, spare - min(4, spare / 6)) : 0))
        swing = take().lowerBound
        smooth = take().lowerBound
        standing = isWide ? smooth : take().lowerBound
        clean = take().lowerBound
        row += gap
        message = take().lowerBound
        row += gap
        text = row..<max(row, min(row + 4, keys - (isTall ? 1 : 0)))
    }
}

/// One moment, ready to be written into cells.
struct MePicture {
    /// How much time the rhythm shows, seconds.
    static let rhythmSeconds = 60

    let view: PersonalView
    let controls: MeControls
    let rows: MeRows

    func draw(on screen: inout Screen) {
        drawHead(on: &screen)
        drawPacer(on: &screen)
        drawValues(on: &screen)
        drawRhythm(on: &screen)
        drawTexts(on: &screen)
        drawKeys(on: &screen)
    }

    private func drawHead(on screen: inout Screen) {
        let width = screen.size.columns
        screen.write("Your reading", column: 1, row: 0, style: Look.title)
        screen.write(MeText.privacy(view), endingBefore: width - 1, row: 0, style: Look.label)
        screen.fill("─", columns: 0..<width, row: 1, style: Look.rule)
    }

    private func drawPacer(on screen: inout Screen) {
        let words = rows.isWide ? 8 : 1
        let start = rows.isWide ? screen.size.columns / 2 : rows.values
        let middle = rows.pacer.lowerBound + rows.pacer.count / 2
        screen.write(MeText.breath(view), column: words, row: middle, style: Look.title)
        screen.write(MeText.time(view), column: words, row: rows.time)
        guard let breath = view.breath else { return }
        let end = screen.size.columns - (rows.isWide ? 6 : 2)
        for row in rows.pacer { Self.draw(breath.fill, columns: start..<end, row: row, on: &screen) }
        guard let rate = MeText.rate(view) else { return }
        let column = rows.isWide ? start : max(DisplayWidth.of(MeText.time(view)) + 3, start)
        screen.write(DisplayWidth.fit(rate, columns: screen.size.columns - 1 - column), column: column, row: rows.time)
    }

    /// A bar between two edges that stand still, in steps of an eighth of a cell.
    private static func draw(_ fill: Double, columns: Range<Int>, row: Int, on screen: inout Screen) {
        let cells = columns.count - 2
        let eighths = Int((min(max(fill, 0), 1) * Double(cells) * 8).rounded())
        let part = eighths % 8 == 0 ? "" : String(BlockBar.smooth(level: Double(eighths % 8) / 8, cells: 1).dropFirst())
        screen.write("▕", column: columns.lowerBound, row: row)
        screen.write(
            String(repeating: "█", count: eighths / 8) + part, column: columns.lowerBound + 1, row: row,
            style: Look.curve)
        screen.write("▏", column: columns.upperBound - 1, row: row)
    }

    // MARK: - Values

    private func drawValues(on screen: inout Screen) {
        let rate = view.heartRate.map { "\($0) a minute" }
        let swing = view.swing.map { "\(Figures.fixed($0, places: 0)) a minute up and down" }
        let clean = view.clean.map { "\(Figures.percent($0)) %" }
        for (name, value, row) in [
            ("Heart rate now", rate, rows.heartRate), ("Swing per breath", swing, rows.swing),
            ("Clean beats", clean, rows.clean),
        ] {
            screen.write(name, column: 1, row: row)
            let shown = controls.hidesNumbers ? "hidden" : value
            screen.write(
                shown ?? Figures.absent, column: rows.values, row: row,
                style: controls.hidesNumbers || value == nil ? Look.absent : .plain)
        }
        screen.write("How smooth", column: 1, row: rows.smooth)
        switch view.smoothness {
        case .none(let reason):
            let text = "\(Figures.absent)  \(SafeText.line(reason))"
            screen.write(text, column: rows.values, row: rows.smooth, style: Look.absent)
        case .score(let score, let standing, _):
            let bar = BlockBar.steps(full: MeText.cells(score), of: 10)
            let end = screen.write(bar, column: rows.values, row: rows.smooth, style: Look.curve)
            let column = rows.isWide ? end + 3 : rows.values
            screen.write(MeText.words(standing), column: column, row: rows.standing)
        }
    }

    private func drawRhythm(on screen: inout Screen) {
        let top = rows.rhythm.lowerBound
        let columns = max(1, screen.size.columns - rows.values - 1)
        let isTall = rows.rhythm.count > 1
        screen.write("Your rhythm", column: 1, row: top)
        let values = BeatCurve.values(
            view.beats, endingAt: view.beats.last?.t ?? 0, seconds: Self.rhythmSeconds,
            cells: isTall ? columns * 2 : columns)
        guard values.contains(where: { $0 != nil }) else {
            screen.write(Figures.absent, column: rows.values, row: top, style: Look.absent)
            return
        }
        let range = BeatCurve.range(of: values)
        guard isTall else {
            screen.write(Sparkline.text(values, range: range), column: rows.values, row: top, style: Look.curve)
            return
        }
        var canvas = BrailleCanvas(columns: columns, rows: rows.rhythm.count)
        canvas.plot(values, range: range)
        canvas.draw(into: &screen, column: rows.values, row: top, style: Look.curve)
        guard !controls.hidesNumbers else { return }
        let ends = [(range.upperBound, top), (range.lowerBound, rows.rhythm.upperBound - 1)]
        for (value, row) in ends {
            screen.write(
                Figures.fixed(value, places: 0), endingBefore: rows.values - 1, row: row, style: Look.label)
        }
    }

    // MARK: - Words

    private func drawTexts(on screen: inout Screen) {
        let width = screen.size.columns - 2
        let advice = SafeText.line(MeText.advice(view))
        screen.write(DisplayWidth.fit(advice, columns: width), column: 1, row: rows.message, style: Look.care)
        let textWidth = min(width, 78)
        let texts = [MeText.explanation, MeText.shortExplanation].map { explanation in
            [explanation, MeText.freedom].flatMap { Wrapping.lines($0, columns: textWidth) }
        }
        let lines = texts.first { $0.count <= rows.text.count } ?? texts[1]
        for (row, line) in zip(rows.text, lines) { screen.write(line, column: 1, row: row, style: Look.label) }
    }

    private func drawKeys(on screen: inout Screen) {
        let hints = [
            ("h", controls.hidesNumbers ? "show numbers" : "hide numbers"),
            ("a", controls.hasSound ? "sound off" : "sound on"),
            ("space", view.isPaused ? "go on" : "pause"), ("q", "stop"),
        ]
        var at = 1
        for (key, action) in hints {
            at = screen.write(key, column: at, row: rows.keys, style: Look.title)
            at = screen.write(" " + action, column: at, row: rows.keys, style: Look.label) + 3
        }
    }
}
