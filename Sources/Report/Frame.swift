internal import Practice

/// The ground of a picture with a level and an upright axis.
struct Frame: Sendable {
    let x: Scale
    let y: Scale
    /// Left, right, top and bottom of the plot.
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    /// A frame whose axes show these values.
    init(
        x: ClosedRange<Double>, y: ClosedRange<Double>, left: Double = 56, right: Double = Drawing.width - 12,
        top: Double, bottom: Double
    ) {
        self.x = Scale(x, from: left, to: right)
        self.y = Scale(y, from: bottom, to: top)
        (self.left, self.right, self.top, self.bottom) = (left, right, top, bottom)
    }

    /// A point of the plot.
    func point(_ xValue: Double, _ yValue: Double) -> (x: Double, y: Double) { (x.place(xValue), y.place(yValue)) }

    /// Draws level lines with their values, and what the axis shows.
    func drawUpright(_ ticks: [Double], places: Int, label: String, in drawing: inout Drawing) {
        for tick in ticks {
            let height = y.place(tick)
            drawing.line((left, height), (right, height), colour: Palette.grid)
            drawing.text(
                Figures.fixed(tick, places: places), x: left - 6, y: height + 4, anchor: .end, colour: Palette.quiet,
                size: 11)
        }
        drawing.text(label, x: left - 50, y: top - 8, colour: Palette.quiet, size: 11)
    }

    /// Draws ticks below the plot with their texts.
    func drawLevel(_ ticks: [Double], text: (Double) -> String, label: String, in drawing: inout Drawing) {
        drawing.line((left, bottom), (right, bottom), colour: Palette.ink)
        for tick in ticks {
            let place = x.place(tick)
            drawing.line((place, bottom), (place, bottom + 4), colour: Palette.ink)
            drawing.text(text(tick), x: place, y: bottom + 17, anchor: .middle, colour: Palette.quiet, size: 11)
        }
        drawing.text(label, x: right, y: bottom + 32, anchor: .end, colour: Palette.quiet, size: 11)
    }
}
