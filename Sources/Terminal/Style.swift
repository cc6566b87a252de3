/// How a cell looks: attributes, and a colour of ink and of ground.
public struct Style: Hashable, Sendable {
    /// Looks that add up.
    public struct Attributes: OptionSet, Hashable, Sendable {
        /// One bit for each attribute.
        public let rawValue: UInt8

        /// Makes a set from its bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Heavier strokes.
        public static let bold = Attributes(rawValue: 1)
        /// Fainter ink.
        public static let dim = Attributes(rawValue: 2)
        /// A line below.
        public static let underline = Attributes(rawValue: 4)
        /// Ink and ground exchanged.
        public static let reverse = Attributes(rawValue: 8)
    }

    /// The attributes that are on.
    public var attributes: Attributes
    /// The colour of the ink, or the terminal's own.
    public var ink: Colour?
    /// The colour of the ground, or the terminal's own.
    public var ground: Colour?

    /// Puts a style together; with no arguments, the terminal's own look.
    public init(_ attributes: Attributes = [], ink: Colour? = nil, ground: Colour? = nil) {
        self.attributes = attributes
        self.ink = ink
        self.ground = ground
    }

    /// The terminal's own look.
    public static let plain = Style()
    /// Heavier strokes in the terminal's own colour.
    public static let bold = Style(.bold)
    /// Fainter ink in the terminal's own colour.
    public static let dim = Style(.dim)

    /// The part of this style that a terminal used so may show.
    public func limited(to colouring: Colouring) -> Style {
        switch colouring {
        case .plain: .plain
        case .monochrome: Style(attributes)
        case .palette: self
        }
    }
}
