/// A picture of dots, two across and four down in each cell, drawn with braille characters.
///
/// Source of the dot order: Unicode chart U+2800, dots 1 to 8 are bits 0 to 7.
public struct BrailleCanvas: Equatable, Sendable {
    /// Size in cells.
    public let size: ScreenSize
    private var dots: [UInt8]

    /// An empty canvas of so many cells.
    public init(columns: Int, rows: Int) {
        size = ScreenSize(columns: columns, rows: rows)
        dots = Array(repeating: 0, count: size.columns * size.rows)
    }

    /// Dots across: two for each column.
    public var width: Int { size.columns * 2 }
    /// Dots down: four for each row.
    public var height: Int { size.rows * 4 }

    /// Sets the dot `x` from the left and `y` from the top; nothing outside the canvas.
    public mutating func set(x: Int, y: Int) {
        guard (0..<width).contains(x), (0..<height).contains(y) else { return }
        dots[y / 4 * size.columns + x / 2] |= Self.bits[y % 4 * 2 + x % 2]
    }

    /// Draws a straight line of dots, both ends included (Bresenham 1965).
    public mutating func line(fromX x0: Int, y y0: Int, toX x1: Int, y y1: Int) {
        let across = abs(x1 - x0)
        let down = abs(y1 - y0)
        var x = x0
        var y = y0
        var slack = across - down
        while true {
            set(x: x, y: y)
            if x == x1 && y == y1 { return }
            let twice = 2 * slack
            if twice > -down {
                slack -= down
                x += x0 < x1 ? 1 : -1
            }
            if twice < across {
                slack += across
                y += y0 < y1 ? 1 : -1
            }
        }
    }

    /// Plots a curve over the whole width, oldest value at the left, the lines broken at gaps.
    ///
    /// - Parameters:
    ///   - values: evenly spaced; nil or a number that is not finite is a gap.
    ///   - range: the values at the bottom and at the top; what lies outside is drawn at the edge.
    public mutating func plot(_ values: [Double?], range: ClosedRange<Double>) {
        guard !values.isEmpty, width > 0, height > 0 else { return }
        let span = range.upperBound - range.lowerBound
        var last: (x: Int, y: Int)?
        for (index, value) in values.enumerated() {
            guard let value, value.isFinite else {
                last = nil
                continue
            }
            let share = span > 0 ? min(max((value - range.lowerBound) / span, 0), 1) : 0.5
            let x = values.count > 1 ? index * (width - 1) / (values.count - 1) : 0
            let y = Int((Double(height - 1) * (1 - share)).rounded())
            let from = last ?? (x, y)
            line(fromX: from.x, y: from.y, toX: x, y: y)
            last = (x, y)
        }
    }

    /// The rows as text; a cell without dots is a blank.
    public var rows: [String] {
        (0..<size.rows).map { row in
            String(dots[row * size.columns..<(row + 1) * size.columns].map(Self.character))
        }
    }

    /// Draws the canvas into a screen with its top left at a place; cells without dots leave what stands there.
    public func draw(into screen: inout Screen, column: Int, row: Int, style: Style = .plain) {
        for (index, cell) in dots.enumerated() where cell != 0 {
            let at = (column: column + index % size.columns, row: row + index / size.columns)
            screen.fill(Self.character(cell), columns: at.column..<at.column + 1, row: at.row, style: style)
        }
    }

    private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

    private static func character(_ dots: UInt8) -> Character {
        guard dots != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(dots)) else { return " " }
        return Character(scalar)
    }
}
