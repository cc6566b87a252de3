/// What stands for a drawing character on a console that has only ASCII.
public enum ASCIIFallback {
    /// The stand-in for one character: itself where it is ASCII, its nearest shape where it has one, else `?`.
    public static func character(for character: Character) -> Character {
        if character.isASCII { return character }
        if let shape = shapes[character] { return shape }
        guard let scalar = character.unicodeScalars.first, (0x2800...0x28FF).contains(scalar.value) else { return "?" }
        let dots = (scalar.value & 0xFF).nonzeroBitCount
        return dots == 0 ? " " : dots < 3 ? "." : dots < 6 ? ":" : "#"
    }

    /// The stand-in for a text, character by character.
    public static func text(_ text: String) -> String {
        String(text.map { character(for: $0) })
    }

    private static let shapes: [Character: Character] = [
        "▁": "_", "▂": ",", "▃": ".", "▄": "-", "▅": "=", "▆": "+", "▇": "*", "█": "#",
        "▏": "|", "▎": "|", "▍": "|", "▌": "|", "▋": "|", "▊": "|", "▉": "|", "▕": "|",
        "─": "-", "━": "-", "│": "|", "·": ".", "•": "*", "–": "-", "—": "-", "…": "~", "×": "x", "−": "-",
        "›": ">", "‹": "<", "→": ">", "←": "<", "↑": "^", "↓": "v", "‘": "'", "’": "'", "“": "\"", "”": "\"",
        "\u{A0}": " ", "≥": ">", "≤": "<", "±": "~",
    ]
}
