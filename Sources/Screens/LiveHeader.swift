internal import Practice
internal import Terminal

/// The three lines above the table: where the session stands, the breathing pacer, and a rule.
struct LiveHeader {
    let view: LiveView
    let isWide: Bool

    /// Cells of the pacer's bar when it is full.
    private static let pacerCells = 18

    func draw(on screen: inout Screen) {
        drawPlace(on: &screen)
        drawPacer(on: &screen)
        screen.fill("─", columns: 0..<screen.size.columns, row: 2, style: Look.rule)
    }

    private func drawPlace(on screen: inout Screen) {
        let length = view.length.map { " of " + Figures.clock($0) } ?? ""
        var right = Figures.clock(view.elapsed) + length + (view.isRecording ? "  REC" : "     ")
        if isWide { right += "      " + counts + (view.adapters.isEmpty ? "" : "    " + view.adapters) }
        let end = screen.size.columns - 3
        let start = end - DisplayWidth.of(right)
        screen.write(right, column: start, row: 0, style: Look.title)
        let pause = view.isPaused ? "PAUSED" : ""
        let place = [view.group, pause, view.phaseTitle, view.prompt].filter { !$0.isEmpty }.joined(separator: " · ")
        screen.write(DisplayWidth.fit(place, columns: start - 3), column: 1, row: 0, style: Look.title)
    }

    private func drawPacer(on screen: inout Screen) {
        let right = isWide ? upcoming : counts
        let end = screen.size.columns - (isWide ? 3 : 0)
        screen.write(right, endingBefore: end, row: 1)
        guard let pacer = view.pacer else {
            let text = view.isPaused ? "paused, p goes on" : "no pacer in this phase"
            screen.write(text, column: 1, row: 1, style: Look.label)
            return
        }
        let position = pacer.position
        screen.write("in", column: 1, row: 1, style: position.motion == .inhale ? Look.title : Look.label)
        let bar = BlockBar.smooth(level: position.fill, cells: Self.pacerCells)
        let barEnd = screen.write(bar, column: 4, row: 1, style: Look.curve)
        let isHeld = position.motion == .hold
        let outStyle = position.motion == .inhale ? Look.label : Look.title
        let wordEnd = screen.write(isHeld ? "hold" : "out", column: barEnd, row: 1, style: outStyle)
        let free = wordEnd + 2..<end - DisplayWidth.of(right) - 2
        guard let text = Self.texts(of: pacer.pacer).first(where: { DisplayWidth.of($0) <= free.count }) else { return }
        screen.write(text, column: min(36, free.upperBound - DisplayWidth.of(text)), row: 1)
    }

    /// What can be said of a pacer, the longest first.
    private static func texts(of pacer: Pacer) -> [String] {
        let rate = Figures.fixed(pacer.rate, places: 1) + " a minute"
        let hold = pacer.holdSeconds > 0 ? " · hold \(Figures.seconds(pacer.holdSeconds)) s" : ""
        let shape = " · in \(Figures.seconds(pacer.inSeconds)) s\(hold) · out \(Figures.seconds(pacer.outSeconds)) s"
        return [rate + shape, rate]
    }

    /// How many straps send beats, are lost, and have yet to come.
    private var counts: String {
        let waiting = view.readouts.count - view.onCount - view.lostCount
        return "\(view.onCount) on"
            + (view.lostCount > 0 ? " \(view.lostCount) lost" : "")
            + (waiting > 0 ? " \(waiting) wait" : "")
    }

    private var upcoming: String {
        guard let next = view.next else { return "next  end of the session" }
        return "next  " + LiveFooter.title(of: next) + "  " + LiveFooter.length(of: next)
    }
}
