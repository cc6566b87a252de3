/// Text from outside made fit for a terminal: nothing in it can move a cursor, change looks or turn text around.
public enum SafeText {
    /// The text with `?` for control characters, and without characters that have no width of their own.
    public static func line(_ text: some StringProtocol) -> String {
        if text.unicodeScalars.allSatisfy(DisplayWidth.isSimple) { return String(text) }
        return String(text.filter { DisplayWidth.of($0) > 0 }.map(character))
    }

    /// The character itself, or what stands for it where it could steer the terminal or is endless.
    static func character(_ character: Character) -> Character {
        guard let first = character.unicodeScalars.first else { return " " }
        if first.value < 0x20 || (0x7F...0x9F).contains(first.value) { return "?" }
        // A base under heaps of combining marks would spill over its neighbours: the base alone is kept.
        if character.utf8.count > 32 { return Character(first) }
        return character
    }
}
