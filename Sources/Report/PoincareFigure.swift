internal import HRV
internal import HeartRate
internal import Practice

/// Each time between beats against the next one, on equal axes: baseline left, practice right.
struct PoincareFigure {
    let person: PersonRecord

    private static let side = 260.0

    private struct Panel {
        var phase: ComparedPhase
        var pairs: [(Double, Double)]
        var sd1: Double?
        var sd2: Double?
        var reason: String?
    }

    private var panels: [Panel] {
        ComparedPhase.all(of: person).map { phase in
            let analysis = person.analysis(of: phase.span, [.nonlinear])
            let series = analysis.corrected
            let end = person.end(of: phase.span)
            let pairs = series.segments.flatMap { segment in
                zip(segment.dropLast(), segment.dropFirst()).compactMap { first, second -> (Double, Double)? in
                    let start = series.endTimes[first] - series.rr[first] / 1000
                    guard start >= phase.span.start, series.endTimes[second] <= end else { return nil }
                    return (series.rr[first], series.rr[second])
                }
            }
            return Panel(
                phase: phase, pairs: pairs, sd1: analysis.nonlinear[.sd1], sd2: analysis.nonlinear[.sd2],
                reason: analysis.nonlinear.reason(for: .sd2))
        }
    }

    var drawing: Drawing {
        let panels = panels
        let values = panels.flatMap { $0.pairs.flatMap { [$0.0, $0.1] } }
        let low = (values.min() ?? 400) - 20
        let high = (values.max() ?? 1200) + 20
        var drawing = Drawing(
            title: "Each time between beats against the next", description: Self.description(of: panels),
            height: 44 + Self.side + 40)
        for (index, panel) in panels.enumerated() {
            let left = 56 + Double(index) * 350
            let frame = Frame(
                x: low...high, y: low...high, left: left, right: left + Self.side, top: 44, bottom: 44 + Self.side)
            draw(panel, frame, in: &drawing)
        }
        return drawing
    }

    private func draw(_ panel: Panel, _ frame: Frame, in drawing: inout Drawing) {
        drawing.text(
            panel.phase.span.phase.title, x: frame.left + 30, y: 20, colour: panel.phase.colour, isBold: true)
        frame.drawUpright(frame.y.ticks(5), places: 0, label: "next, ms", in: &drawing)
        frame.drawLevel(
            frame.x.ticks(5), text: { Figures.fixed($0, places: 0) }, label: "one time between beats, ms", in: &drawing)
        drawing.line((frame.left, frame.bottom), (frame.right, frame.top), colour: Palette.grid)
        for pair in panel.pairs {
            let place = frame.point(pair.0, pair.1)
            drawing.dot(x: place.x, y: place.y, radius: 1.4, colour: panel.phase.colour)
        }
        guard let sd1 = panel.sd1, let sd2 = panel.sd2, !panel.pairs.isEmpty else {
            let reason = panel.reason ?? "no beats"
            drawing.text(reason, x: frame.left + 8, y: frame.bottom - 8, colour: Palette.quiet, size: 11)
            return
        }
        let mean = panel.pairs.reduce(0) { $0 + $1.0 } / Double(panel.pairs.count)
        let centre = frame.point(mean, mean)
        let scale = Self.side / (frame.x.values.upperBound - frame.x.values.lowerBound)
        drawing.turnedEllipse(
            x: centre.x, y: centre.y, along: sd2 * scale, across: sd1 * scale, colour: Palette.ink,
            isDashed: panel.phase.isDashed)
        drawing.text(
            "SD1 \(Figures.fixed(sd1, places: 1)) ms   SD2 \(Figures.fixed(sd2, places: 1)) ms", x: frame.left + 30,
            y: 36, colour: Palette.quiet, size: 11)
    }

    /// The numbers in words.
    private static func description(of panels: [Panel]) -> String {
        guard !panels.isEmpty else { return "The script has neither baseline nor practice." }
        return panels.map { panel in
            let title = panel.phase.span.phase.title
            guard let sd1 = panel.sd1, let sd2 = panel.sd2 else { return "\(title): \(panel.reason ?? "no beats")." }
            return "\(title): \(panel.pairs.count) pairs, SD1 \(Figures.fixed(sd1, places: 1)) ms, "
                + "SD2 \(Figures.fixed(sd2, places: 1)) ms."
        }.joined(separator: " ")
    }
}
