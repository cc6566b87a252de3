/// One place of a screen: a character as a reader sees it, its looks, and the columns it takes.
public struct Cell: Equatable, Sendable {
    /// The character; a blank where the cell is the right half of a wide one.
    public let character: Character
    /// How it looks.
    public let style: Style
    /// The columns it takes: 1, or 2 for a wide character, or 0 for the right half of the wide one before it.
    public let width: UInt8

    init(_ character: Character, _ style: Style, width: UInt8 = 1) {
        self.character = character
        self.style = style
        self.width = width
    }

    /// An empty place in the terminal's own look.
    public static let blank = Cell(" ", .plain)

    /// Compares the cheap parts first: a screen is compared cell by cell for every frame.
    public static func == (left: Cell, right: Cell) -> Bool {
        left.width == right.width && left.style == right.style && left.character == right.character
    }
}
