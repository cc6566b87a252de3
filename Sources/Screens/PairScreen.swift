public import Practice
public import Terminal

/// The screen on which a coach gives straps to a group, one code after the other.
///
/// Full from 80×24 on; below 80 columns battery and dBm are left out, from 120 on the places stand beside the question;
/// below 60×16 there is only a request for a larger window.
public enum PairScreen {
    /// The smallest window that is drawn into.
    public static let smallest = LiveScreen.smallest

    /// Draws one moment.
    public static func draw(_ view: PairingView, size: ScreenSize, options: ScreenOptions = ScreenOptions()) -> Screen {
        var screen = Screen(size: size)
        if size.holds(smallest) {
            paint(view, on: &screen)
        } else {
            TooSmall.draw(on: &screen, needed: smallest)
        }
        return options.isASCII ? screen.ascii : screen
    }

    /// Rows of the question, however tall the window is: what belongs together stays together.
    private static let tallest = 24

    private static func paint(_ view: PairingView, on screen: inout Screen) {
        let isWide = screen.size.columns >= 120
        let width = isWide ? 80 : screen.size.columns
        drawHeader(view, on: &screen)
        if isWide {
            let rows = 2..<min(screen.size.rows, 2 + tallest)
            PairQuestion(view: view, rows: rows, columns: width).draw(on: &screen)
            PairPlaces(view: view, rows: rows, columns: width + 2..<screen.size.columns).draw(on: &screen)
        } else {
            let rows = PairPlaces.rowsNeeded(view, isTight: screen.size.rows < 24)
            let rule = min(screen.size.rows - rows - 1, 2 + tallest)
            PairQuestion(view: view, rows: 2..<rule, columns: width).draw(on: &screen)
            screen.fill("─", columns: 0..<width, row: rule, style: Look.rule)
            PairPlaces(view: view, rows: rule + 1..<screen.size.rows, columns: 0..<width).draw(on: &screen)
        }
    }

    private static func drawHeader(_ view: PairingView, on screen: inout Screen) {
        let adapter = view.adapters.isEmpty ? "" : "adapter \(view.adapters) · "
        let right = "\(adapter)\(view.done) of \(view.size) done"
        let start = screen.size.columns - DisplayWidth.of(right)
        screen.write(right, column: start, row: 0, style: Look.title)
        screen.write("entrain pair \(view.group)", column: 1, row: 0, style: Look.title, width: start - 3)
        screen.fill("─", columns: 0..<screen.size.columns, row: 1, style: Look.rule)
    }
}

/// Whose turn it is, which straps are near, and what can be done.
struct PairQuestion {
    let view: PairingView
    let rows: Range<Int>
    let columns: Int

    /// Rows that stand whatever the height: title, sentences, message, keys.
    private var isTight: Bool { rows.count < 16 }
    private var keyLines: [String] {
        if view.code == nil { return ["", ""] }
        if view.typed != nil { return ["Enter = take it   Escape = back to the other keys", ""] }
        guard columns >= 80 else {
            return [
                "\(enter("give", "begin"))i = type ID  down = other  r = look again",
                "s = skip  x = no part  u = undo  ? = help  q = stop",
            ]
        }
        let give = view.code.map { "give it to \($0)" } ?? "give it"
        return [
            "\(enter(give, "it goes on now"))i = type the ID   down = choose another",
            "s = skip for now   x = not taking part   u = undo   ? = help   q = stop",
        ]
    }

    /// What Enter does now; nothing where it does nothing.
    private func enter(_ give: String, _ begin: String) -> String {
        let gap = columns >= 80 ? "   " : "  "
        switch view.stage {
        case .offered: return "Enter = \(give)\(gap)"
        case .waitingForStart: return "Enter = \(begin)\(gap)"
        case .looking, .waitingForID, .close, .checking, .done: return ""
        }
    }

    func draw(on screen: inout Screen) {
        var row = rows.lowerBound
        let code = view.code?.description ?? "–"
        screen.write(
            view.code == nil ? "Everybody is done" : "Now pairing   \(code)", column: 1, row: row, style: Look.title)
        row += 1
        if view.showsHelp {
            screen.write("any key goes back", endingBefore: columns - 2, row: row - 1, style: Look.label)
            return drawHelp(row: row, on: &screen)
        }
        drawWords(from: sentenceRow, on: &screen)
        guard view.code != nil else { return }
        if !isTight {
            screen.write(
                "1 wet the two pads    2 strap on, logo upright    3 come to the laptop", column: 3, row: row,
                width: columns - 4)
            row += 2
        }
        drawList(rows: row..<sentenceRow - (isTight ? 0 : 1), on: &screen)
    }

    /// Where the two sentences begin; where little room is left, a long message takes a row of the list.
    private var sentenceRow: Int {
        let isLong = isTight && Wrapping.lines(view.message, columns: columns - 4).count > 1
        return rows.upperBound - (isTight && !isLong ? 5 : 6)
    }

    /// The sentences, the message and the keys.
    private func drawWords(from row: Int, on screen: inout Screen) {
        drawSentences(row: row, on: &screen)
        drawMessage(row: row + 2, on: &screen)
        for (index, line) in keyLines.enumerated() {
            screen.write(line, column: 3, row: rows.upperBound - 2 + index, style: Look.label, width: columns - 3)
        }
    }

    // MARK: - The list

    private var showsDecibels: Bool { columns >= 72 }
    private var showsBattery: Bool { columns >= 80 }

    private func drawList(rows: Range<Int>, on screen: inout Screen) {
        guard rows.count > 1 else { return }
        let signal = showsBattery ? 34 : columns - (showsDecibels ? 36 : 28)
        let beats = signal + (showsDecibels ? 18 : 8)
        screen.write("Nearest new straps", column: 3, row: rows.lowerBound, style: Look.label)
        screen.write("Signal", column: signal, row: rows.lowerBound, style: Look.label)
        screen.write("Real beats", column: beats, row: rows.lowerBound, style: Look.label)
        if showsBattery { screen.write("Battery", column: beats + 17, row: rows.lowerBound, style: Look.label) }
        for (row, strap) in zip(rows.dropFirst(), shown(rows.count - 1)) {
            let style = strap.isPicked ? Look.title : Style.plain
            if strap.isPicked { screen.write(">", column: 1, row: row, style: style) }
            screen.write(
                DisplayWidth.fit(strap.identity.label, columns: signal - 4), column: 3, row: row, style: style)
            if let rssi = strap.rssi {
                screen.write(PairText.bar(rssi), column: signal, row: row, style: Look.curve)
                if showsDecibels { screen.write("\(rssi) dBm", endingBefore: signal + 14, row: row, style: style) }
            } else {
                screen.write("not heard", column: signal, row: row, style: Look.absent, width: beats - signal - 1)
            }
            let word = PairText.beats(strap.beats)
            screen.write(word, column: beats, row: row, style: isGood(strap) ? style : Look.absent, width: 15)
            guard showsBattery else { continue }
            let battery = strap.battery.map { "\($0) %" } ?? Figures.absent
            screen.write(battery, endingBefore: beats + 22, row: row, style: style)
        }
    }

    private func isGood(_ strap: PairingView.Nearby) -> Bool {
        if case .inARow(let count) = strap.beats { count > 0 } else { false }
    }

    /// The nearest ones, and always the one that is looked at.
    private func shown(_ count: Int) -> [PairingView.Nearby] {
        let first = Array(view.nearby.prefix(count))
        guard count > 0, let picked = view.nearby.first(where: \.isPicked), !first.contains(picked) else {
            return first
        }
        return first.dropLast() + [picked]
    }

    // MARK: - The words

    private func drawSentences(row: Int, on screen: inout Screen) {
        if let typed = view.typed {
            screen.write("The ID on the pod: \(typed)_", column: 3, row: row, style: Look.title, width: columns - 4)
            return
        }
        let text = PairText.sentences(view)
        let isOffered = if case .offered = view.stage { true } else { false }
        for (index, line) in text.prefix(2).enumerated() {
            let style = index == 1 && isOffered ? Look.title : Style.plain
            screen.write(DisplayWidth.fit(line, columns: columns - 4), column: 3, row: row + index, style: style)
        }
    }

    private func drawMessage(row: Int, on screen: inout Screen) {
        let room = rows.upperBound - 2 - row
        let lines = Wrapping.lines(view.message, columns: columns - 4, atMost: room)
        for (index, line) in lines.enumerated() {
            screen.write(line, column: 3, row: row + index, style: Look.care)
        }
    }

    private func drawHelp(row: Int, on screen: inout Screen) {
        let lines = [
            "Enter  give the strap that is shown; compare the ID",
            "i      type the ID that is on the pod, or its end",
            "down   another strap of the list; up goes back",
            "r      look again         s  this person later",
            "x      takes no part      u  take the last step back",
            "q      stop; the same command goes on from here",
            "",
            "Offered: 10 dB nearer than others for 3 s, and 4 real",
            "beats in a row. A connected strap keeps its last signal.",
        ]
        for (index, line) in lines.enumerated() where row + index < rows.upperBound {
            screen.write(line, column: 3, row: row + index, width: columns - 4)
        }
    }
}
