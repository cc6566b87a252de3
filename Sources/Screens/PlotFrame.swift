internal import Practice
internal import Terminal

/// A picture with a title and axes, drawn in the values of its axes.
struct PlotFrame {
    /// Columns left of the picture, for the labels of the upright axis and the axis.
    static let margin = 9

    private let title: String
    private let x: ClosedRange<Double>
    private let y: ClosedRange<Double>
    private let columns: Int
    private var canvas: BrailleCanvas
    private var cleared: Set<Int> = []
    private var last: (x: Int, y: Int)?

    /// - Parameters:
    ///   - title: one line above the picture.
    ///   - x: the ends of the level axis.
    ///   - y: the ends of the upright axis.
    ///   - columns: how wide all of it is, labels included.
    ///   - rows: how high the picture is, without title and labels.
    init(title: String, x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int) {
        (self.title, self.x, self.y, self.columns) = (title, x, y, columns)
        canvas = BrailleCanvas(columns: columns - Self.margin, rows: rows)
    }

    // MARK: - Drawing

    /// Lifts the pen: the next point begins a line of its own.
    mutating func liftPen() { last = nil }

    /// Draws a line from the last point; what lies above or below is drawn at the edge.
    mutating func draw(x: Double, y: Double) {
        let point = place(x, y)
        let from = last ?? point
        canvas.line(fromX: from.x, y: from.y, toX: point.x, y: point.y)
        last = point
    }

    /// Draws one dot.
    mutating func point(x: Double, y: Double) {
        let point = place(x, y)
        canvas.set(x: point.x, y: point.y)
    }

    /// A level dotted line.
    mutating func dots(y: Double) {
        let row = place(x.lowerBound, y).y
        for column in stride(from: 0, to: canvas.width, by: 4) { canvas.set(x: column, y: row) }
    }

    /// A dotted line between two points.
    mutating func dots(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) {
        let count = canvas.width / 4
        for step in 0...count {
            let part = Double(step) / Double(count)
            point(x: start.x + part * (end.x - start.x), y: start.y + part * (end.y - start.y))
        }
    }

    /// Fills what lies under a curve.
    ///
    /// - Parameter height: the value over a place of the level axis; nil leaves it empty.
    mutating func area(_ height: (Double) -> Double?) {
        for column in 0..<canvas.width {
            let place = x.lowerBound + (Double(column) + 0.5) / Double(canvas.width) * (x.upperBound - x.lowerBound)
            guard let value = height(place), value > 0 else { continue }
            let top = self.place(place, value).y
            canvas.line(fromX: column, y: top, toX: column, y: canvas.height - 1)
        }
    }

    /// Leaves a column of cells blank, as a border.
    mutating func clear(x: Double) { cleared.insert(place(x, y.lowerBound).x / 2) }

    private func place(_ x: Double, _ y: Double) -> (x: Int, y: Int) {
        func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
            let span = range.upperBound - range.lowerBound
            return span > 0 ? min(max((value - range.lowerBound) / span, 0), 1) : 0.5
        }
        return (
            Int((share(x, self.x) * Double(canvas.width - 1)).rounded()),
            Int(((1 - share(y, self.y)) * Double(canvas.height - 1)).rounded())
        )
    }

    // MARK: - Text

    /// The picture with its axes.
    ///
    /// - Parameters:
    ///   - xLabels: what stands under both ends of the level axis.
    ///   - labels: what stands under places of it, in a line of its own.
    /// - Returns: the lines, from top to bottom.
    func lines(xLabels: (String, String), under labels: [(x: Double, text: String)] = []) -> [String] {
        let picture = canvas.rows.map { row in
            String(row.enumerated().map { cleared.contains($0.offset) ? "│" : $0.element })
        }
        var lines = [" \(title)"]
        for (row, text) in picture.enumerated() {
            let label =
                row == 0 ? label(y.upperBound) : row == picture.count - 1 ? label(y.lowerBound) : blank(Self.margin - 1)
            lines.append(trimmed("\(label)│\(text)"))
        }
        let width = columns - Self.margin
        let gap = blank(max(1, width - xLabels.0.count - xLabels.1.count))
        if !labels.isEmpty { lines.append(under(labels)) }
        lines.append(blank(Self.margin) + xLabels.0 + gap + xLabels.1)
        return lines
    }

    private func under(_ labels: [(x: Double, text: String)]) -> String {
        var line = blank(Self.margin)
        for label in labels {
            let column = Self.margin + place(label.x, y.lowerBound).x / 2 + (label.x > x.lowerBound ? 1 : 0)
            let gap = column - line.count
            if line.count > Self.margin { line += blank(max(1, gap)) } else { line += blank(max(0, gap)) }
            line += label.text
        }
        return DisplayWidth.fit(line, columns: columns)
    }

    private func label(_ value: Double) -> String {
        let places = y.upperBound - y.lowerBound >= 10 ? 0 : 1
        let text = Figures.fixed(value, places: places)
        return blank(max(0, Self.margin - 2 - text.count)) + text + " "
    }

    private func blank(_ count: Int) -> String { String(repeating: " ", count: count) }

    private func trimmed(_ line: String) -> String {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
