internal import Practice

/// Each code's mean score from baseline to practice, and the median of the group in bold.
struct SlopeFigure {
    let rows: [SessionSummary.Row]

    private struct Slope {
        var code: Code
        var before: Double
        var after: Double
    }

    private var slopes: [Slope] {
        rows.compactMap { row in
            guard row.use == .yes, let before = row.baseline, let after = row.practice else { return nil }
            return Slope(code: row.code, before: before, after: after)
        }
    }

    private static let places = (before: 180.0, after: 540.0)

    var drawing: Drawing {
        let slopes = slopes
        let most = slopes.flatMap { [$0.before, $0.after] }.max() ?? 1
        let frame = Frame(x: 0...1, y: 0...max(1, most * 1.05), left: 60, right: 660, top: 40, bottom: 290)
        var drawing = Drawing(title: "From baseline to practice", description: description, height: 310)
        frame.drawUpright(frame.y.ticks(5), places: 1, label: "mean score", in: &drawing)
        drawing.text("baseline", x: Self.places.before, y: 306, anchor: .middle)
        drawing.text("practice", x: Self.places.after, y: 306, anchor: .middle)
        for slope in slopes {
            let (left, right) = (frame.y.place(slope.before), frame.y.place(slope.after))
            drawing.line((Self.places.before, left), (Self.places.after, right), colour: Palette.practice, width: 1.2)
            drawing.dot(x: Self.places.before, y: left, radius: 3, colour: Palette.practice)
            drawing.dot(x: Self.places.after, y: right, radius: 3, colour: Palette.practice)
        }
        drawNames(slopes, frame, in: &drawing)
        if let before = Self.median(slopes.map(\.before)), let after = Self.median(slopes.map(\.after)),
            slopes.count > 2
        {
            drawing.line(
                (Self.places.before, frame.y.place(before)), (Self.places.after, frame.y.place(after)),
                colour: Palette.ink, width: 4)
            drawing.text(
                "median", x: Self.places.before - 10, y: frame.y.place(before) + 4, anchor: .end, isBold: true)
        }
        if slopes.isEmpty { drawing.text("no code has both phases", x: 250, y: 160, colour: Palette.quiet) }
        return drawing
    }

    /// Names at the right ends, moved apart where they would lie on one another.
    private func drawNames(_ slopes: [Slope], _ frame: Frame, in drawing: inout Drawing) {
        var last = -Double.infinity
        for slope in slopes.sorted(by: { $0.after > $1.after }) {
            let end = frame.y.place(slope.after)
            let y = max(end, last + 13)
            last = y
            drawing.text("\(slope.code)", x: Self.places.after + 12, y: y + 4, colour: Palette.quiet, size: 11)
        }
    }

    /// The numbers in words, in the order of codes.
    var description: String {
        let slopes = slopes
        guard !slopes.isEmpty else { return "No code has both phases." }
        return slopes.map {
            "\($0.code) from \(Figures.fixed($0.before, places: 2)) to \(Figures.fixed($0.after, places: 2))"
        }.joined(separator: ", ") + "."
    }

    private static func median(_ values: [Double]) -> Double? {
        guard !values.isEmpty else { return nil }
        let ordered = values.sorted()
        let middle = ordered.count / 2
        return ordered.count % 2 == 1 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2
    }
}
