/// What a person asked of the screens.
public struct ScreenOptions: Sendable, Hashable {
    /// Draw with ASCII alone, for consoles without block glyphs.
    public var isASCII: Bool

    /// Block glyphs and all of Unicode, unless asked otherwise.
    public init(isASCII: Bool = false) {
        self.isASCII = isASCII
    }
}
