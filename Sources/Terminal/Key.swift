/// A key as a person pressed it.
public enum Key: Hashable, Sendable {
    /// A key that types something; space is a character too.
    case character(Character)
    /// A letter (or one of `@[\]^_`) held with Control, in lower case: Control-C is `.control("c")`.
    case control(Character)
    /// A character held with Alt, or typed after Escape.
    case alt(Character)
    /// Return or Enter.
    case enter
    /// Tab.
    case tab
    /// Tab with Shift.
    case backTab
    /// Delete to the left.
    case backspace
    /// Escape alone.
    case escape
    /// The arrow up.
    case up
    /// The arrow down.
    case down
    /// The arrow left.
    case left
    /// The arrow right.
    case right
    /// Home.
    case home
    /// End.
    case end
    /// Page up.
    case pageUp
    /// Page down.
    case pageDown
    /// Insert.
    case insert
    /// Delete to the right.
    case delete
    /// A function key, 1 to 20.
    case function(Int)

    /// Control-C: leave at once.
    public static let interrupt = Key.control("c")
}
