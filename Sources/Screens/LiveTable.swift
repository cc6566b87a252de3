internal import HRV
internal import Practice
internal import Terminal

/// The table of codes.
struct LiveTable {
    let columns: LiveColumns
    let rows: LiveRows

    /// The score at which bar and history are full.
    private static let fullScore = 5.0

    /// - Parameters:
    ///   - readouts: all codes.
    ///   - first: how many of them are scrolled away.
    ///   - screen: what is drawn on.
    func draw(_ readouts: [Readout], from first: Int, on screen: inout Screen) {
        drawHead(on: &screen)
        let now = BeatCurve.now(of: readouts)
        for (index, readout) in readouts.dropFirst(first).prefix(rows.shownCodes).enumerated() {
            draw(readout, row: LiveRows.firstCode + index, now: now, on: &screen)
        }
        guard let row = rows.overflow else { return }
        let hidden = Array(readouts.prefix(first) + readouts.dropFirst(first + rows.shownCodes))
        drawOverflow(hidden, row: row, on: &screen)
    }

    private func drawHead(on screen: inout Screen) {
        let heads: [(LiveColumns.Kind, String, isRight: Bool)] = [
            (.code, "Code", false), (.heartRate, "HR", true), (.beats, "Beats, last \(columns.beatSeconds) s", false),
            (columns[.bar] == nil ? .word : .bar, "Coherence", false), (.history, "Coherence, session", false),
            (.score, "now", true), (.bands, "low/med/high %", false), (.peak, "Peak", true), (.clean, "Clean", true),
            (.battery, "Batt", true), (.strap, "Strap", false), (.signal, "dBm", true),
        ]
        for head in heads where !(columns.isWide && head.0 == .word) {
            let row = LiveRows.firstCode - 1
            write(head.1, in: head.0, row: row, style: Look.label, isRight: head.isRight, on: &screen)
        }
    }

    private func draw(_ readout: Readout, row: Int, now: Double, on screen: inout Screen) {
        write(readout.code.description, in: .code, row: row, on: &screen)
        let heartRate = readout.heartRate.map(String.init)
        write(heartRate ?? "––", in: .heartRate, row: row, style: Look.title, isRight: true, on: &screen)
        drawBeats(of: readout, row: row, now: now, on: &screen)
        drawCoherence(of: readout, row: row, on: &screen)
        drawBands(of: readout, row: row, on: &screen)
        if let peak = readout.peakHz {
            write(Figures.fixed(peak * 60, places: 1) + "/m", in: .peak, row: row, isRight: true, on: &screen)
        }
        if let clean = Self.clean(of: readout) {
            write(Figures.percent(clean) + " %", in: .clean, row: row, isRight: true, on: &screen)
        }
        if let battery = readout.battery {
            write("\(battery) %", in: .battery, row: row, isRight: true, on: &screen)
        }
        write(readout.strap.word, in: .strap, row: row, style: Look.strap(readout.strap), on: &screen)
        if let signal = readout.rssi { write("\(signal)", in: .signal, row: row, isRight: true, on: &screen) }
    }

    private func drawBeats(of readout: Readout, row: Int, now: Double, on screen: inout Screen) {
        guard let place = columns[.beats] else { return }
        let end = BeatCurve.end(of: readout, now: now)
        let values = BeatCurve.values(
            readout.beats, endingAt: end, seconds: columns.beatSeconds, cells: place.count)
        if values.contains(where: { $0 != nil }) {
            let text = Sparkline.text(values, range: BeatCurve.range(of: values))
            write(text, in: .beats, row: row, style: Look.curve, on: &screen)
        } else {
            write(String(repeating: "·", count: 10), in: .beats, row: row, style: Look.absent, on: &screen)
        }
    }

    private func drawCoherence(of readout: Readout, row: Int, on screen: inout Screen) {
        switch readout.score {
        case .score(let score, let band, let note):
            draw(score, band, note: note, row: row, on: &screen)
            drawHistory(of: readout, row: row, on: &screen)
        case .none(let reason):
            // The clean share stands right of it: a reason may run on where there is none.
            drawReason(reason, mayRunOn: Self.clean(of: readout) == nil, row: row, on: &screen)
        }
    }

    private func draw(_ score: Double, _ band: CoherenceBand, note: String?, row: Int, on screen: inout Screen) {
        let style = Look.band(band)
        let bar = BlockBar.steps(full: Int((min(max(score, 0), Self.fullScore) * 2).rounded()), of: 10)
        write(bar, in: .bar, row: row, style: style, on: &screen)
        write(Figures.fixed(score, places: 2), in: .score, row: row, style: Look.title, isRight: true, on: &screen)
        write(band.rawValue + (note == nil ? "" : " odd"), in: .word, row: row, style: style, on: &screen)
    }

    private func drawReason(_ reason: String, mayRunOn: Bool, row: Int, on screen: inout Screen) {
        guard let word = columns[.word] else { return }
        let start = (columns[.history] ?? columns[.bar] ?? word).lowerBound
        let end = mayRunOn && !columns.isWide ? columns[.clean]?.upperBound : nil
        let text = DisplayWidth.fit("\(Figures.absent)  \(reason)", columns: (end ?? word.upperBound) - start)
        screen.write(text, column: start, row: row, style: Look.absent)
    }

    private func drawHistory(of readout: Readout, row: Int, on screen: inout Screen) {
        guard let place = columns[.history] else { return }
        let scores = readout.scoreHistory
        let size = max(1, (scores.count + place.count - 1) / place.count)
        let means: [Double?] = stride(from: 0, to: scores.count, by: size).map { start in
            let present = scores[start..<min(start + size, scores.count)].compactMap(\.self)
            return present.isEmpty ? nil : present.reduce(0, +) / Double(present.count)
        }
        let text = Sparkline.text(means, range: 0...Self.fullScore)
        write(text, in: .history, row: row, style: Look.curve, on: &screen)
    }

    private func drawBands(of readout: Readout, row: Int, on screen: inout Screen) {
        let total = readout.bandCounts.values.reduce(0, +)
        guard let place = columns[.bands], total > 0 else { return }
        for (index, band) in [CoherenceBand.low, .medium, .high].enumerated() {
            let share = Double(readout.bandCounts[band] ?? 0) / Double(total)
            let text = Figures.fixed(share * 100, places: 0)
            screen.write(text, endingBefore: place.lowerBound + 3 + index * 5, row: row)
        }
    }

    private func drawOverflow(_ hidden: [Readout], row: Int, on screen: inout Screen) {
        guard let first = hidden.first?.code, let last = hidden.last?.code else { return }
        let codes = hidden.count == 1 ? "1 more code, \(first)" : "\(hidden.count) more codes, \(first) to \(last)"
        let text = DisplayWidth.fit("\(codes): \u{2191} \u{2193} scroll", columns: screen.size.columns - 2)
        screen.write(text, column: 1, row: row, style: Look.care)
    }

    private func write(
        _ text: String, in kind: LiveColumns.Kind, row: Int, style: Style = .plain, isRight: Bool = false,
        on screen: inout Screen
    ) {
        guard let place = columns[kind] else { return }
        if isRight {
            screen.write(text, endingBefore: place.upperBound, row: row, style: style)
        } else {
            screen.write(text, column: place.lowerBound, row: row, style: style)
        }
    }

    /// The clean share, unless it is of beats from before a strap went silent.
    private static func clean(of readout: Readout) -> Double? {
        switch readout.strap {
        case .on, .loose: readout.clean
        case .waiting, .connecting, .noBeats, .lost, .needsPerson: nil
        }
    }
}
