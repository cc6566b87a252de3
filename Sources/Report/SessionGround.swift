internal import Practice

/// The level axis of a whole session: its phases as shaded, named stripes, its minutes below.
struct SessionGround {
    let spans: [PhaseSequence.Span]
    let seconds: Double

    /// Room above the plot for the names of the phases.
    static let nameHeight = 34.0

    /// The session's time as the values of an axis.
    var time: ClosedRange<Double> { 0...max(1, seconds) }

    func draw(_ frame: Frame, in drawing: inout Drawing) {
        for (index, span) in spans.enumerated() {
            let (start, end) = (frame.x.place(span.start), frame.x.place(span.end ?? seconds))
            if index % 2 == 0 {
                drawing.rectangle(
                    x: start, y: frame.top, width: end - start, height: frame.bottom - frame.top, fill: Palette.shade)
            }
            let room = Int((end - start) / 6.2)
            guard room >= 3 else { continue }
            // Two heights by turns, so that neighbours do not touch.
            let y = frame.top - (index % 2 == 0 ? 18 : 5)
            drawing.text(
                Self.shortened(span.phase.title, to: room + room / 2), x: (start + end) / 2, y: y, anchor: .middle,
                colour: Palette.quiet, size: 11)
        }
    }

    func drawMinutes(_ frame: Frame, in drawing: inout Drawing) {
        let minutes = [0.5, 1, 2, 5, 10, 20, 60, 120].first { seconds / 60 / $0 <= 12 } ?? 240
        frame.drawLevel(
            frame.x.ticks(every: minutes * 60),
            text: { Figures.fixed($0 / 60, places: minutes < 1 ? 1 : 0) }, label: "minutes of the session", in: &drawing
        )
    }

    private static func shortened(_ title: String, to room: Int) -> String {
        title.count <= room ? title : title.prefix(max(1, room - 1)) + "…"
    }
}
