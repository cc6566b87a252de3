internal import HRV
internal import HeartRate
internal import Practice

/// The coherence score over the session, with this tool's own bands; the first 64 s of a stretch are grey.
struct CoherenceTimeline {
    let person: PersonRecord

    var drawing: Drawing {
        let updates = person.scores
        let most = max(3, (updates.map(\.score).max() ?? 0) * 1.05)
        let top = SessionGround.nameHeight + 8
        let frame = Frame(x: 0...max(1, person.seconds), y: 0...most, top: top, bottom: top + 170)
        let ground = SessionGround(spans: person.spans, seconds: person.seconds)
        var drawing = Drawing(
            title: "Coherence score over the session", description: description, height: top + 170 + 40)
        ground.draw(frame, in: &drawing)
        drawWarmUps(frame, in: &drawing)
        frame.drawUpright(frame.y.ticks(5), places: 1, label: "score", in: &drawing)
        drawScores(updates, frame, in: &drawing)
        drawBands(frame, in: &drawing)
        ground.drawMinutes(frame, in: &drawing)
        return drawing
    }

    /// The first 64 s of every stretch without a gap: no window fits yet.
    private func drawWarmUps(_ frame: Frame, in drawing: inout Drawing) {
        for (index, beat) in person.replay.beats.enumerated() {
            guard index == 0 || person.replay.beats[index - 1].segment != beat.segment, let end = beat.end else {
                continue
            }
            let start = end - beat.milliseconds / 1000
            let (left, right) = (frame.x.place(start), frame.x.place(start + CoherenceWindow.seconds))
            drawing.rectangle(
                x: left, y: frame.top, width: right - left, height: frame.bottom - frame.top, fill: Palette.grid)
        }
    }

    private func drawBands(_ frame: Frame, in drawing: inout Drawing) {
        let bands = CoherenceBands.standard
        for (limit, name) in [(bands.medium, "medium from \(bands.medium)"), (bands.high, "high from \(bands.high)")] {
            let y = frame.y.place(limit)
            drawing.line((frame.left, y), (frame.right, y), colour: Palette.quiet, isDashed: true)
            drawing.text(
                name, x: frame.right - 4, y: y - 4, anchor: .end, colour: Palette.quiet, size: 11, hasHalo: true)
        }
    }

    private func drawScores(_ updates: [PersonRecord.Score], _ frame: Frame, in drawing: inout Drawing) {
        var run: [(x: Double, y: Double)] = []
        var last = -Double.infinity
        for update in updates {
            let follows = update.t - last < 1.5 * CoherenceWindow.interval
            if !follows {
                draw(run, in: &drawing)
                run = []
            }
            run.append(frame.point(update.t, update.score))
            last = update.t
        }
        draw(run, in: &drawing)
    }

    private func draw(_ run: [(x: Double, y: Double)], in drawing: inout Drawing) {
        drawing.curve(run, colour: Palette.practice, width: 2)
        if run.count == 1 { drawing.dot(x: run[0].x, y: run[0].y, radius: 2, colour: Palette.practice) }
    }

    /// The numbers in words.
    var description: String {
        let scores = person.scores.map(\.score)
        guard let least = scores.min(), let most = scores.max() else {
            return "No score: " + (person.replay.updates.last?.reason ?? "too few beats in one piece") + "."
        }
        let mean = scores.reduce(0, +) / Double(scores.count)
        return "\(scores.count) scores from \(Figures.fixed(least, places: 2)) to \(Figures.fixed(most, places: 2)), "
            + "mean \(Figures.fixed(mean, places: 2))."
    }
}
