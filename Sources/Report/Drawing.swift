/// An SVG picture in the making, in its own units: 720 wide, as high as it needs.
///
/// Screen readers get its title and, as its description, the numbers it shows.
struct Drawing: Sendable {
    /// Width of every picture.
    static let width = 720.0

    /// What it shows, in a few words.
    let title: String
    /// The numbers it shows, in words.
    let description: String
    let height: Double
    private var shapes = Markup()

    /// An empty picture.
    init(title: String, description: String, height: Double) {
        self.title = title
        self.description = description
        self.height = height
    }

    // MARK: - Shapes

    mutating func rectangle(x: Double, y: Double, width: Double, height: Double, fill: String) {
        guard width > 0, height > 0 else { return }
        shapes.shape(
            "rect",
            [
                "x": Coordinate.text(x), "y": Coordinate.text(y), "width": Coordinate.text(width),
                "height": Coordinate.text(height), "fill": fill,
            ])
    }

    mutating func line(
        _ from: (x: Double, y: Double), _ to: (x: Double, y: Double), colour: String, width: Double = 1,
        isDashed: Bool = false
    ) {
        shapes.shape(
            "path",
            [
                "d": Self.path([from, to]), "stroke": colour, "stroke-width": Coordinate.text(width), "fill": "none",
                "stroke-dasharray": isDashed ? "5 4" : "none",
            ])
    }

    mutating func curve(_ points: [(x: Double, y: Double)], colour: String, width: Double = 1.5, isDashed: Bool = false)
    {
        guard points.count > 1 else { return }
        shapes.shape(
            "path",
            [
                "d": Self.path(points), "stroke": colour, "stroke-width": Coordinate.text(width), "fill": "none",
                "stroke-linejoin": "round", "stroke-dasharray": isDashed ? "6 4" : "none",
            ])
    }

    mutating func dot(x: Double, y: Double, radius: Double, colour: String, isFilled: Bool = true) {
        shapes.shape(
            "circle",
            [
                "cx": Coordinate.text(x), "cy": Coordinate.text(y), "r": Coordinate.text(radius),
                "fill": isFilled ? colour : Palette.paper, "stroke": colour,
            ])
    }

    /// A small cross: a beat that was corrected.
    mutating func cross(x: Double, y: Double, colour: String) {
        let arm = 3.5
        shapes.shape(
            "path",
            [
                "d": Self.path([(x - arm, y - arm), (x + arm, y + arm)])
                    + Self.path([(x - arm, y + arm), (x + arm, y - arm)]),
                "stroke": colour, "stroke-width": "1.6", "fill": "none",
            ])
    }

    /// An ellipse turned by 45 degrees to the right, as those of Poincare plots are.
    mutating func turnedEllipse(x: Double, y: Double, along: Double, across: Double, colour: String, isDashed: Bool) {
        let centre = "\(Coordinate.text(x)) \(Coordinate.text(y))"
        shapes.shape(
            "ellipse",
            [
                "cx": Coordinate.text(x), "cy": Coordinate.text(y), "rx": Coordinate.text(along),
                "ry": Coordinate.text(across), "transform": "rotate(-45 \(centre))", "fill": "none",
                "stroke": colour, "stroke-width": "1.5", "stroke-dasharray": isDashed ? "6 4" : "none",
            ])
    }

    /// Where a text stands against its point.
    enum Anchor: String {
        case start, middle, end
    }

    mutating func text(
        _ text: String, x: Double, y: Double, anchor: Anchor = .start, colour: String = Palette.ink, size: Double = 12,
        isBold: Bool = false, hasHalo: Bool = false
    ) {
        shapes.element(
            "text",
            [
                "x": Coordinate.text(x), "y": Coordinate.text(y), "text-anchor": anchor.rawValue, "fill": colour,
                "font-size": Coordinate.text(size), "font-weight": isBold ? "bold" : "normal",
                "stroke": hasHalo ? Palette.paper : "none", "stroke-width": "4", "paint-order": "stroke",
            ], text: text)
    }

    private static func path(_ points: [(x: Double, y: Double)]) -> String {
        var text = ""
        for (index, point) in points.enumerated() {
            text += "\(index == 0 ? "M" : "L")\(Coordinate.text(point.x)) \(Coordinate.text(point.y))"
        }
        return text
    }

    // MARK: - The whole

    /// The picture as an element of a page.
    var markup: Markup {
        var markup = Markup()
        markup.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "role": "img",
                "viewBox":
                    "0 0 \(Coordinate.text(Self.width)) \(Coordinate.text(height))",
                "font-family": "system-ui, sans-serif",
            ]
        ) {
            $0.element("title", text: title)
            $0.element("desc", text: description)
            $0.add(shapes)
        }
        return markup
    }
}
